// One question over one TCP connection (RFC 7766, RFC 1035 §4.2.2), under one absolute deadline.

internal import DNSData
internal import LDNS
internal import NIOCore
internal import NIOPosix

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

enum StreamExchange {
  enum Ending {
    case answered([UInt8])
    case timeout
    /// Refused, no route, or closed without an answer.
    case unreachable
    /// What came does not belong to the question.
    case mismatched
  }

  static let mismatch = LookupFailure.malformed("the answer over TCP is to another question")

  static func exchange(
    _ draft: QueryDraft, with server: SocketAddress, until deadline: NIODeadline, on loop: any EventLoop
  ) async -> Ending {
    guard let query = try? draft.query(id: .random(in: .min ... .max)) else { return .unreachable }
    do {
      let octets = try await answer(to: query.octets, from: server, until: deadline, on: loop)
      return query.isAnswered(by: octets) ? .answered(octets) : .mismatched
    } catch StreamError.timeout, ChannelError.connectTimeout {
      return .timeout
    } catch {
      return .unreachable
    }
  }

  /// Does the host refuse connections?
  static func isRefused(by server: SocketAddress, within wait: TimeAmount, on loop: any EventLoop) async
    -> Bool
  {
    do {
      let channel = try await ClientBootstrap(group: loop).connectTimeout(wait).connect(to: server).get()
      channel.close(promise: nil)
      return false
    } catch let error as IOError {
      return [ECONNREFUSED, ENETUNREACH, EHOSTUNREACH].contains(error.errnoCode)
    } catch {
      return false
    }
  }

  private static func answer(
    to octets: [UInt8], from server: SocketAddress, until deadline: NIODeadline, on loop: any EventLoop
  ) async throws -> [UInt8] {
    let wait = deadline - .now()
    guard wait > .nanoseconds(0) else { throw StreamError.timeout }
    let promise = loop.makePromise(of: [UInt8].self)
    let timer = loop.scheduleTask(deadline: deadline) { promise.fail(StreamError.timeout) }
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(wait)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(StreamHandler(query: octets, answer: promise))
        }
      }
      .connect(to: server)
    connection.whenFailure { promise.fail($0) }
    promise.futureResult.whenComplete { _ in
      timer.cancel()
      connection.whenSuccess { $0.close(promise: nil) }
    }
    return try await withTaskCancellationHandler {
      try await promise.futureResult.get()
    } onCancel: {
      promise.fail(StreamError.timeout)
    }
  }
}

private enum StreamError: Error { case timeout, closed }

/// Writes the query, collects one length-prefixed message.
private final class StreamHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let query: [UInt8]
  private let answer: EventLoopPromise<[UInt8]>
  private var received = ByteBuffer()

  init(query: [UInt8], answer: EventLoopPromise<[UInt8]>) {
    self.query = query
    self.answer = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    // A query has a name and an OPT record: far below 65,535 octets.
    var buffer = ByteBuffer(integer: UInt16(truncatingIfNeeded: query.count))
    buffer.writeBytes(query)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received.writeImmutableBuffer(unwrapInboundIn(data))
    guard let length = received.getInteger(at: received.readerIndex, as: UInt16.self),
      let octets = received.getBytes(at: received.readerIndex + 2, length: Int(length))
    else { return }
    answer.succeed(octets)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { answer.fail(StreamError.closed) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(error)
    context.close(promise: nil)
  }
}

extension Query {
  /// Nobody else can write into a connection, so the case of letters does not matter (servers that change it end
  /// up here), and a server that could not read the query may leave the question out.
  fileprivate func isAnswered(by octets: [UInt8]) -> Bool {
    guard let head = MessageHead(octets), head.id == id, head.flags.isResponse, head.flags.opcode == 0 else {
      return false
    }
    let isBareError = head.questionOctets.isEmpty && head.flags.responseCode != ResponseCode.noError
    return isBareError || head.asks(sameAsIgnoringCase: questionOctets)
  }
}
