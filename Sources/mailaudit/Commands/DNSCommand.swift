import ArgumentParser
import DNSData
import Reports
import Verdict

struct DNSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dns",
    abstract: "Look one name up, with the DNSSEC verdict.",
    discussion: """
      Prints one word first: secure, insecure, bogus or indeterminate; then the answer. Signatures are not \
      validated yet, so the word is indeterminate and the exit status 3.
      """)

  @Argument(help: "The name, in A-labels or U-labels.")
  var name: String

  @Argument(help: "The record type: MX, TXT, TLSA, TYPE65280, …")
  var type: String = "A"

  @OptionGroup(title: "Where to ask") var network: NetworkOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  func run() async throws {
    guard let recordType = RecordType(type) else {
      throw Problem.usage(
        "\(Shown.text(type)) is no record type: give a mnemonic such as MX, or TYPE and a number")
    }
    let question = Question(try .typed(name), recordType)
    let session = try Session(network)
    let answer = await session.source.answer(question)
    await session.shutDown()
    let report = LookUpReport(answer)
    switch format {
    case .text: try FileHandles.standardOutput(report.text)
    case .json: try FileHandles.standardOutput(report.json())
    }
    throw ExitCode(ExitStatus.unknown.rawValue)
  }
}
