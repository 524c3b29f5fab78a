// One unconnected UDP socket on a random port, and the questions that are out on it.

internal import DNSData
internal import LDNS
internal import NIOCore
internal import NIOPosix

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// State of the pool that owns it; never leaves the event loop.
final class DatagramSocket {
  let channel: any Channel
  var pending: [UInt16: PendingDatagram] = [:]
  /// Ids used on this socket, pending ones too. None is used twice, so that a late answer fits nothing.
  private(set) var spent: Set<UInt16> = []

  init(taking channel: any Channel) { self.channel = channel }

  var uses: Int { spent.count }

  /// An id that was not used on this socket; the pool retires a socket long before there is none.
  func spendID(using generator: inout SystemRandomNumberGenerator) -> UInt16 {
    while true {
      let id = UInt16.random(in: .min ... .max, using: &generator)
      if spent.count > Int(UInt16.max) / 2 || spent.insert(id).inserted { return id }
    }
  }
}

struct PendingDatagram {
  /// With the case of letters as sent.
  let questionOctets: ArraySlice<UInt8>
  let continuation: CheckedContinuation<DatagramPool.Ending, Never>
  let deadline: NIODeadline
  var timer: Scheduled<Void>
  var hasGrace = false
  var mismatches = 0
}

extension DatagramSocket {
  private static let datagramsPerRead = 8
  private static let bindTries = 32

  /// Binds to a port from 1024 to 65535, chosen here: the kernel's range is half as wide. Throws what the system
  /// says, above all when it has no such address family.
  static func open(
    _ family: AddressFamily, number: Int, datagramLength: Int, for pool: DatagramPool, loop: any EventLoop
  ) async throws -> any Channel {
    var bootstrap = DatagramBootstrap(group: loop)
      .channelOption(.datagramVectorReadMessageCount, value: datagramsPerRead)
      .channelOption(
        .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: datagramLength * datagramsPerRead)
      )
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(DatagramReceiver(number: number, pool: pool))
        }
      }
    let host: String
    switch family {
    case .v4: host = "0.0.0.0"
    case .v6:
      host = "::"
      // Ports of the two families are then independent.
      let only = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
      bootstrap = bootstrap.channelOption(only, value: 1)
    }
    var tries = 0
    while true {
      do {
        return try await bootstrap.bind(host: host, port: Int.random(in: 1024...65_535)).get()
      } catch let error as IOError where error.errnoCode == EADDRINUSE && tries < bindTries {
        tries += 1
      }
    }
  }
}

/// Hands datagrams to the pool, on the event loop of both.
private final class DatagramReceiver: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let number: Int
  private let pool: DatagramPool

  init(number: Int, pool: DatagramPool) {
    self.number = number
    self.pool = pool
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    pool.assumeIsolated { [number] in
      $0.receive(Array(envelope.data.readableBytesView), from: envelope.remoteAddress, on: number)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    pool.assumeIsolated { [number] in $0.lost(number) }
  }

  /// An error of the socket that matters also closes it.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
