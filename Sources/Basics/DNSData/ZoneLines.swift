/// Where in a zone file something stands.
package struct ZoneLines: Sendable {
  /// The line of the first record of each type.
  private var lines: [Name: [RecordType: Int]] = [:]

  package init(_ file: ZoneFile) {
    for entry in file.entries {
      let known = lines[entry.record.name]?[entry.record.type]
      if known == nil { lines[entry.record.name, default: [:]][entry.record.type] = entry.line }
    }
  }

  /// The line of the first record of the name and type. What is not there belongs beside the name's other records, else
  /// below those that stand nearest above it.
  package func line(of name: Name, _ type: RecordType?) -> Int? {
    if let type, let line = lines[name]?[type] { return line }
    return name.selfAndAncestors.lazy.compactMap { lines[$0]?.values.min() }.first
  }
}
