import DNSData
import DNSSEC
package import Verdict

extension Rule {
  package static let dnssecHostUnsigned = Rule(
    "dnssec.host-unsigned",
    "The MX host of a signed domain is not signed",
    about: ExchangerTrust.self,
    severity: .medium,
    why: """
      DANE needs a signed zone for the MX host: without one, senders cannot tell its server from an \
      attacker's, however well the domain is signed.
      """,
    fix: """
      Sign the zone of the host. If it is the mail provider's, ask for a host name in a signed zone and \
      name that in the MX records.
      """,
    references: [.rfc(7672, "2.2")],
    examples: [
      .flags(
        "of a provider", at: ["mx.vendor.example."],
        validations: .unsigned([("mx.vendor.example.", .a)], below: "vendor.example."),
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes("both are signed", "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
      .passes(
        "the domain is not signed either", signed: ["other.example."],
        "@ MX 10 mx.vendor.example.\nmx.vendor.example. A 192.0.2.1"),
    ]
  ) { exchanger, _ in
    guard case .insecure(let insecurity) = exchanger.trust else { return [] }
    return [
      Fault(
        in: exchanger.answer,
        "\(exchanger.host) takes the mail of a signed domain, but \(insecurity.message).")
    ]
  }
}
