// A name server on a loopback port, UDP and TCP, that answers as its script says.

import DNSData
import LDNS
import NIOCore
import NIOPosix
import Synchronization

@testable import DNSClient

/// What reached the server.
struct Received: Sendable {
  enum Transport: Sendable { case datagram, stream }

  let transport: Transport
  let octets: [UInt8]
  /// Counted from 0 over both transports.
  let number: Int

  var hasEDNS: Bool { (try? DNSMessage(octets))?.edns != nil }
  var question: Question? { (try? DNSMessage(octets))?.question }
}

enum Reaction: Sendable {
  case send([UInt8])
  /// From another port of the same address.
  case sendFromElsewhere([UInt8])
  /// Ends a connection.
  case close
}

final class ScriptedServer: Sendable {
  typealias Script = @Sendable (Received) -> [Reaction]

  let address: ServerAddress
  private let channels: [any Channel]
  private let log: Log

  final class Log: Sendable {
    private let received = Mutex<[Received]>([])

    func add(_ octets: [UInt8], _ transport: Received.Transport) -> Received {
      received.withLock {
        $0.append(Received(transport: transport, octets: octets, number: $0.count))
        return $0[$0.count - 1]
      }
    }

    var all: [Received] { received.withLock { $0 } }
  }

  struct NoPort: Error {}

  /// `transports` that are left out are not bound: TCP to them is refused.
  init(host: String = "127.0.0.1", streams: Streams = .served, script: @escaping Script) async throws {
    let log = Log()
    let group = MultiThreadedEventLoopGroup.singleton
    let elsewhere = try await DatagramBootstrap(group: group).bind(host: host, port: 0).get()
    let datagrams = DatagramBootstrap(group: group).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          DatagramScript(script: script, log: log, elsewhere: elsewhere))
      }
    }
    let listener = ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(StreamScript(script: script, log: log))
        }
      }
    for _ in 0..<20 {
      let datagram = try await datagrams.bind(host: host, port: 0).get()
      guard let port = datagram.localAddress?.port, let ip = IPAddress(host) else { continue }
      var channels: [any Channel] = [datagram, elsewhere]
      if streams == .served {
        guard let stream = try? await listener.bind(host: host, port: port).get() else {
          try await datagram.close()
          continue
        }
        channels.append(stream)
      }
      self.channels = channels
      self.log = log
      address = ServerAddress(ip, port: UInt16(port))
      return
    }
    throw NoPort()
  }

  enum Streams { case served, refused }

  var received: [Received] { log.all }

  func count(_ transport: Received.Transport) -> Int { received.filter { $0.transport == transport }.count }

  func stop() async {
    for channel in channels { try? await channel.close() }
  }
}

private final class DatagramScript: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>
  let script: ScriptedServer.Script
  let log: ScriptedServer.Log
  let elsewhere: any Channel

  init(script: @escaping ScriptedServer.Script, log: ScriptedServer.Log, elsewhere: any Channel) {
    self.script = script
    self.log = log
    self.elsewhere = elsewhere
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    for reaction in script(log.add(Array(envelope.data.readableBytesView), .datagram)) {
      func reply(_ octets: [UInt8]) -> AddressedEnvelope<ByteBuffer> {
        AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: octets))
      }
      switch reaction {
      case .send(let octets): context.writeAndFlush(wrapOutboundOut(reply(octets)), promise: nil)
      case .sendFromElsewhere(let octets): elsewhere.writeAndFlush(reply(octets), promise: nil)
      case .close: break
      }
    }
  }
}

private final class StreamScript: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  let script: ScriptedServer.Script
  let log: ScriptedServer.Log
  var buffer = ByteBuffer()

  init(script: @escaping ScriptedServer.Script, log: ScriptedServer.Log) {
    self.script = script
    self.log = log
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    buffer.writeImmutableBuffer(unwrapInboundIn(data))
    guard let length = buffer.getInteger(at: 0, as: UInt16.self),
      let octets = buffer.getBytes(at: 2, length: Int(length))
    else { return }
    for reaction in script(log.add(octets, .stream)) {
      switch reaction {
      case .send(let octets), .sendFromElsewhere(let octets):
        var frame = ByteBuffer(integer: UInt16(clamping: octets.count))
        frame.writeBytes(octets)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
      case .close: context.close(promise: nil)
      }
    }
  }
}
