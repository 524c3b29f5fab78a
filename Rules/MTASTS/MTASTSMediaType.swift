import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let mtastsMediaType = Rule(
    "mtasts.media-type",
    "The MTA-STS policy is not served as plain text",
    about: PolicyFetch.self,
    severity: .low,
    why: "Strict senders refuse a policy that is not `text/plain`; others read it all the same.",
    fix: "Let the web server send `Content-Type: text/plain` with the policy.",
    references: [.rfc(8461, "3.2")],
    examples: [
      .flags(
        "HTML", at: ["mta-sts.example.com."], documents: [.policy(type: "text/html")],
        ExampleDocument.policyZone),
      .flags(
        "none", at: ["mta-sts.example.com."], documents: [.policy(type: nil)], ExampleDocument.policyZone),
      .passes("in order", documents: [.policy()], ExampleDocument.policyZone),
      .passes(
        "with a character set", documents: [.policy(type: "Text/Plain;charset=utf-8")],
        ExampleDocument.policyZone),
      .passes(
        "a page that says that there is none", documents: [.policy("", status: 404, type: "text/html")],
        ExampleDocument.policyZone),
    ]
  ) { fetch, _ in
    guard let response = fetch.document.response, response.status == 200, !response.isPlainText else {
      return []
    }
    return [
      fetch.document.fault(
        response.contentType == nil
          ? "The policy comes without a Content-Type." : "The policy comes with another Content-Type.",
        observed: response.contentType.map { "\(foreign: $0.octets)" }, expected: "`text/plain`")
    ]
  }
}

extension HTTPResponse {
  /// Whatever its parameters (RFC 9110 §8.3.1).
  fileprivate var isPlainText: Bool {
    let type = (contentType?.octets ?? []).prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
    return type.map(\.lowercasedASCII) == Array("text/plain".utf8)
  }
}
