import DNSData
import Evidence
import Verdict

/// A fetched document in two lines: the status and where it is, then what it is good for. Fits 80 columns.
enum DocumentLines {
  private static let indent = 7

  static func lines(_ row: DocumentRow) -> [String] {
    let status = row.status.map(String.init) ?? "-"
    return [
      Layout.paragraph(row.url, label: "  " + status, indent: indent),
      Layout.paragraph("\(row.purpose.words): \(row.sentence)", indent: indent),
    ]
  }
}
