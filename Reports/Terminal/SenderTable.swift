import DNSData
import SPF
import Verdict

/// The expected senders, a line for each name that they show and each address: the result of SPF, and the term that
/// decided it. Fits 80 columns.
struct SenderTable {
  private let senders: [SenderVerdict]

  init(_ senders: [SenderVerdict]) { self.senders = senders }

  private enum Column {
    static let result = 11
    static let address = 27
  }

  /// Lines; empty if there is nothing to show.
  var lines: [String] {
    var lines: [String] = []
    var identity: Name?
    for sender in senders {
      if identity != sender.identity {
        lines.append(Layout.paragraph("as \(sender.identity.display)", indent: 2))
      }
      identity = sender.identity
      let head =
        "    " + (sender.result?.rawValue ?? "unknown").padded(to: Column.result)
        + sender.address.description.padded(to: Column.address)
      lines.append(
        Layout.paragraph(sender.term ?? "no term", label: head, indent: 4 + Column.result + Column.address))
    }
    return lines
  }
}

extension SenderVerdict {
  /// nil where none decided.
  var term: String? {
    guard let match else { return nil }
    let term = Printable.text(match.term.text)
    return match.domain == identity ? term : "\(term) of \(match.domain.display)"
  }
}
