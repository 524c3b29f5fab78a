import DNSData

/// Records to wait for, as the user writes them.
enum AwaitedText {
  /// Names are absolute, with a final dot or without; quotes around a text may be left out, and then it is one text
  /// with its blanks.
  static func record(_ text: String) throws(Problem) -> Record {
    let fields = text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard fields.count == 3 else {
      throw .usage(
        "--want takes a name, a type and a value, such as 'example.com MX 10 mail.example.com', not "
          + Shown.text(text))
    }
    let name = try Name.typed(String(fields[0]))
    guard let type = RecordType(String(fields[1])) else {
      throw .usage("\(Shown.text(String(fields[1]))) is no record type: give a mnemonic such as MX")
    }
    let value = fields[2]
    if type == .txt, !value.hasPrefix("\"") { return Record(name, ttl: 0, .txt(TXT(String(value)))) }
    let file: ZoneFile
    do {
      file = try ZoneFile(name: "--want", octets: Array("\(name) 0 IN \(type) \(value)".utf8), origin: .root)
    } catch {
      throw .usage("\(Shown.text(text)) is no record: \(error.reason)")
    }
    guard let record = file.records.first, file.records.count == 1 else {
      throw .usage("--want takes one record, not \(Shown.text(text))")
    }
    return record
  }

  /// The records of zone files at or below `domain`, but for those that servers, signers and parents have a hand in.
  static func records(
    inZones paths: [String], origin: String?, below domain: Name
  ) throws(Problem) -> [Record] {
    var records: [Record] = []
    for file in try Session.zoneFiles(paths, origin: origin ?? domain.display) {
      let own = file.records.filter {
        $0.name.isAtOrBelow(domain) && !leftToServers.contains($0.type)
      }
      guard !own.isEmpty else {
        throw .usage("\(Shown.text(file.name)) holds nothing to wait for at or below \(domain.display)")
      }
      records += own
    }
    return records
  }

  private static let leftToServers: Set<RecordType> = [.soa, .ns, .rrsig, .nsec, .nsec3]
}
