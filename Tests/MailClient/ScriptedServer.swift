// A mail server on a loopback port that does what a list says, whoever connects.

import CertificateTesting
import Evidence
import NIOCore
import NIOPosix
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

enum Act: Sendable {
  case send(String)
  /// Waits for a line that begins so; closes when another one comes.
  case receive(String)
  /// Waits for the client's handshake; from then on everything is inside TLS.
  case tls
  /// An octet every few milliseconds, without end.
  case drip(String)
  /// As much as the client takes, without end.
  case flood(String)
  case close
  case reset
}

/// After its last act a server is silent.
final class ScriptedServer: Sendable {
  let port: UInt16
  let log: Log
  private let listener: any Channel

  struct NoPort: Error {}

  init(
    _ acts: [Act], tls: TestServer.Settings? = nil, host: String = "127.0.0.1", log: Log = Log()
  ) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    self.log = log
    listener = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Script(acts, tls: tls, log: log))
        }
      }
      .bind(host: host, port: 0).get()
    guard let port = listener.localAddress?.port.flatMap(UInt16.init(exactly:)) else { throw NoPort() }
    self.port = port
  }

  deinit { listener.close(promise: nil) }

  /// Nothing listens any more.
  func stop() async throws { try await listener.close().get() }

  /// Ends what connections there are, and takes no more.
  func hangUp() async throws {
    try await stop()
    log.hangUp()
  }

  /// What clients wrote, over all connections, as soon as `count` of them have ended.
  func lines(afterConnections count: Int = 1) async -> [String] { await log.lines(afterConnections: count) }
}

final class Log: Sendable {
  private struct State {
    var lines: [String] = []
    var opened = 0
    var ended = 0
    /// Conversations between greeting and farewell.
    var open = 0
    var mostOpen = 0
    var channels: [any Channel] = []
    var waiting: [(count: Int, turn: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  var connections: Int { state.withLock(\.opened) }
  var mostAtOnce: Int { state.withLock(\.mostOpen) }

  func opened(_ channel: any Channel) {
    state.withLock {
      $0.channels.append(channel)
      $0.opened += 1
      $0.open += 1
      $0.mostOpen = max($0.mostOpen, $0.open)
    }
  }

  func hangUp() {
    for channel in state.withLock(\.channels) { channel.close(promise: nil) }
  }

  func received(_ line: String) {
    state.withLock {
      $0.lines.append(line)
      // The end of a connection may be seen after the beginning of the next one; its last line cannot.
      if line == "QUIT" { $0.open -= 1 }
    }
  }

  func ended() {
    let ready = state.withLock { state in
      state.ended += 1
      let ready = state.waiting.filter { $0.count <= state.ended }
      state.waiting.removeAll { $0.count <= state.ended }
      return ready
    }
    for waiting in ready { waiting.turn.resume() }
  }

  func lines(afterConnections count: Int) async -> [String] {
    await withCheckedContinuation { turn in
      let isReady = state.withLock { state in
        if state.ended < count { state.waiting.append((count, turn)) }
        return state.ended >= count
      }
      if isReady { turn.resume() }
    }
    return state.withLock(\.lines)
  }
}

private final class Script: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let pause = TimeAmount.milliseconds(5)
  private static let portion = 65_536

  private var acts: ArraySlice<Act>
  private let settings: TestServer.Settings?
  private let log: Log
  private var tls: TestServer?
  private var input: [UInt8] = []

  init(_ acts: [Act], tls: TestServer.Settings?, log: Log) {
    self.acts = acts[...]
    settings = tls
    self.log = log
  }

  func channelActive(context: ChannelHandlerContext) {
    log.opened(context.channel)
    act(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let octets = Array(unwrapInboundIn(data).readableBytesView)
    if let tls {
      write(tls.answer(octets), context)
      input += tls.read()
    } else {
      input += octets
    }
    act(context)
  }

  func channelInactive(context: ChannelHandlerContext) { log.ended() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func act(_ context: ChannelHandlerContext) {
    while let act = acts.first {
      switch act {
      case .send(let text): send(text, context)
      case .receive(let word):
        guard let line = takeLine() else { return }
        log.received(line)
        if !line.hasPrefix(word) { context.close(promise: nil) }
      case .tls:
        guard shakeHands(context) else { return }
      case .drip(let text):
        drip(text, context)
        return
      case .flood(let text):
        flood(text, context)
        return
      case .close:
        context.close(promise: nil)
        return
      case .reset:
        reset(context)
        return
      }
      acts.removeFirst()
    }
    while let line = takeLine() { log.received(line) }
  }

  private func takeLine() -> String? {
    guard let end = input.firstIndex(of: 0x0A) else { return nil }
    let line = String(decoding: input[..<end].filter { $0 != 0x0D }, as: UTF8.self)
    input.removeSubrange(...end)
    return line
  }

  /// Whether TLS is established.
  private func shakeHands(_ context: ChannelHandlerContext) -> Bool {
    if tls == nil {
      guard let settings, let server = try? TestServer(settings) else {
        context.close(promise: nil)
        return false
      }
      tls = server
      write(server.answer(input), context)
      input = server.isEstablished ? server.read() : []
    }
    return tls?.isEstablished == true
  }

  private func send(_ text: String, _ context: ChannelHandlerContext) {
    let octets = Array(text.utf8)
    write(tls?.write(octets) ?? octets, context)
  }

  private func write(_ octets: [UInt8], _ context: ChannelHandlerContext) {
    guard !octets.isEmpty else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets)), promise: nil)
  }

  private func drip(_ text: String, _ context: ChannelHandlerContext) {
    let channel = context.channel
    let octets = ByteBuffer(string: text)
    let next = NIOLoopBoundBox(0, eventLoop: context.eventLoop)
    context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: Self.pause) { task in
      let index = next.value % octets.readableBytes
      guard channel.isActive, let octet = octets.getSlice(at: index, length: 1) else {
        task.cancel()
        return
      }
      next.value += 1
      channel.writeAndFlush(octet, promise: nil)
    }
  }

  private func flood(_ text: String, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let repeated = Array(String(repeating: text, count: Self.portion / text.utf8.count).utf8)
    let octets = tls?.write(repeated) ?? repeated
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets))).whenSuccess {
      // In another turn of the loop, so that the client's end is noticed.
      bound.value.1.eventLoop.execute { bound.value.0.flood(text, bound.value.1) }
    }
  }

  private func reset(_ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    let setting = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    setting?.whenComplete { _ in bound.value.close(promise: nil) }
  }
}
