import ArgumentParser

/// How more than a few domains are audited in one run.
struct ManyOptions: ParsableArguments {
  @Option(
    help: .init(
      "Audit the domains of this file too, or of standard input (-): one a line, # begins a comment.",
      valueName: "file|-"))
  var input: String?

  @Option(help: .init("Audit so many domains at once, 1 to \(Self.most).", valueName: "number"))
  var jobs = AuditRun.usualAtOnce

  private static let most = 64

  func validate() throws {
    guard (1...Self.most).contains(jobs) else {
      throw ValidationError("--jobs takes a number from 1 to \(Self.most), not \(jobs)")
    }
  }
}
