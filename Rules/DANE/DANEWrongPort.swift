import DNSData
package import Verdict

extension Rule {
  package static let daneWrongPort = Rule(
    "dane.wrong-port",
    "TLSA records are published for clients only",
    about: SignedHostTLSA.self,
    severity: .info,
    why: """
      Servers that deliver mail connect to port 25 and look for the record of that port alone. Those of other \
      ports protect nothing that arrives.
      """,
    fix: "Publish the same records for `_25._tcp`, if the server shows the same certificate there.",
    references: [.rfc(7672, "2.2.3"), .rfc(7673, "4")],
    examples: [
      .flags(
        "for submission only", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _465._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes(
        "for both",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        _465._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("for none", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { signed, _ in
    let host = signed.host
    let published = host.clients.filter { !$0.tlsa.isEmpty }
    guard !host.publishing.contains(where: { $0.application == .smtp }),
      host.mail.failure == nil, !published.isEmpty
    else { return [] }
    let names = published.map { "\($0.question.name)" as Message }.enumeration
    return [
      Fault(in: host.mail, "There is no TLSA record for port 25 of \(host.host), but at \(names).")
    ]
  }
}
