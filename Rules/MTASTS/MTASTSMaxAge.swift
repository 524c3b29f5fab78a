import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMaxAge = Rule(
    "mtasts.max-age",
    "The MTA-STS policy is not kept for long",
    about: ServedPolicy.self,
    severity: .high,
    why: """
      `max_age` says for how many seconds senders keep the policy: without a valid one they take none. Whoever \
      can keep a sender from fetching it again is only kept out for as long.
      """,
    fix: "Write `max_age: 1209600` or more, up to 31557600.",
    references: [.rfc(8461, "3.2"), .rfc(8461, "10.2")],
    examples: [
      .flags(
        "missing", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "with a unit", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 14d\r\n")
        ], ExampleDocument.policyZone),
      .flags(
        "more than a year", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 31557601\r\n")
        ], ExampleDocument.policyZone),
      .flags(
        "an hour", at: ["mta-sts.example.com."], severity: .low,
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 3600\r\n")
        ], ExampleDocument.policyZone),
      .flags(
        "a day", at: ["mta-sts.example.com."], severity: .info,
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 86400\r\n")
        ], ExampleDocument.policyZone),
      .passes("two weeks", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "an hour while testing",
        documents: [
          .policy("version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmax_age: 3600\r\n")
        ], ExampleDocument.policyZone),
    ]
  ) { served, _ in
    let faults = served.faults(of: .maxAge)
    guard faults.isEmpty, served.policy.mode == .enforce, let age = served.policy.maxAge, age < week else {
      return faults
    }
    return [
      served.document.fault(
        severity: age < day ? .low : .info, "Senders keep the policy for \(age) seconds.",
        expected: "\(week) seconds, a week, or more")
    ]
  }

  private static let day = 86_400  // seconds
  private static let week = 604_800  // seconds
}
