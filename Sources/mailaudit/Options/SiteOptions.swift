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

  /// Those typed, else those of the file.
  func names(_ typed: [String], of site: ExpectedSite?) throws(Problem) -> [String] {
    guard typed.isEmpty else {
      if let site, let expect { try check(typed, against: site, in: expect) }
      return typed
    }
    return site?.domains.map(\.name.display) ?? []
  }

  private func check(_ typed: [String], against site: ExpectedSite, in file: String) throws(Problem) {
    for text in typed where site.domain(try .typed(text)) == nil {
      throw .usage("\(Shown.text(file)) says nothing of \(Shown.text(text))")
    }
  }
}
