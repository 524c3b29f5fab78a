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
  private var probes: [ProbeRequest: Task<ServerProbe, Never>] = [:]
  /// The last connection to each address; the next one waits for its end.
  private var lastConnections: [IPAddress: EventLoopFuture<Void>] = [:]
  private var connections = 0
  private var places: Places
  /// Of the conversations under way.
  private var records: [Int: EventLoopPromise<ConnectionRecord>] = [:]
  private var isShut = false
  /// nil on a machine without a CA store.
  private var judge: CertificateJudge?

  package init(_ configuration: MailClientConfiguration) {
    self.configuration = configuration
    judge = configuration.trust.map { CertificateJudge($0, at: configuration.now()) }
    places = Places(count: configuration.connectionsAtOnce)
  }

  package func probe(_ request: ProbeRequest) async -> ServerProbe {
    if let running = probes[request] { return await running.value }
    let task = Task { await make(request) }
    probes[request] = task
    return await task.value
  }

  private func make(_ request: ProbeRequest) async -> ServerProbe {
    let errand = Errand(request)
    do {
      let visit = try await visit(errand)
      guard let session = visit.record.session else { throw ChannelError.alreadyClosed }
      let record = visit.record
      let conversation = Conversation(
        session: session, handshake: record.handshake, certificate: verdicts(on: record, errand),
        greetingDelay: record.greetingDelay.map { Int($0.nanoseconds / 1_000_000) })
      return ServerProbe(request, .conversed(conversation), at: visit.began)
    } catch {
      return ServerProbe(
        request, ConnectionFailure(error, hasRoute: OwnRoutes.lead(to: errand.address)).probeOutcome,
        at: configuration.clock())
    }
  }

  /// A handshake alone, with whatever listens there; made each time it is asked for.
  package func shakeHands(_ request: HandshakeRequest) async -> HandshakeOutcome {
    let errand = Errand(request)
    do {
      let visit = try await visit(errand)
      guard let handshake = visit.record.handshake else { throw ChannelError.alreadyClosed }
      return .answered(handshake, verdicts(on: visit.record, errand))
    } catch {
      return ConnectionFailure(error, hasRoute: OwnRoutes.lead(to: errand.address)).handshakeOutcome
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

  private func visit(_ errand: Errand) async throws -> Visit {
    guard SpecialPurpose.block(of: errand.address, allowed: configuration.allowedNetworks) == nil else {
      throw ServerProbe.Hindrance.addressNotAllowed
    }
    let context = try TLSContext.shared(errand.policy)
    let server = try SocketAddress(ipAddress: errand.address.description, port: Int(errand.port))
    guard connections < configuration.connectionBudget else { throw ServerProbe.Hindrance.limitReached }
    connections += 1
    let number = connections

    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let over = loop.makePromise(of: Void.self)
    let earlier = lastConnections.updateValue(over.futureResult, forKey: errand.address)
    // Never fails. The place is taken afterwards, so that who waits for a slow server holds none.
    try? await earlier?.get()
    await takePlace()
    over.futureResult.whenComplete { _ in Task { await self.giveUpPlace() } }
    let began = configuration.clock()
    do {
      guard !isShut else { throw ServerProbe.Hindrance.limitReached }
      let promise = loop.makePromise(of: ConnectionRecord.self)
      records[number] = promise
      defer { records[number] = nil }
      let record = try await Self.record(
        promise, of: errand, at: server, over: over, on: loop, context, configuration)
      return Visit(record: record, began: began)
    } catch {
      // Without a connection nothing else says so.
      over.succeed(())
      throw error
    }
  }

  private func takePlace() async {
    await withCheckedContinuation { places.take($0) }
  }

  private func giveUpPlace() { places.giveUp() }

  /// `over` is completed by the end of the connection, and left alone where this throws; `promise` has the record, and
  /// its failure ends the connection.
  private static func record(
    _ promise: EventLoopPromise<ConnectionRecord>, of errand: Errand, at server: SocketAddress,
    over: EventLoopPromise<Void>, on loop: any EventLoop,
    _ context: TLSContext, _ configuration: MailClientConfiguration
  ) async throws -> ConnectionRecord {
    let deadline = NIODeadline.now() + configuration.timeAmount
    let makeDialogue = { @Sendable (local: SocketAddress?) in
      errand.service.map { dialogue($0, as: configuration.clientName(from: local?.address), errand.conduct) }
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
    return try await promise.futureResult.get()
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
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) { free = max(1, count) }

  mutating func take(_ turn: CheckedContinuation<Void, Never>) {
    guard free > 0 else {
      waiting.append(turn)
      return
    }
    free -= 1
    turn.resume()
  }

  mutating func giveUp() {
    guard !waiting.isEmpty else {
      free += 1
      return
    }
    waiting.removeFirst().resume()
  }
}

extension SocketAddress {
  fileprivate var address: IPAddress? { ipAddress.flatMap { IPAddress(String($0.prefix { $0 != "%" })) } }
}
