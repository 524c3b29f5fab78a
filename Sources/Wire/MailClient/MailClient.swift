// Mail servers as a source of probes: each asked once in a run whoever wants to know, one connection at a time for an
// address, and only so many at once.

internal import Crypto
internal import DNSData
internal import Dialogues
package import Evidence
internal import IMAP
internal import ManageSieve
internal import NIOCore
internal import NIOPosix
internal import POP3
internal import SMTP
internal import TLS

package actor MailClient: ProbeSource {
  private let configuration: MailClientConfiguration
  private nonisolated let loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
  /// One thread of SwiftNIO runs the client, its connections and what is computed for them. Futures rather than tasks
  /// lead through a probe, since a task that waited goes on by way of another thread.
  package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  private var probes: [ProbeRequest: EventLoopFuture<ServerProbe>] = [:]
  /// The last connection to each address; the next one waits for its end.
  private var lastConnections: [IPAddress: EventLoopFuture<Void>] = [:]
  private var connections = 0
  private var places: Places
  /// Of the conversations under way.
  private var records: [Int: EventLoopPromise<ConnectionRecord>] = [:]
  private var conversations = 0
  private var isShut = false
  /// nil on a machine without a CA store.
  private var judge: CertificateJudge?

  package init(_ configuration: MailClientConfiguration) {
    self.configuration = configuration
    judge = configuration.trust.map { CertificateJudge($0, at: configuration.now()) }
    places = Places(count: configuration.connectionsAtOnce)
  }

  package nonisolated func probe(_ request: ProbeRequest) async -> ServerProbe {
    await withCheckedContinuation { waiting in
      loop.execute {
        self.assumeIsolated { $0.known(request) }.whenSuccess { waiting.resume(returning: $0) }
      }
    }
  }

  /// A handshake alone, with whatever listens there; made each time it is asked for.
  package nonisolated func shakeHands(_ request: HandshakeRequest) async -> HandshakeOutcome {
    await withCheckedContinuation { waiting in
      loop.execute {
        self.assumeIsolated { $0.make(request) }.whenSuccess { waiting.resume(returning: $0) }
      }
    }
  }

  // MARK: - Probes; these futures never fail

  private func known(_ request: ProbeRequest) -> EventLoopFuture<ServerProbe> {
    if let probe = probes[request] { return probe }
    let probe = make(request)
    probes[request] = probe
    return probe
  }

  private func make(_ request: ProbeRequest) -> EventLoopFuture<ServerProbe> {
    let errand = Errand(request)
    return visit(errand).flatMapThrowing { visit in
      guard let session = visit.record.session else { throw ChannelError.alreadyClosed }
      let conversation = Conversation(
        session: session, handshake: visit.record.handshake,
        certificate: self.assumeIsolated { $0.verdicts(on: visit.record, errand) },
        greetingDelay: visit.record.greetingDelay.map { Int($0.nanoseconds / 1_000_000) })
      return ServerProbe(request, .conversed(conversation), at: visit.began)
    }.recover { error in
      ServerProbe(
        request, ConnectionFailure(error, hasRoute: OwnRoutes.lead(to: errand.address)).probeOutcome,
        at: self.configuration.clock())
    }
  }

  private func make(_ request: HandshakeRequest) -> EventLoopFuture<HandshakeOutcome> {
    let errand = Errand(request)
    return visit(errand).flatMapThrowing { visit in
      guard let handshake = visit.record.handshake else { throw ChannelError.alreadyClosed }
      return .answered(handshake, self.assumeIsolated { $0.verdicts(on: visit.record, errand) })
    }.recover { error in
      ConnectionFailure(error, hasRoute: OwnRoutes.lead(to: errand.address)).handshakeOutcome
    }
  }

  /// Ends what is under way, and connects to nobody any more.
  package func shutDown() {
    isShut = true
    for record in records.values { record.fail(ServerProbe.Hindrance.limitReached) }
  }

  private func verdicts(on record: ConnectionRecord, _ errand: Errand) -> CertificateVerdicts? {
    guard let chain = record.chain else { return nil }
    let identity = errand.serverName.map(ServerIdentity.name) ?? .address(errand.address)
    return judge?.verdicts(on: chain, stapled: record.handshake?.stapledResponse, for: identity)
  }

  // MARK: - Connections

  private struct Visit {
    let record: ConnectionRecord
    let began: Timestamp
  }

  private func visit(_ errand: Errand) -> EventLoopFuture<Visit> {
    do {
      guard SpecialPurpose.block(of: errand.address, allowed: configuration.allowedNetworks) == nil else {
        throw ServerProbe.Hindrance.addressNotAllowed
      }
      let context = try TLSContext.shared(errand.policy)
      let server = try SocketAddress(ipAddress: errand.address.description, port: Int(errand.port))
      guard connections < configuration.connectionBudget else { throw ServerProbe.Hindrance.limitReached }
      connections += 1
      return visit(errand, at: server, context)
    } catch {
      return loop.makeFailedFuture(error)
    }
  }

  private func visit(
    _ errand: Errand, at server: SocketAddress, _ context: TLSContext
  ) -> EventLoopFuture<Visit> {
    let over = loop.makePromise(of: Void.self)
    let earlier = lastConnections.updateValue(over.futureResult, forKey: errand.address)
    // `earlier` never fails. The place is taken afterwards, so that who waits for a slow server holds none.
    return (earlier ?? loop.makeSucceededVoidFuture()).flatMap {
      self.assumeIsolated { $0.takePlace() }
    }.flatMap {
      over.futureResult.whenComplete { _ in self.assumeIsolated { $0.places.giveUp() } }
      // Behind what else is due, lest connections that fail at once begin inside each other.
      return self.loop.flatSubmit {
        let began = self.configuration.clock()
        return self.assumeIsolated { $0.record(of: errand, at: server, over: over, context) }.map {
          Visit(record: $0, began: began)
        }
      }
    }.flatMapErrorThrowing { error in
      // Without a connection nothing else says so.
      over.succeed(())
      throw error
    }
  }

  private func takePlace() -> EventLoopFuture<Void> {
    let turn = loop.makePromise(of: Void.self)
    places.take(turn)
    return turn.futureResult
  }

  /// `over` is completed by the end of the connection, and left alone where this fails, which ends the connection.
  private func record(
    of errand: Errand, at server: SocketAddress, over: EventLoopPromise<Void>, _ context: TLSContext
  ) -> EventLoopFuture<ConnectionRecord> {
    guard !isShut else { return loop.makeFailedFuture(ServerProbe.Hindrance.limitReached) }
    let promise = loop.makePromise(of: ConnectionRecord.self)
    conversations += 1
    let number = conversations
    records[number] = promise
    promise.futureResult.whenComplete { _ in self.assumeIsolated { $0.records[number] = nil } }
    let deadline = NIODeadline.now() + configuration.timeAmount
    let makeDialogue = { @Sendable [configuration] (local: SocketAddress?) in
      errand.service.map {
        Self.dialogue($0, as: configuration.clientName(from: local?.address), errand.conduct)
      }
    }
    let makeEngine = { @Sendable () throws(TLSSetupError) in
      try TLSEngine(context, serverName: errand.serverName)
    }
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(min(configuration.timeAmount, configuration.connectTimeAmount))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ProbeConnection(until: deadline, record: promise, dialogue: makeDialogue, engine: makeEngine))
        }
      }
      .connect(to: server)
    connection.whenFailure { error in
      guard ConnectionFailure.wasTaken(error) else { return promise.fail(error) }
      promise.completeWith(Result { try .reset(makeDialogue(nil), engine: makeEngine) })
      over.succeed(())
    }
    connection.whenSuccess { channel in
      channel.closeFuture.cascade(to: over)
      promise.futureResult.whenFailure { _ in channel.close(promise: nil) }
    }
    return promise.futureResult
  }

  private static func dialogue(
    _ service: ProbedService, as name: SMTPClientName, _ conduct: ProbeConduct
  ) -> Dialogue {
    switch service.mailProtocol {
    case .smtp: .smtp(port: service.port, service.security, as: name, conduct)
    case .imap: .imap(port: service.port, service.security, conduct)
    case .pop3: .pop3(port: service.port, service.security, conduct)
    case .manageSieve: .manageSieve(port: service.port, service.security, conduct)
    }
  }
}

