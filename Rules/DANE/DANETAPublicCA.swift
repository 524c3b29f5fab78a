import DANE
import Evidence
package import Verdict

extension Rule {
  package static let daneTAPublicCA = Rule(
    "dane.ta-public-ca",
    "The TLSA record is of an intermediate certificate of a public authority",
    about: PinnedServer.self,
    severity: .medium,
    why: """
      Public authorities change their intermediate certificates without notice, and a renewal then comes from one that
      no record matches: senders that use DANE then hold mail back.
      """,
    fix: "Publish `3 1 1` of the server's key beside it, and keep the key at renewals.",
    references: [.rfc(7671, "5.2"), .practice("Let's Encrypt, which changed its hierarchy in 2026")],
    examples: [
      .flags(
        "alone", at: ["mail.example.com."],
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
      .passes(
        "beside the key of the server",
        servers: [.example(.smtp, tls: ExampleHandshake(certificate: .issued, issuers: [.authority]))],
        exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"
          + "\n_25._tcp.mail TLSA 3 1 1 \(ExampleCertificate.issuedDigest)"),
      .passes(
        "an authority of one's own",
        servers: [
          .example(
            .smtp,
            tls: ExampleHandshake(
              certificate: .issued, issuers: [.authority], trust: .untrusted(.exampleIssuerMissing(depth: 1)))
          )
        ], exampleHost + "\n_25._tcp.mail TLSA 2 1 1 \(ExampleCertificate.authorityDigest)"),
    ]
  ) { pinned, _ in
    guard !pinned.publication.set.usable.contains(where: { $0.usage == .daneEE }) else { return [] }
    return pinned.judged.compactMap { address in
      guard let chain = address.chains.first(where: \.isTrusted), let anchor = chain.anchor,
        !anchor.isSelfSigned
      else { return nil }
      return pinned.fault(
        at: address.server,
        """
        \(pinned.words) depend on which intermediate certificate the authority of \
        \(address.server.title) uses.
        """,
        observed: "matched: \(foreign: anchor.subject)", expected: "a record 3 1 1 beside it")
    }
  }
}
