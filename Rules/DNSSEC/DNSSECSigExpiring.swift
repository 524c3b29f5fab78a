import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecSigExpiring = Rule(
    "dnssec.sig-expiring",
    "Signatures expire soon, or have expired at a name server",
    about: SignedZone.self,
    severity: .high,
    why: """
      When they have expired, validating resolvers answer nothing that they cover. Whatever signs the zone \
      should have renewed them long ago.
      """,
    fix: """
      See why the signer does not run, or why its zone does not reach this server, and sign again.
      """,
    references: [.rfc(6781, "4.4.2"), .practice("Zonemaster DNSSEC04")],
    examples: [
      .flags(
        "in ten hours, of a month", at: ["example.com."],
        ExampleSigning.zone + ExampleSigning.signature(from: "20261021000000", until: "20261121140506")),
      .flags(
        "in two days, of a month", at: ["example.com."], severity: .medium,
        ExampleSigning.zone + ExampleSigning.signature(from: "20261021000000", until: "20261123040506")),
      .flags(
        "one server still has those of last month", at: ["ns2.example.com."],
        validations: .secure("example.com.", .mx) + .secure("example.com.", .soa),
        nameServers: .sick(
          changes: ExampleSigning.signature(from: "20261001000000", until: "20261101000000")),
        ExampleSigning.zone + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")),
      .passes(
        "two servers, each with signatures of its own",
        validations: .secure("example.com.", .mx) + .secure("example.com.", .soa),
        nameServers: .sick(
          changes: ExampleSigning.signature(from: "20261110000000", until: "20261210000000")),
        ExampleSigning.zone + ExampleSigning.signature(from: "20261101000000", until: "20261201000000")),
      .passes(
        "a signer that works on demand signs for two days",
        ExampleSigning.zone + ExampleSigning.signature(from: "20261120040506", until: "20261122040506")),
      .passes(
        "renewed, the old one still beside",
        ExampleSigning.zone + ExampleSigning.signature(from: "20261021000000", until: "20261121140506")
          + ExampleSigning.signature(from: "20261121000000", until: "20261221000000")),
      .passes(
        "a week left",
        ExampleSigning.zone + ExampleSigning.signature(from: "20261028000000", until: "20261128040506")),
    ]
  ) { zone, facts in
    let stale = zone.staleServers(in: facts).compactMap { view, expired -> Fault? in
      guard let first = expired.first else { return nil }
      return Fault(
        at: view.place, saidBy: view.responder,
        """
        \(view.title) serves expired signatures where others serve newer ones. That of \(first.covered) expired on \
        \(first.expiration); record sets without one that holds: \(expired.count).
        """,
        expected: "the signatures that the other servers have", link: .trust(in: zone.name, .expired))
    }
    let now = facts.snapshot.started.seconds
    let ending = zone.signaturesByRecordSet.compactMap { _, signatures in
      signatures.max { $0.expiration < $1.expiration }
    }.filter { last in
      // Signers that work on demand make short signatures, anew for each question.
      let left = last.expiration.seconds - now
      return left >= 0 && left < 3 * day && left < last.lifetime / 4
    }
    guard let first = ending.min(by: { $0.expiration < $1.expiration }) else { return stale }
    let isUrgent = first.expiration.seconds - now < day / 2
    return stale + [
      zone.fault(
        severity: isUrgent ? nil : .medium,
        """
        The signature of \(first.covered) expires on \(first.expiration): record sets whose signatures end soon: \
        \(ending.count).
        """)
    ]
  }
}

private let day: Int64 = 86_400  // seconds
