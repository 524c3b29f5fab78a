import ArgumentParser
import Collector
import DNSData
import DNSSEC
import Evidence
import Reports
import Verdict

struct DNSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dns",
    abstract: "Look one name up, with the DNSSEC verdict.",
    discussion: """
      Prints one word first: secure, insecure, bogus or indeterminate; why, where it is not secure; then the \
      answer. Signatures are validated here, from the trust anchor down; what the resolver claims does not count.

      Exit status: 0 secure or insecure; 1 bogus; 3 indeterminate, or no answer.

      Example: mailaudit dns _25._tcp.mail.example.com TLSA --explain
      """)

  @Argument(help: "The name, in A-labels or U-labels.")
  var name: String

  @Argument(help: "The record type: MX, TXT, TLSA, TYPE65280, …")
  var type: String = "A"

  @Flag(help: "Show what the verdict rests on: every link from the trust anchor to the answer.")
  var explain = false

  @OptionGroup(title: "Where to ask") var network: NetworkOptions

  @OptionGroup(title: "When") var time: TimeOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  func run() async throws {
    guard let recordType = RecordType(type) else {
      throw Problem.usage(
        "\(Shown.text(type)) is no record type: give a mnemonic such as MX, or TYPE and a number")
    }
    let question = Question(try .typed(name), recordType)
    let session = try Session(network)
    let lookUp = await session.source.validate(
      question, from: TrustAnchors(session.environment.trustAnchors), at: time.clock())
    await session.shutDown()
    let report = LookUpReport(lookUp.answer, lookUp.validation)
    switch format {
    case .text: try FileHandles.standardOutput(report.text(explain ? .chain : .answer))
    case .json: try FileHandles.standardOutput(report.json())
    }
    throw ExitCode(Self.status(lookUp).rawValue)
  }

  private static func status(_ lookUp: ValidatedLookUp) -> ExitStatus {
    guard lookUp.answer.failure == nil else { return .unknown }
    return switch lookUp.validation.security {
    case .secure, .insecure: .fine
    case .bogus: .findings
    case .indeterminate: .unknown
    }
  }
}
