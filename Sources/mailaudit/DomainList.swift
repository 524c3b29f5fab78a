import DNSData

/// Domains to audit, each once, in the order in which they were named first. A list in a file has one domain a line;
/// `#` begins a comment.
struct DomainList {
  static let maximumCount = 10_000
  static let maximumFileSize = 4 << 20  // octets

  private(set) var names: [Name] = []
  private var seen: Set<Name> = []

  /// `check` refuses a name that cannot be used here.
  mutating func add(_ text: String, _ check: (Name) throws(Problem) -> Void) throws(Problem) {
    let name = try Name.mailDomain(text)
    try check(name)
    guard seen.insert(name).inserted else { return }
    guard names.count < Self.maximumCount else {
      throw .usage("more than \(Self.maximumCount) domains are too many for one run")
    }
    names.append(name)
  }

  /// `path` is a file, or `-` for standard input.
  mutating func read(_ path: String, _ check: (Name) throws(Problem) -> Void) throws(Problem) {
    let octets = try FileHandles.read(path, limit: Self.maximumFileSize)
    let shown = path == "-" ? "standard input" : Shown.path(path)
    let before = names.count
    // An editor's byte order mark is no part of the first domain.
    let text = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? octets.dropFirst(3) : octets[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let content = line.prefix { $0 != UInt8(ascii: "#") }
      let domain = String(decoding: content, as: UTF8.self).trimmed
      guard !domain.isEmpty else { continue }
      do {
        try add(domain, check)
      } catch {
        throw Problem(sentence: "\(shown):\(index + 1): \(error.sentence)", status: error.status)
      }
    }
    if names.isEmpty, before == 0 { throw .usage("\(shown) names no domain: write one a line") }
  }
}

extension String {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
