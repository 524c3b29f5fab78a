import ArgumentParser
import DNSData
import Expectation

/// How the operator means the site to be.
struct SiteOptions: ParsableArguments {
  @Option(
    help: .init(
      "Compare with this expected configuration; without domains, all that it describes.", valueName: "file"))
  var expect: String?

  func site() throws(Problem) -> ExpectedSite? {
    guard let expect else { return nil }
    return try ExpectationFile.read(expect)
  }

  /// Those typed and those of the list, each once, else those of the file.
  func names(
    _ typed: [String], listedIn list: String? = nil, of site: ExpectedSite?
  ) throws(Problem) -> [Name] {
    guard !typed.isEmpty || list != nil else { return site?.domains.map(\.name) ?? [] }
    var names = DomainList()
    for text in typed { try names.add(text) { name throws(Problem) in try check(name, against: site) } }
    if let list {
      try names.read(list) { name throws(Problem) in try check(name, against: site) }
    }
    return names.names
  }

  private func check(_ name: Name, against site: ExpectedSite?) throws(Problem) {
    guard let site, let expect, site.domain(name) == nil else { return }
    throw .usage("\(Shown.text(expect)) says nothing of \(name.display)")
  }
}
