import ArgumentParser
import Capture
import Evidence
import Reports
import Verdict

/// Whether what was looked at is kept.
struct CaptureOptions: ParsableArguments {
  @Option(
    name: .customLong("capture"),
    help: .init("Also keep all that was looked at, for `mailaudit replay`.", valueName: "file"))
  var file: String?

  @Flag(help: "Put other addresses and local parts into the capture, so that it can be shown to strangers.")
  var redact = false

  func validate() throws {
    if redact, file == nil { throw ValidationError("--redact is about what --capture keeps: name its file") }
  }

  /// `earlier` is of the capture that the Snapshots come from, if they come from no network.
  func write(_ snapshots: [Snapshot], judgedBy basis: Basis, replaying earlier: CaptureHead?) throws {
    guard let file else { return }
    let name = redact ? Redactor.fileName : { $0 }
    let head = CaptureHead(
      tool: MailAudit.tool, profile: name(basis.profile), expected: basis.expected.map(name),
      isRedacted: redact || earlier?.isRedacted == true, domains: snapshots.count)
    let kept =
      redact
      ? Redactor.redacting(snapshots.map(\.keepingValidations), SystemRandomNumberGenerator()) : snapshots
    try FileHandles.replace(file, with: try Capture(head, kept).text())
  }
}
