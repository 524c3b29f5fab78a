import Expectation

/// The file that says how a site is meant to be.
enum ExpectationFile {
  static func read(_ path: String) throws(Problem) -> ExpectedSite {
    throw .usage("\(Shown.text(path)): files of expectations are not read yet")
  }
}
