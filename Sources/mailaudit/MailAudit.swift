import ArgumentParser
import Glibc
import Reports
import Verdict

@main
struct MailAudit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailaudit",
    abstract:
      "Tells whether the world can deliver to a mail domain and trust mail from it, and what to publish.",
    discussion: """
      `mailaudit example.com` asks the DNS and judges what it says: MX, addresses, reverse names, SPF, DKIM, DMARC, \
      MTA-STS, TLS reporting, DANE, SRV, CAA, BIMI. Each finding says what is wrong, why it matters, what to do, who \
      said it, and the record to paste.

      Exit status: 0 nothing at or above the limit (--fail-on, high by default); 1 findings; 2 wrong usage, or a \
      file that cannot be used; 3 could not tell.
      """,
    version: version,
    subcommands: [
      AuditCommand.self, ZoneCommand.self, GateCommand.self, PlanCommand.self, SPFCommand.self,
      LintCommand.self,
      RulesCommand.self, DNSCommand.self, TLSCommand.self, DoctorCommand.self, ExpectCommand.self,
      ReplayCommand.self, WaitCommand.self,
    ],
    defaultSubcommand: AuditCommand.self)

  static let version = "0.1.0"
  /// As reports and captures name it.
  static let tool = "mailaudit \(version)"

  /// The argument parser's own status for wrong usage is 64; ours is 2, for every error that the user can mend.
  static func main() async {
    // Whoever reads standard output may go: what is written to files is written all the same.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as Problem {
      tellNagios(error.sentence)
      FileHandles.standardError("mailaudit: \(error.sentence)\n")
      Glibc.exit(error.status.rawValue)
    } catch {
      let code = exitCode(for: error).rawValue
      if code == ExitCode.validationFailure.rawValue {
        tellNagios(message(for: error))
        FileHandles.standardError(fullMessage(for: error) + "\n")
        Glibc.exit(ExitStatus.usage.rawValue)
      }
      exit(withError: error)
    }
  }

  /// Nagios reads standard output, and 2 as critical: what is wrong with the command is unknown to it.
  private static func tellNagios(_ sentence: String) {
    let arguments = CommandLine.arguments
    let isAsked =
      arguments.contains("--format=nagios")
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "nagios" }
    guard isAsked else { return }
    try? FileHandles.standardOutput(NagiosReport.unknown(sentence))
    Glibc.exit(NagiosReport.State.unknown.rawValue)
  }
}
