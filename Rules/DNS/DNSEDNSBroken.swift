import Evidence
package import Verdict

extension Rule {
  package static let dnsEDNSBroken = Rule(
    "dns.edns-broken",
    "A name server cannot cope with EDNS",
    about: EDNSConduct.self,
    severity: .medium,
    why: """
      Every resolver uses EDNS. Where the server or a firewall before it drops what it does not know, they wait \
      in vain, and newer ones do not try again without.
      """,
    fix: "Update the name server, and have firewalls pass EDNS options, flags and versions.",
    references: [.rfc(6891, "6"), .rfc(8906, "3.2")],
    examples: [
      .flags(
        "options are dropped", at: ["ns2.example.com."], nameServers: .sick(.drops(.unknownOption)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "flags are errors", at: ["ns2.example.com."], nameServers: .sick(.rejects(.unknownFlag, 1)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "all of it is dropped", at: ["ns2.example.com."],
        nameServers: .sick(.drops(.usual), .drops(.unknownOption), .drops(.unknownFlag)),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "it is not known", at: ["ns2.example.com."], nameServers: .sick(.knowsNoEDNS),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .flags(
        "version 1 is answered as if it were known", at: ["ns2.example.com."], severity: .low,
        nameServers: .sick(.rejects(.unknownVersion, 0)), "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("all is well", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { conduct, _ in
    guard !conduct.troubles.isEmpty else { return [] }
    let view = conduct.view
    let isHarmless = conduct.troubles.allSatisfy {
      if case .responds(.unknownVersion, _) = $0 { true } else { false }
    }
    return [
      Fault(
        at: view.place, saidBy: view.responder, severity: isHarmless ? .low : nil,
        "\(view.title) \(conduct.troubles.map(\.predicate).enumeration).",
        expected: "an answer to each; BADVERS for version 1")
    ]
  }
}

extension EDNSConduct.Trouble {
  fileprivate var predicate: Message {
    switch self {
    case .silent(let manner): "does not answer what comes \(own: manner.title)"
    case .responds(let manner, let code):
      "answers \(ResponseCode(code).title) to what comes \(own: manner.title)"
    case .unknown: "does not know EDNS"
    }
  }
}

extension ServerQuestion.Manner {
  fileprivate var title: String {
    switch self {
    case .withoutEDNS: "without EDNS"
    case .unknownOption: "with an unknown EDNS option"
    case .unknownFlag: "with an unknown EDNS flag"
    case .unknownVersion: "with EDNS version 1"
    case .usual, .stream, .largePayload, .recursive, .recursiveStream: "with EDNS"
    }
  }
}
