import DNSData
import Evidence
import Expectation

/// The answer of a webmail host over HTTPS, where the operator names one.
package struct WebmailPage: Subject {
  package let document: Document

  package static func observe(_ facts: Facts) -> Observation<WebmailPage> {
    var pages: [WebmailPage] = []
    var gaps: [Gap] = []
    for host in Set(facts.expectedHosts.compactMap(\.webmail)).sorted() {
      guard facts.snapshot.request.probing.fetches else {
        gaps.append(Gap(Place(host), .notTested(.notProbed)))
        continue
      }
      // Without an address there is nothing to ask, which is the fault of another rule.
      guard let fetch = facts.fetch(at: host, "/") else {
        gaps += HostAddresses(host, in: facts).gaps
        continue
      }
      let (document, withheld) = Document.observe(fetch)
      pages += [document].compactMap(\.self).map(WebmailPage.init)
      gaps += withheld
    }
    return Observation(pages, gaps: gaps)
  }
}
