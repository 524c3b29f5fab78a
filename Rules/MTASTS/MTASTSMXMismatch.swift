import MTASTS
package import Verdict

extension Rule {
  package static let mtastsMXMismatch = Rule(
    "mtasts.mx-mismatch",
    "The MTA-STS policy does not name every MX host",
    about: PolicyInForce.self,
    severity: .critical,
    why: """
      In mode enforce senders do not deliver to an MX host that no pattern of the policy matches, backup hosts \
      included. In mode testing they deliver and report it.
      """,
    fix: """
      Add an `mx` line for the host to the policy, wait a moment, and give the record a new id. Or remove the MX \
      record, if the host is not meant any more.
      """,
    references: [.rfc(8461, "4.1")],
    examples: [
      .flags(
        "another host", at: ["mta-sts.example.com."],
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mx.elsewhere.example\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .flags(
        "the backup is forgotten", at: ["mta-sts.example.com."], documents: [.policy()],
        "\(ExampleDocument.policyZone)\n@ MX 20 backup\nbackup A 192.0.2.2"),
      .flags(
        "a wildcard covers one label", at: ["mta-sts.example.com."],
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmx: *.com\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .flags(
        "testing", at: ["mta-sts.example.com."], severity: .medium,
        documents: [
          .policy("version: STSv1\r\nmode: testing\r\nmx: mx.elsewhere.example\r\nmax_age: 604800\r\n")
        ], ExampleDocument.policyZone),
      .passes("the host", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "a wildcard, in capitals",
        documents: [.policy("version: STSv1\r\nmode: enforce\r\nmx: *.EXAMPLE.com\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
      .passes(
        "an A-label",
        documents: [
          .policy("version: STSv1\r\nmode: enforce\r\nmx: mx.xn--bcher-kva.example\r\nmax_age: 604800\r\n")
        ],
        """
        @ MX 10 mx.xn--bcher-kva.example.
        mx.xn--bcher-kva.example. A 203.0.113.25
        _mta-sts TXT "v=STSv1; id=1;"
        mta-sts A 192.0.2.80
        """),
      .passes(
        "none", documents: [.policy("version: STSv1\r\nmode: none\r\nmx: x.example\r\nmax_age: 604800\r\n")],
        ExampleDocument.policyZone),
    ]
  ) { inForce, _ in
    inForce.hosts.filter { !inForce.policy.covers($0) }.map { host in
      inForce.document.fault(
        severity: inForce.severity,
        "No pattern of the policy, \(inForce.modeWords), matches the MX host \(host).",
        observed: inForce.policy.patterns.map { "\(foreign: $0.description)" as Message }.enumeration,
        expected: "`mx: \(host)`")
    }
  }
}
