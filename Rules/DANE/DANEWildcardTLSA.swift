import DNSData
package import Verdict

extension Rule {
  package static let daneWildcardTLSA = Rule(
    "dane.wildcard-tlsa",
    "A wildcard answers for every port of a mail host",
    about: SignedHostTLSA.self,
    severity: .info,
    why: """
      The wildcard speaks for services that show other certificates too. Clients \
      that use DANE refuse them.
      """,
    fix: "Publish the record for each port that shows this certificate, and remove the wildcard.",
    references: [.rfc(6698, "A.2.1.2"), .rfc(4592, "2")],
    examples: [
      .flags(
        "for all ports", at: ["*._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        *._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("for one", examplePinnedHost),
    ]
  ) { signed, _ in
    let host = signed.host
    guard let wildcard = host.wildcard, !wildcard.tlsa.isEmpty,
      let owner = try? wildcard.question.name.parent?.prepending("*")
    else { return [] }
    return [
      Fault(
        at: Place(owner, .tlsa), saidBy: wildcard.responder,
        "A port of \(host.host) that nobody uses has a TLSA record.")
    ]
  }
}
