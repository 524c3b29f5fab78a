import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecSigInceptionFuture = Rule(
    "dnssec.sig-inception-future",
    "Signatures are not valid yet",
    about: SignedZone.self,
    severity: .critical,
    why: """
      Until they are, validating resolvers answer nothing of what they cover. The clock of the signer is \
      wrong, or that of this machine.
      """,
    fix: """
      Set the clock of the signer, sign again, and compare the clock of this machine.
      """,
    references: [.rfc(4035, "5.3.1"), .rfc(4034, "3.1.5")],
    examples: [
      .flags(
        "from tomorrow on", at: ["example.com."],
        ExampleSigning.zone
          + ExampleSigning.signature(from: "20261122040506", until: "20261222040506")),
      .passes(
        "a clock three minutes ahead",
        ExampleSigning.zone
          + ExampleSigning.signature(from: "20261121040806", until: "20261221040806")),
      .passes(
        "another signature is valid",
        ExampleSigning.zone
          + ExampleSigning.signature(from: "20261122040506", until: "20261222040506")
          + ExampleSigning.signature(from: "20261101040506", until: "20261201040506")),
      .passes("not signed", "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, facts in
    let now = facts.snapshot.started
    let early = zone.signaturesByRecordSet.compactMap { _, signatures in
      signatures.min { $0.inception < $1.inception }
    }.filter { $0.inception.seconds > now.seconds + tolerance }
    guard let first = early.first else { return [] }
    return [
      zone.fault(
        """
        The signature of \(first.covered) is valid from \(first.inception) only: record sets of which all \
        signatures are early: \(early.count).
        """, link: .trust(in: zone.name, .notYetValid))
    ]
  }
}

/// What clocks differ.
private let tolerance: Int64 = 300  // seconds
