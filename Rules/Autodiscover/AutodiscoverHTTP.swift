import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let autodiscoverHTTP = Rule(
    "autodiscover.http",
    "Autodiscover answers without TLS",
    about: AutodiscoverDocument.self,
    severity: .high,
    why: """
      Outlook and mail programs of phones send the user's name and password to this address. Without TLS everybody on \
      the path can read them, or answer with servers of their own.
      """,
    fix: "Serve Autodiscover over HTTPS alone, and let port 80 lead there or be closed.",
    references: [
      .practice("Microsoft Exchange, Autodiscover for Exchange"), .practice("[MS-OXDISCO] 3.1.5"),
    ],
    examples: [
      .flags(
        "settings in the clear", at: ["autodiscover.example.com."],
        documents: [.autodiscover("<Autodiscover/>", over: .http)], ExampleDocument.autodiscoverZone),
      .flags(
        "a password is asked for in the clear", at: ["autodiscover.example.com."],
        documents: [.autodiscover(status: 401, over: .http)], ExampleDocument.autodiscoverZone),
      .flags(
        "from TLS to another host without", at: ["autodiscover.example.com."],
        documents: [
          .autodiscover(
            status: 302, location: "http://mail.vendor.example/autodiscover/autodiscover.xml", over: .https)
        ], ExampleDocument.autodiscoverZone),
      .flags(
        "to another host without TLS", at: ["autodiscover.example.com."],
        documents: [
          .autodiscover(
            status: 302, location: "http://mail.vendor.example/autodiscover/autodiscover.xml", over: .http)
        ], ExampleDocument.autodiscoverZone),
      .passes(
        "HTTPS, to which port 80 leads",
        documents: [
          .autodiscover("<Autodiscover/>", over: .https),
          .autodiscover(
            status: 301, location: "https://autodiscover.example.com/autodiscover/autodiscover.xml",
            over: .http),
        ], ExampleDocument.autodiscoverZone),
      .passes(
        "to a provider's host over TLS",
        documents: [
          .autodiscover(
            status: 302, location: "https://autodiscover-s.vendor.example/autodiscover/autodiscover.xml",
            over: .http)
        ], ExampleDocument.autodiscoverZone),
      .passes(
        "a web page", documents: [.autodiscover("<html></html>", over: .http)],
        ExampleDocument.autodiscoverZone),
      .passes(
        "a locked web site that answers at every name", documents: [.autodiscover(status: 401, over: .http)],
        "@ MX 10 mail\nmail A 192.0.2.1\n* A 192.0.2.82\n* TXT \"x\""),
    ]
  ) { autodiscover, _ in
    guard let problem = autodiscover.problem else { return [] }
    let host = autodiscover.document.fetch.request.host
    switch problem {
    case .servesInTheClear:
      return [
        autodiscover.document.fault("\(host) serves the settings without TLS.", expected: "HTTPS alone")
      ]
    case .asksInTheClear:
      return [
        autodiscover.document.fault(
          "\(host) asks for a password without TLS.", observed: "status 401", expected: "HTTPS alone")
      ]
    case .leadsIntoTheClear(let location):
      return [
        autodiscover.document.fault(
          "\(host) sends mail programs to another host without TLS.", observed: "\(foreign: location)",
          expected: "an address that begins with https")
      ]
    }
  }
}
