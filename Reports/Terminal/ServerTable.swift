import DNSData
import Evidence
import Verdict

/// Mail servers, a line for each address and port: what TLS is spoken and what the certificate is worth, or what did
/// not work. Fits 80 columns.
struct ServerTable {
  private let matrix: ServerMatrix

  init(_ matrix: ServerMatrix) { self.matrix = matrix }

  private enum Column {
    static let port = 6
    static let service = 8
    static let start = 10
    static let version = 9
    static let chain = 14
    static let name = 7
    static let end = 12
    /// Where the facts begin.
    static let facts = 2 + port + service + start
  }

  /// Lines; empty if there is nothing to show.
  var lines: [String] {
    let rows = matrix.rows.filter(\.isOfInterest)
    guard !rows.isEmpty else { return [] }
    var lines = [
      Self.margin(of: " port  service TLS by") + "version".padded(to: Column.version)
        + "chain".padded(to: Column.chain) + "name".padded(to: Column.name)
        + "valid to".padded(to: Column.end) + "TLSA"
    ]
    var place: ServerPlace?
    for row in rows {
      let here = ServerPlace(host: row.host, address: row.address)
      if place != here { lines.append(Layout.paragraph("\(row.host.display) at \(row.address)", indent: 2)) }
      place = here
      lines += self.lines(row)
    }
    return lines
  }

  private struct ServerPlace: Hashable {
    let host: Name
    let address: IPAddress
  }

  private static func margin(of text: String) -> String { ("  " + text).padded(to: Column.facts) }

  private func lines(_ row: ServerRow) -> [String] {
    let port = "\(row.service.port)"
    let padding = String(repeating: " ", count: max(0, Column.port - 1 - port.count))
    let head =
      "  " + padding + port + "  " + row.service.mailProtocol.word.padded(to: Column.service - 1)
      + row.service.security.word.padded(to: Column.start)
    guard let tls = row.tls else {
      return [Layout.paragraph(row.trouble?.sentence ?? "no TLS", label: head, indent: Column.facts)]
    }
    var lines = [head + cells(tls)]
    if let old = tls.legacyVersion {
      lines.append(Layout.paragraph("also accepts \(old)", indent: Column.facts))
    }
    if let revocation = tls.revocation, revocation.isRevoked == true {
      lines.append(Layout.paragraph("certificate \(revocation.sentence)", indent: Column.facts))
    }
    if let trouble = row.trouble {
      lines.append(Layout.paragraph(trouble.sentence, indent: Column.facts))
    }
    return lines
  }

  private func cells(_ tls: TLSFacts) -> String {
    tls.parameters.version.description.padded(to: Column.version)
      + (tls.trust?.word ?? "not judged").padded(to: Column.chain)
      + (tls.nameMatches.map { $0 ? "ok" : "other" } ?? "?").padded(to: Column.name)
      + (tls.dates?.word ?? tls.notAfter?.date ?? "?").padded(to: Column.end)
      + tls.tlsa.word
  }
}
