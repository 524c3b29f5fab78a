import DANE
package import Verdict

extension Rule {
  package static let daneMatching0 = Rule(
    "dane.matching-0",
    "A TLSA record holds a whole certificate or key instead of a digest",
    about: TLSAPublication.self,
    severity: .low,
    why: """
      Such records make the answer large, so that it travels by TCP, and gain nothing: the server sends \
      its certificate anyway.
      """,
    fix: "Publish the SHA-256 digest in its place: `3 1 1`.",
    references: [.rfc(7672, "3.1.1"), .rfc(7671, "10.1.1")],
    examples: [
      .flags(
        "a key", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 1 0 ababababababababababababababababababababababababababababababababcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        """),
      .flags(
        "beside a digest", at: ["_25._tcp.mail.example.com."],
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 3 0 0 ababababababababababababababababababababababababababababababababcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        _25._tcp.mail TLSA 3 1 1 abababababababababababababababababababababababababababababababab
        """),
      .passes("a digest", examplePinnedHost),
      .passes(
        "a trust anchor that the server need not send",
        """
        @ MX 10 mail
        mail A 192.0.2.1
        _25._tcp.mail TLSA 2 0 0 ababababababababababababababababababababababababababababababababcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        """),
    ]
  ) { publication, _ in
    publication.set.usable.filter { $0.usage == .daneEE && $0.matchingType == .full }.map { record in
      publication.fault(
        "The record \(record.shortName) holds \(record.record.association.count) octets in full.",
        expected: "a digest, matching type 1")
    }
  }
}
