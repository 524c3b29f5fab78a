import Evidence
import Reports
import Synchronization

/// Shows on standard error, if that is a terminal, how much each server serves.
final class WaitProgress: Sendable {
  private static let maximumLines = 20

  /// On the terminal now.
  private let lines = Mutex(0)
  private let isShown = FileHandles.standardErrorIsTerminal

  func show(_ state: PublicationState) {
    // A line that wraps could not be taken back.
    let width = FileHandles.standardErrorWidth - 1
    replace(by: WaitReport.lines(state).prefix(Self.maximumLines).map { "\($0.prefix(width))\n" })
  }

  func clear() { replace(by: []) }

  private func replace(by text: [String]) {
    guard isShown else { return }
    lines.withLock { lines in
      let back = lines > 0 ? "\u{1B}[\(lines)A\u{1B}[J" : ""
      FileHandles.standardError(back + text.joined())
      lines = text.count
    }
  }
}
