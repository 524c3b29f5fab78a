import Crypto
import DNSData
import Evidence
import MailClient
import Reports
import Verdict

/// What `mailaudit tls` does: finds the addresses, and shakes hands with each.
struct TLSInquiry {
  private let target: TLSReport.Target
  private let records: [TLSA]
  private let network: NetworkOptions
  private let mail: MailClient

  /// Of one name; more belong to services that are too large to look at in this way.
  private static let maximumAddresses = 8
  /// OpenSSL's X509_V_ERR_DANE_NO_MATCH.
  private static let noMatch = 65

  init(
    _ target: TLSReport.Target, _ records: [TLSA], _ network: NetworkOptions, _ connection: ConnectionOptions,
    allowed: [IPNetwork]
  ) throws(Problem) {
    self.target = target
    self.records = records
    self.network = network
    // Who types an address means it; one that the DNS tells may lead anywhere.
    var allowed = allowed
    if case .address(let address) = target.host, let own = IPNetwork(address.description) {
      allowed.append(own)
    }
    mail = try ServerSession.client(connection, allowed: allowed)
  }

  func report() async throws(Problem) -> TLSReport {
    switch target.host {
    case .address(let address): return TLSReport(target, [await server(address)], failures: [])
    case .name(let name):
      let answers = try await look(up: name)
      let addresses = answers.flatMap(\.records).compactMap { record in
        switch record.data {
        case .a(let address): IPAddress.v4(address)
        case .aaaa(let address): IPAddress.v6(address)
        default: nil
        }
      }
      let servers = await self.servers(Array(addresses.prefix(Self.maximumAddresses)))
      return TLSReport(target, servers, failures: answers.filter { $0.failure != nil })
    }
  }

  private func look(up name: Name) async throws(Problem) -> [Answer] {
    let session = try Session(network)
    async let v4 = session.source.answer(Question(name, .a))
    async let v6 = session.source.answer(Question(name, .aaaa))
    let answers = await [v4, v6]
    await session.shutDown()
    return answers
  }

  private func servers(_ addresses: [IPAddress]) async -> [TLSReport.Server] {
    await withTaskGroup(of: (Int, TLSReport.Server).self) { group in
      for (index, address) in addresses.enumerated() { group.addTask { (index, await server(address)) } }
      var servers: [Int: TLSReport.Server] = [:]
      for await (index, server) in group { servers[index] = server }
      return servers.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  private func server(_ address: IPAddress) async -> TLSReport.Server {
    let first = await call(address, .modern)
    var legacy: TLSHandshake?
    if first.handshake != nil { legacy = await call(address, .legacy).handshake }
    return TLSReport.Server(
      address, trouble: first.trouble, handshake: first.handshake, verdicts: first.verdicts, legacy: legacy,
      tlsa: verdict(on: first.handshake), plaintext: first.plaintext)
  }

  /// nil without records.
  private func verdict(on handshake: TLSHandshake?) -> DANEVerdict? {
    guard !records.isEmpty, let handshake, case .completed = handshake.result else { return nil }
    // A name is of no account for usage 3 (RFC 7671 §5.1), which is what an address can be compared by.
    let names = [target.name ?? (try? Name("localhost"))].compactMap(\.self)
    do {
      return try DANEAuthentication.judge(
        handshake.chain, against: records, names: names, at: Session.clock())
    } catch {
      return .failed(PathError(code: Self.noMatch, reason: "\(error)", depth: 0), matched: nil)
    }
  }

  // MARK: - Calls

  private struct Call {
    var trouble: ServerTrouble?
    var handshake: TLSHandshake?
    var verdicts: CertificateVerdicts?
    var plaintext: [UInt8] = []
  }

  private func call(_ address: IPAddress, _ policy: TLSPolicy) async -> Call {
    guard let service = target.service else {
      let request = HandshakeRequest(address, port: target.port, serverName: target.name, policy: policy)
      return Self.call(await mail.shakeHands(request))
    }
    let request = ProbeRequest(address, service, serverName: target.name, policy: policy)
    return Self.call(await mail.probe(request).outcome)
  }

  private static func call(_ outcome: ServerProbe.Outcome) -> Call {
    switch outcome {
    case .conversed(let conversation):
      Call(
        trouble: ServerTrouble(conversation), handshake: conversation.handshake,
        verdicts: conversation.certificate, plaintext: conversation.session.plaintextBeforeHandshake)
    case .refused: Call(trouble: .closed)
    case .timedOut: Call(trouble: .noAnswer)
    case .unreachable: Call(trouble: .unreachable)
    case .notTried(let hindrance): Call(trouble: .notTested(NotTested(hindrance)))
    }
  }

  private static func call(_ outcome: HandshakeOutcome) -> Call {
    switch outcome {
    case .answered(let handshake, let verdicts):
      switch handshake.result {
      case .completed: Call(handshake: handshake, verdicts: verdicts)
      case .failed(let failure):
        Call(trouble: .incomplete(.handshakeFailed(failure)), handshake: handshake, verdicts: verdicts)
      }
    case .refused: Call(trouble: .closed)
    case .timedOut: Call(trouble: .noAnswer)
    case .unreachable: Call(trouble: .unreachable)
    case .notTried(let hindrance): Call(trouble: .notTested(NotTested(hindrance)))
    }
  }
}
