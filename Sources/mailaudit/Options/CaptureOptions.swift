import ArgumentParser
import Capture
import Evidence

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

  /// `profile` and `expected` as the user named them; `earlier` is where the Snapshots come from, if from no network.
  func write(
    _ snapshots: [Snapshot], of earlier: Capture? = nil, profile: String, expected: String?
  ) throws {
    guard let file else { return }
    let head = CaptureHead(
      tool: MailAudit.tool, profile: profile, expected: expected,
      isRedacted: redact || earlier?.head.isRedacted == true,
      domains: snapshots.count)
    let kept = redact ? Redactor.redacting(snapshots, SystemRandomNumberGenerator()) : snapshots
    try FileHandles.replace(file, with: try Capture(head, kept).text())
  }
}
