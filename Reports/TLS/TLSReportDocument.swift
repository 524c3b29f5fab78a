import Crypto
import DNSData
import Evidence
import Verdict

extension TLSReport {
  package func json() throws -> String { try JSONText.encode(Document(self)) }
}

private struct Document: Encodable {
  let result: String
  let host: String
  let port: UInt16
  let security: String
  let `protocol`: String?
  let failures: [String]
  let servers: [Server]

  init(_ report: TLSReport) {
    result = report.word.rawValue
    host = report.target.hostText
    port = report.target.port
    security = (report.target.service?.security ?? .implicitTLS).rawValue
    `protocol` = report.target.service?.mailProtocol.word
    failures = report.failures.map { "\($0.question): \($0.failureSentence ?? "")" }
    servers = report.servers.map { Server($0, report.target) }
  }

  struct Server: Encodable {
    let address: String
    let result: String
    let problem: String?
    /// Escaped.
    let plaintext: String?
    let version: String?
    let suite: String?
    let group: String?
    let signature: String?
    let alpn: String?
    let trusted: Bool?
    let trustProblem: String?
    let nameMatches: Bool?
    let dates: String?
    let revoked: Bool?
    let tlsa: String?
    let legacy: String?
    let chain: [Link]
    let record: String?

    init(_ server: TLSReport.Server, _ target: TLSReport.Target) {
      address = server.address.description
      result = server.word.rawValue
      problem = server.trouble?.sentence
      plaintext = server.plaintext.isEmpty ? nil : Printable.text(server.plaintext)
      version = server.parameters?.version.description
      suite = server.parameters?.cipherSuite.name
      group = server.parameters?.group
      signature = server.parameters?.peerSignature
      alpn = server.parameters?.applicationProtocol.map { Printable.text(Array($0.utf8)) }
      trusted = server.verdicts.map { $0.trust == .trusted }
      trustProblem = server.verdicts.flatMap { $0.trust == .trusted ? nil : $0.trust.sentence }
      nameMatches = server.verdicts.map { $0.names.allSatisfy(\.matches) }
      dates = server.verdicts?.dates.key
      revoked = server.verdicts?.revocation?.isRevoked
      tlsa = server.tlsa?.sentence
      legacy = server.legacyVersion
      chain = server.chain.map(Link.init)
      record = server.chain.first.flatMap(target.record)
    }
  }

  /// A certificate of the chain.
  struct Link: Encodable {
    let subject: String
    let issuer: String
    let names: [String]
    let notBefore: String?
    let notAfter: String?
    let key: String
    let signature: String
    let sha256: String
    let keySHA256: String

    init(_ certificate: Certificate) {
      subject = Printable.text(Array(certificate.subject.utf8))
      issuer = Printable.text(Array(certificate.issuer.utf8))
      names = certificate.names
      notBefore = certificate.notBefore?.description
      notAfter = certificate.notAfter?.description
      key = certificate.key.text
      signature = certificate.signatureText
      sha256 = Encoding.hex(certificate.sha256)
      keySHA256 = Encoding.hex(Digest.sha256(certificate.subjectPublicKeyInfo))
    }
  }
}
