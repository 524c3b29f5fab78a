// Mail servers as a source of probes: each asked once in a run whoever wants to know, one connection at a time for an
// address, and only so many at once.

package import Crypto
package import DNSData
internal import Dialogues
package import Evidence
internal import IMAP
internal import ManageSieve
internal import NIOCore
internal import NIOPosix
internal import POP3
internal import SMTP
internal import TLS

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

package actor MailClient: ProbeSource {
  private let configuration: MailClientConfiguration
  private var probes: [ProbeRequest: Task<ServerProbe, Never>] = [:]
  /// The last connection to each address; the next one waits for its end.
  private var lastConnections: [IPAddress: EventLoopFuture<Void>] = [:]
  private var connections = 0
  private var contexts: [TLSPolicy: TLSContext] = [:]

  package init(_ configuration: MailClientConfiguration) { self.configuration = configuration }

  package func probe(_ request: ProbeRequest) async -> ServerProbe {
    if let running = probes[request] { return await running.value }
    let task = Task { await make(request) }
    probes[request] = task
    return await task.value
  }

  private func make(_ request: ProbeRequest) async -> ServerProbe {
    let started = configuration.clock()
    func ended(_ outcome: ServerProbe.Outcome) -> ServerProbe { ServerProbe(request, outcome, at: started) }
    guard SpecialPurpose.block(of: request.address, allowed: configuration.allowedNetworks) == nil else {
      return ended(.notTried(.addressNotAllowed))
    }
    guard connections < configuration.connectionBudget else { return ended(.notTried(.limitReached)) }
    connections += 1
    guard let context = context(for: request.policy) else { return ended(.notTried(.noTLSHere)) }
    return ended(await converse(request, context))
  }

  /// One for each policy in a run.
  private func context(for policy: TLSPolicy) -> TLSContext? {
    if let context = contexts[policy] { return context }
    let context = try? TLSContext(policy)
    contexts[policy] = context
    return context
  }

  // MARK: - Connections

  private func converse(_ request: ProbeRequest, _ context: TLSContext) async -> ServerProbe.Outcome {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let over = loop.makePromise(of: Void.self)
    let earlier = lastConnections.updateValue(over.futureResult, forKey: request.address)
    try? await earlier?.get()
    guard
      let server = try? SocketAddress(ipAddress: request.address.description, port: Int(request.service.port))
    else {
      over.succeed(())
      return .unreachable
    }
    do {
      let record = try await Self.record(
        of: request, at: server, over: over, on: loop, context, configuration)
      return .conversed(conversation(record, request))
    } catch {
      over.succeed(())
      return Self.outcome(of: error)
    }
  }

  private static func record(
    of request: ProbeRequest, at server: SocketAddress, over: EventLoopPromise<Void>, on loop: any EventLoop,
    _ context: TLSContext, _ configuration: MailClientConfiguration
  ) async throws -> ConnectionRecord {
    let promise = loop.makePromise(of: ConnectionRecord.self)
    let deadline = NIODeadline.now() + configuration.timeAmount
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(min(configuration.timeAmount, configuration.connectTimeAmount))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            ProbeConnection(until: deadline, record: promise) { local in
              dialogue(request.service, as: configuration.clientName(from: local?.address))
            } engine: { () throws(TLSSetupError) in
              try TLSEngine(context, serverName: request.serverName)
            })
        }
      }
      .connect(to: server)
    connection.whenFailure { promise.fail($0) }
    connection.whenSuccess { $0.closeFuture.cascade(to: over) }
    return try await promise.futureResult.get()
  }

  private static func dialogue(_ service: ProbedService, as name: SMTPClientName) -> Dialogue {
    switch service.mailProtocol {
    case .smtp: .smtp(port: service.port, service.security, as: name)
    case .imap: .imap(port: service.port, service.security)
    case .pop3: .pop3(port: service.port, service.security)
    case .manageSieve: .manageSieve(port: service.port, service.security)
    }
  }

  private func conversation(_ record: ConnectionRecord, _ request: ProbeRequest) -> Conversation {
    let identity = request.serverName.map(ServerIdentity.name) ?? .address(request.address)
    let chain = record.handshake?.chain ?? []
    let verdicts = try? configuration.trust?.verdicts(on: chain, for: [identity], at: configuration.now())
    return Conversation(
      session: record.session, handshake: record.handshake, certificate: verdicts,
      greetingDelay: record.greetingDelay.map { Int($0.nanoseconds / 1_000_000) })
  }

  private static func outcome(of error: any Error) -> ServerProbe.Outcome {
    switch error {
    case ChannelError.connectTimeout: .timedOut
    case let error as IOError:
      switch error.errnoCode {
      case ECONNREFUSED: .refused
      case ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT: .notTried(.familyMissing)
      case ETIMEDOUT: .timedOut
      default: .unreachable
      }
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { outcome(of: $0.error) } ?? .unreachable
    default: .unreachable
    }
  }
}

package struct MailClientConfiguration: Sendable {
  /// The name for EHLO; without one the address of the connection is used (RFC 5321 §4.1.3).
  package var clientName: Name?
  /// Special-purpose networks that are meant here.
  package var allowedNetworks: [IPNetwork] = []
  /// Of one conversation, the connection included.
  package var timeout = Duration.seconds(30)
  package var connectTimeout = Duration.seconds(10)
  /// Connections of the whole run.
  package var connectionBudget = 1000
  /// nil if this machine has no CA store: certificates are then not judged.
  package var trust: TrustStore?
  package var clock: @Sendable () -> Timestamp
  /// The moment that certificates are judged at, if it is not the clock's.
  package var judgedAt: Timestamp?

  package init(trust: TrustStore?, clock: @escaping @Sendable () -> Timestamp) {
    self.trust = trust
    self.clock = clock
  }

  func now() -> Timestamp { judgedAt ?? clock() }

  // A configuration is not foreign, but NIO traps on overflow.
  private static let longest = Duration.seconds(3600)
  var timeAmount: TimeAmount { TimeAmount(min(max(timeout, .milliseconds(1)), Self.longest)) }
  var connectTimeAmount: TimeAmount { TimeAmount(min(max(connectTimeout, .milliseconds(1)), Self.longest)) }

  func clientName(from local: IPAddress?) -> SMTPClientName {
    if let clientName { return .host(clientName) }
    return .literal(local ?? .v4(IPv4Address(rawValue: 0x7f00_0001)))
  }
}

extension SocketAddress {
  fileprivate var address: IPAddress? { ipAddress.flatMap { IPAddress(String($0.prefix { $0 != "%" })) } }
}
