// One connection: carries octets between the socket, the TLS engine and the dialogue, and decides nothing.

internal import Crypto
internal import DNSData
internal import Dialogues
internal import Evidence
internal import NIOCore
internal import TLS

/// What a connection showed.
struct ConnectionRecord: Sendable {
  /// nil if nothing was to be said.
  let session: MailSession?
  let handshake: TLSHandshake?
  /// The certificates of `handshake`.
  let chain: CertificateChain?
  let greetingDelay: TimeAmount?
}

extension ConnectionRecord {
  /// Of a connection that was reset before anything was said in it; `dialogue` as in `ProbeConnection`.
  static func reset(
    _ dialogue: Dialogue?, engine makeEngine: () throws(TLSSetupError) -> TLSEngine
  ) throws(TLSSetupError) -> ConnectionRecord {
    var dialogue = dialogue
    var engine: TLSEngine?
    // nil: a handshake alone, from the first octet on, as with implicit TLS.
    switch dialogue?.next() {
    case nil, .startTLS: engine = try makeEngine()
    case .send, .wait, .finished: break
    }
    engine?.abandon(.reset)
    dialogue?.interrupt(engine == nil ? .reset : .tlsFailed)
    return ConnectionRecord(
      session: dialogue?.decided, handshake: engine?.handshake, chain: nil, greetingDelay: nil)
  }
}

/// Lives on its channel's event loop. `record` is succeeded as soon as nothing more can be learnt; the connection ends
/// with the farewell, shortly after.
final class ProbeConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Of decrypted octets taken out of the engine at a time.
  private static let portion = 4096
  /// For the reply to QUIT, for which RFC 5321 §4.5.3.2 names no time.
  private static let farewell = TimeAmount.seconds(2)

  /// Kept of what came instead of a handshake.
  private static let keptOctets = DialogueLimits.keptOctets

  /// Makes nil for a handshake alone, after which nothing is said.
  private let makeDialogue: (SocketAddress?) -> Dialogue?
  private let makeEngine: () throws(TLSSetupError) -> TLSEngine
  private let deadline: NIODeadline
  private let record: EventLoopPromise<ConnectionRecord>

  private var dialogue: Dialogue?
  private var engine: TLSEngine?
  private var isEstablished = false
  /// The first octets that came for the engine before it was established: if they are no TLS, they are the server's
  /// words.
  private var firstOctets: [UInt8] = []
  private var connected: NIODeadline?
  private var greeted: NIODeadline?
  private var timer: Scheduled<Void>?
  private var isRecorded = false

  init(
    until deadline: NIODeadline, record: EventLoopPromise<ConnectionRecord>,
    dialogue: @escaping (SocketAddress?) -> Dialogue?, engine: @escaping () throws(TLSSetupError) -> TLSEngine
  ) {
    self.deadline = deadline
    self.record = record
    makeDialogue = dialogue
    makeEngine = engine
  }

  func channelActive(context: ChannelHandlerContext) {
    connected = .now()
    expire(at: deadline, context)
    dialogue = makeDialogue(context.localAddress)
    if dialogue == nil { startTLS(context) }
    proceed(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if let engine {
      if !isEstablished {
        firstOctets += buffer.readableBytesView.prefix(Self.keptOctets - firstOctets.count)
      }
      buffer.withUnsafeReadableBytes { engine.receive($0) }
      readTLS(context)
    } else {
      dialogue?.receive(Array(buffer.readableBytesView))
    }
    proceed(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    engine?.receiveEnd()
    readTLS(context)
    interrupt(.closed)
    takeRecord(context)
    timer?.cancel()
    // Cannot be without a record, except for a channel that never was active.
    record.fail(ChannelError.alreadyClosed)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    engine?.abandon(.reset)
    interrupt(.reset)
    close(context)
  }

  private func expire(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
    timer?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: deadline) {
      let (connection, context) = bound.value
      // An established one is still good for the farewell.
      if !connection.isEstablished { connection.engine?.abandon(.timedOut) }
      connection.interrupt(.timedOut)
      connection.close(context)
    }
  }

  // MARK: - Steps

  private func proceed(_ context: ChannelHandlerContext) {
    guard dialogue != nil else {
      if engine?.handshake != nil { close(context) }
      return
    }
    noteGreeting()
    while let step = dialogue?.next() {
      switch step {
      case .send(let octets): send(octets, context)
      case .startTLS: startTLS(context)
      case .wait:
        flush(context)
        takeRecord(context)
        return
      case .finished:
        close(context)
        return
      }
    }
  }

  private func startTLS(_ context: ChannelHandlerContext) {
    do throws(TLSSetupError) {
      engine = try makeEngine()
      flush(context)
    } catch {
      interrupt(.abandoned)
      guard dialogue == nil else { return }
      record.fail(error)
      context.close(promise: nil)
    }
  }

  private func send(_ octets: [UInt8], _ context: ChannelHandlerContext) {
    if let engine {
      engine.write(octets)
      flush(context)
    } else {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets)), promise: nil)
    }
  }

  /// What the engine wants to have sent.
  private func flush(_ context: ChannelHandlerContext) {
    guard let output = engine?.takeOutput(), !output.isEmpty else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: output)), promise: nil)
  }

  private func readTLS(_ context: ChannelHandlerContext) {
    guard let engine else { return }
    if !isEstablished, engine.state == .established {
      isEstablished = true
      firstOctets = []
      flush(context)
      dialogue?.tlsEstablished()
      proceed(context)
    }
    while true {
      let octets = engine.read(atMost: Self.portion)
      guard !octets.isEmpty else { break }
      dialogue?.receive(octets)
      proceed(context)
    }
    switch engine.state {
    case .handshaking, .established: break
    case .failed:
      flush(context)
      if engine.handshake?.result == .failed(.notTLS) { dialogue?.receive(firstOctets) }
      firstOctets = []
      interrupt(.tlsFailed)
    case .closed: interrupt(.closed)
    }
  }

  // MARK: - Ends

  /// During the handshake it is TLS that fails, unless the time was over: the engine says how.
  private func interrupt(_ interruption: MailSession.Interruption) {
    let isHandshaking = engine != nil && !isEstablished
    let isOurs = interruption == .timedOut || interruption == .abandoned
    dialogue?.interrupt(isHandshaking && !isOurs ? .tlsFailed : interruption)
  }

  private func close(_ context: ChannelHandlerContext) {
    // Steps that are still due are the farewell.
    while let step = dialogue?.next(), case .send(let octets) = step { send(octets, context) }
    engine?.close()
    flush(context)
    takeRecord(context)
    context.close(promise: nil)
  }

  private func takeRecord(_ context: ChannelHandlerContext) {
    guard !isRecorded else { return }
    let session = dialogue?.decided
    guard session != nil || dialogue == nil && engine?.handshake != nil else { return }
    isRecorded = true
    if session?.greeting != nil, greeted == nil { greeted = .now() }
    let delay: TimeAmount? = if let connected, let greeted { greeted - connected } else { nil }
    let handshake = engine?.handshake
    record.succeed(
      ConnectionRecord(
        session: session, handshake: handshake, chain: handshake.flatMap { _ in engine?.chain },
        greetingDelay: delay))
    expire(at: min(deadline, .now() + Self.farewell), context)
  }

  private func noteGreeting() {
    guard greeted == nil, let awaited = dialogue?.awaited else { return }
    if awaited != .greeting, awaited != .handshake || isEstablished { greeted = .now() }
  }
}
