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
    abstract: "Judge the text of a record or policy before it is published.",
    discussion: """
      Prints one word first: ok; ignored (not this kind of record, receivers act as if it were not there); error \
      (meant as one and discarded); revoked, unsupported, unusable (DKIM). Then every fault with its place.

      The text is that of the TXT record with its strings joined, for mta-sts-policy that of the file mta-sts.txt; - \
      reads it from standard input, octet for octet.

      Exit status: 0 ok, 1 another word.

      Example: mailaudit lint spf 'v=spf1 mx -all'
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case spf, dkim, dmarc
    case mtaSTS = "mta-sts"
    /// The file that a web server has, not a record.
    case mtaSTSPolicy = "mta-sts-policy"
    case tlsRPT = "tls-rpt"
  }

  /// A DNS message cannot carry more than a sixteenth of it, and no sender reads a longer policy.
  private static let maximumSize = 1 << 20

  @Argument(help: "The kind of text.")
  var kind: Kind

  @Argument(parsing: .remaining, help: "The text, or - for standard input.")
  var text: [String] = []

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

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
      case .mtaSTS: LintReport(mtaSTS: octets)
      case .mtaSTSPolicy: LintReport(mtaSTSPolicy: octets)
      case .tlsRPT: LintReport(tlsRPT: octets)
      }
    if kind != .mtaSTSPolicy, octets.last == UInt8(ascii: "\n") {
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
