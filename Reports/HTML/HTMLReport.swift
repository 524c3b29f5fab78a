import Crypto
import DNSData
import Mustache

/// One page that stands for itself, for one domain or many: no script, nothing that is loaded from elsewhere, and a
/// policy (CSP) that forbids both.
package struct HTMLReport {
  private let audits: [AuditResult]
  private let tool: String

  package init(_ audits: [AuditResult], tool: String) {
    self.audits = audits
    self.tool = tool
  }

  package func text() throws -> String {
    let library = try Self.library()
    // What the policy allows is this text, to the octet.
    let style = library.render(NoData(), withTemplate: "style") ?? ""
    let hash = Encoding.base64(Digest.sha256(Array(style.utf8)))
    // default-src covers neither bases nor forms (CSP 3 §6.3, §6.4).
    let policy = "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
    let page = HTMLPage(audits, tool: tool, policy: policy)
    return (library.render(page, withTemplate: "page") ?? "") + "\n"
  }

  private struct NoData {}

  /// Templates do not end with a line's end, so that what stands in a sentence can be one.
  private static func library() throws -> MustacheLibrary {
    let files = [
      "page": PackageResources.page_mustache, "overview": PackageResources.overview_mustache,
      "audit": PackageResources.audit_mustache, "finding": PackageResources.finding_mustache,
      "fault": PackageResources.fault_mustache, "message": PackageResources.message_mustache,
      "untold": PackageResources.untold_mustache, "tables": PackageResources.tables_mustache,
      "record": PackageResources.record_mustache, "marks": PackageResources.marks_svg,
      "style": PackageResources.style_css,
    ]
    var library = MustacheLibrary()
    for (name, octets) in files {
      let text = String(decoding: octets.last == 0x0A ? octets.dropLast() : octets[...], as: UTF8.self)
      try library.register(text, named: name)
    }
    return library
  }
}
