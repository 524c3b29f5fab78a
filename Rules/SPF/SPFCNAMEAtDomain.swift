import DNSData
package import Verdict

extension Rule {
  package static let spfCNAMEAtDomain = Rule(
    "spf.cname-at-domain",
    "The SPF record is somebody else's, by an alias",
    about: PublishedSPF.self,
    severity: .info,
    why: "It works, and the owner of the alias's target decides who may send.",
    fix: "Nothing, as long as the service is in use. Remove the alias when it no longer is.",
    references: [.rfc(7208, "4.4"), .practice("email service providers: return-path by CNAME")],
    examples: [
      .flags(
        "a return path at a service", domain: "bounce.example.com", at: ["bounce.example.com."],
        "bounce CNAME u1.vendor.example.\nu1.vendor.example. TXT \"v=spf1 ip4:192.0.2.1 -all\""),
      .passes("an own record", "@ TXT \"v=spf1 mx -all\""),
      .passes(
        "an alias inside the organisation", domain: "bounce.example.com",
        "bounce CNAME mail\nmail TXT \"v=spf1 ip4:192.0.2.1 -all\""),
    ]
  ) { published, facts in
    guard case .cname(let target) = published.answer.aliases.last?.data,
      facts.ownership(of: target) == .thirdParty
    else { return [] }
    return [
      Fault(
        in: published.answer,
        "\(published.answer.question.name) is an alias for \(target), whose owner decides who may send.")
    ]
  }
}