/// Where to go, and what to speak there.
private struct Errand: Sendable {
  let address: IPAddress
  let port: UInt16
  /// nil: nothing is said inside TLS.
  let service: ProbedService?
  let serverName: Name?
  let policy: TLSPolicy
  let conduct: ProbeConduct

  init(_ request: ProbeRequest) {
    address = request.address
    port = request.service.port
    service = request.service
    serverName = request.serverName
    policy = request.policy
    conduct = request.conduct
  }

  init(_ request: HandshakeRequest) {
    address = request.address
    port = request.port
    service = nil
    serverName = request.serverName
    policy = request.policy
    conduct = .usual
  }
}

/// Of connections at the same time.
private struct Places {
  private var free: Int
  private var waiting: [EventLoopPromise<Void>] = []

  init(count: Int) { free = max(1, count) }

  mutating func take(_ turn: EventLoopPromise<Void>) {
    guard free > 0 else {
      waiting.append(turn)
      return
    }
    free -= 1
    turn.succeed(())
  }

  mutating func giveUp() {
    guard !waiting.isEmpty else {
      free += 1
      return
    }
    waiting.removeFirst().succeed(())
  }
}

extension SocketAddress {
  fileprivate var address: IPAddress? { ipAddress.flatMap { IPAddress(String($0.prefix { $0 != "%" })) } }
}
