import ArgumentParser
import Capture
import DNSData
import Evidence
import Expectation
import PublicSuffix

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Judge again what an audit has kept (--capture), without a network.",
    discussion: """
      With the same program, profile and expected configuration the result is the same, to the octet in JSON; with \
      others it says what they make of the same evidence. What was not looked at then is not tested now.

      Example: mailaudit replay example.capture --profile strict
      """)

  @Argument(help: .init("What --capture wrote; - for standard input.", valueName: "capture"))
  var file: String

  @OptionGroup(title: "What is expected") var site: SiteOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions
  @OptionGroup(title: "What to show") var output: OutputOptions
  @OptionGroup(title: "What to keep") var kept: CaptureOptions

  func run() throws {
    let capture = try CaptureFile.read(file)
    let judge = try Judge(profile: limits.profile, expected: try site.site(), in: site.expect)
    tellDifferences(from: capture)
    var output = try AuditOutput(
      output, limits.limits, capture: kept, of: judge.basis, replaying: capture.head,
      count: capture.snapshots.count)
    for (place, snapshot) in capture.snapshots.enumerated() {
      let seen = judge.expected.map {
        snapshot.judged(for: snapshot.request.expecting($0, at: snapshot.started))
      }
      try output.add(judge.result(of: seen ?? snapshot), at: place)
    }
    throw ExitCode(try output.finish())
  }

  /// Why the result may be another one than then.
  private func tellDifferences(from capture: Capture) {
    let head = capture.head
    let expectation = { (file: String?) in file.map(Shown.text) ?? "no expected configuration" }
    let differences = [
      head.tool == MailAudit.tool ? nil : "by \(Shown.path(head.tool)), judged by \(MailAudit.tool)",
      head.profile == limits.profile
        ? nil : "with profile \(Shown.text(head.profile)), judged with \(Shown.text(limits.profile))",
      head.expected == site.expect
        ? nil : "with \(expectation(head.expected)), judged with \(expectation(site.expect))",
      capture.snapshots.allSatisfy { $0.environment.suffixList == SuffixList.identity }
        ? nil : "with another public suffix list than this machine has",
    ]
    for difference in differences.compactMap(\.self) {
      FileHandles.standardError("mailaudit: captured \(difference)\n")
    }
  }
}
