import ArgumentParser
import DKIM
import DMARC
import DNSData
import Reports
import SPF
import Verdict

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Judge the text of a record before it is published.",
    discussion: """
      Prints one word first: ok; ignored (not this kind of record, receivers act as if it were not there); error \
      (meant as one and discarded); revoked, unsupported, unusable (DKIM). Then every fault with its place.

      The text is that of the TXT record with its strings joined; - reads it from standard input, octet for octet.

      Exit status: 0 ok, 1 another word.

      Example: mailaudit lint spf 'v=spf1 mx -all'
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument { case spf, dkim, dmarc }

  /// A DNS message cannot carry more.
  private static let maximumSize = 64 << 10

  @Argument(help: "The kind of record.")
  var kind: Kind

  @Argument(parsing: .remaining, help: "The text, or - for standard input.")
  var text: [String] = []

  @Option(help: "How the result is written.")
  var format: ReportFormat = .text

  func validate() throws {
    if text.count > 1 { throw ValidationError("the text is one argument: put quotes around it") }
  }

  func run() throws {
    let octets = try octets()
    let report =
      switch kind {
      case .spf: LintReport(spf: octets)
      case .dkim: LintReport(dkim: octets)
      case .dmarc: LintReport(dmarc: octets)
      }
    if octets.last == UInt8(ascii: "\n") {
      FileHandles.standardError(
        "mailaudit: the text ends with a line break, which is judged too (printf writes none)\n")
    }
    try FileHandles.standardOutput(format == .json ? report.json() : report.text)
    throw ExitCode((report.word == "ok" ? ExitStatus.fine : .findings).rawValue)
  }

  private func octets() throws(Problem) -> [UInt8] {
    guard let text = text.first, text != "-" else {
      return try FileHandles.read("-", limit: Self.maximumSize)
    }
    return Array(text.utf8)
  }
}
