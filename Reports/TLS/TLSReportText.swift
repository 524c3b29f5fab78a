import Crypto
import DNSData
import Evidence
import Verdict

extension TLSReport {
  private static let indent = 16

  package var text: String {
    let head = [word.rawValue, "\(target.hostText) port \(target.port), \(target.startText)"]
    let problems = failures.map { "\($0.question): \($0.failureSentence ?? "")" }
    let none = servers.isEmpty && failures.isEmpty ? ["\(target.hostText) has no address"] : []
    let blocks = [head + problems + none] + servers.map(lines)
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func field(_ label: String, _ text: String) -> String {
    Layout.paragraph(text, label: "  " + label, indent: Self.indent)
  }

  private func lines(_ server: Server) -> [String] {
    var lines = ["\(server.address): \(server.word.rawValue)"]
    if let trouble = server.trouble { lines.append(field("trouble", trouble.sentence)) }
    if !server.plaintext.isEmpty {
      let words = "in place of TLS, not listened to: \"\(Printable.text(server.plaintext))\""
      lines.append(field("plaintext", words))
    }
    if let parameters = server.parameters { lines += self.lines(parameters) }
    if let verdicts = server.verdicts { lines += self.lines(verdicts) }
    if server.parameters != nil, server.verdicts == nil {
      lines.append(field("chain", "not judged: unreadable, or this machine has no CA store (--ca-file)"))
    }
    if let tlsa = server.tlsa { lines.append(field("TLSA given", tlsa.sentence)) }
    if server.handshake != nil { lines.append(field("TLS 1.0, 1.1", server.legacyVersion ?? "not known")) }
    for (depth, certificate) in server.chain.enumerated() { lines += self.lines(certificate, depth) }
    if let leaf = server.chain.first, let record = target.record(for: leaf) {
      // Never broken: it is there to be pasted.
      lines += ["  TLSA record, to be published in a signed zone:", "  \(record)"]
    }
    return lines
  }

  private func lines(_ parameters: TLSParameters) -> [String] {
    let bits = parameters.ephemeralBits.map { " (\($0) bits)" } ?? ""
    return [
      field("version", parameters.version.description), field("suite", parameters.cipherSuite.name),
      field(
        "group", (parameters.group ?? (bits.isEmpty ? "no forward secrecy" : "of the server's own")) + bits),
      field("signature", parameters.peerSignature ?? "none"),
      field("ALPN", parameters.applicationProtocol.map { Printable.text(Array($0.utf8)) } ?? "none"),
    ]
  }

  private func lines(_ verdicts: CertificateVerdicts) -> [String] {
    [field("chain", verdicts.trust.sentence), field("dates", verdicts.dates.sentence)]
      + [verdicts.revocation.map { field("OCSP", $0.sentence) }].compactMap(\.self)
      + verdicts.names.map {
        field("name", ($0.matches ? "matches " : "is not for ") + $0.asked.text)
      }
  }

  private func lines(_ certificate: Certificate, _ depth: Int) -> [String] {
    let names = certificate.names
    return [
      "  certificate \(depth)\(depth == 0 ? ", the server's own" : "")",
      field("  subject", Printable.text(Array(certificate.subject.utf8))),
      field("  issuer", Printable.text(Array(certificate.issuer.utf8))),
      names.isEmpty ? nil : field("  names", names.joined(separator: ", ")),
      field("  valid", "\(certificate.notBefore?.date ?? "?") to \(certificate.notAfter?.date ?? "?")"),
      field("  key", certificate.key.text), field("  signed with", certificate.signatureText),
      "    SHA-256".padded(to: Self.indent) + Encoding.hex(certificate.sha256),
      "    key's".padded(to: Self.indent) + Encoding.hex(Digest.sha256(certificate.subjectPublicKeyInfo)),
    ].compactMap(\.self)
  }
}

extension Certificate {
  private static let maximumNames = 20

  /// Escaped; the first ones.
  var names: [String] {
    let all =
      subjectAltName.dnsNames.map { Printable.text($0) } + subjectAltName.addresses.map(\.description)
    let more = all.count > Self.maximumNames ? ["and \(all.count - Self.maximumNames) more"] : []
    return all.prefix(Self.maximumNames) + more
  }

  var signatureText: String { Printable.text(Array(signatureAlgorithm.utf8)) }
}

extension CertificateKey {
  var text: String {
    let name =
      switch kind {
      case .rsa: "RSA"
      case .rsaPSS: "RSA-PSS"
      case .ec(let curve): "EC " + (curve ?? "without a named curve")
      case .ed25519: "Ed25519"
      case .ed448: "Ed448"
      case .dsa: "DSA"
      case .other(let name): Printable.text(Array(name.utf8))
      }
    return name + (bits.map { ", \($0) bits" } ?? "")
  }
}

extension ServerIdentity {
  var text: String {
    switch self {
    case .name(let name): name.display
    case .address(let address): address.description
    }
  }
}

extension DANEVerdict {
  var sentence: String {
    switch self {
    case .noUsableRecord: "none of the records can authenticate a mail server (usage 2 or 3, RFC 7672 §3.1)"
    case .authenticated(let match): "\(match.words) matches certificate \(match.depth)"
    case .failed(let error, let match?):
      "\(match.words) matches certificate \(match.depth), but: \(Printable.text(Array(error.reason.utf8)))"
    case .failed(_, nil): "no match"
    }
  }
}

extension DANEMatch {
  fileprivate var words: String { "\(record.usage) \(record.selector) \(record.matchingType)" }
}
