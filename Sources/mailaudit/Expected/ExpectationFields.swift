import DNSData
import IDN
import Yams

/// Values as the expected configuration writes them: each is read, or there is one sentence about it.
struct ExpectationFields {
  static let maximumTTL = 2_147_483_647  // seconds; RFC 2181 §8

  let yaml: YAMLText

  init(_ yaml: YAMLText) { self.yaml = yaml }

  /// A scalar that is neither empty nor null.
  func text(_ node: Node, _ what: String) throws(Problem) -> String {
    guard let text = node.scalar?.string, !text.isEmpty, !isNull(node) else {
      throw yaml.fault(node, "\(what) is expected here")
    }
    return text
  }

  private func isNull(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// The elements of a list; a value alone is a list of one.
  func list(_ node: Node) throws(Problem) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    guard node.scalar != nil, !isNull(node) else {
      throw yaml.fault(node, "a value or a list of values is expected here")
    }
    return [node]
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(Problem) -> Word where Word.RawValue == String {
    let text = try text(node, "a value of the key \(key)")
    guard let word = Word(rawValue: text) else {
      throw notAmong(Word.allCases.map(\.rawValue), text, node, key)
    }
    return word
  }

  func notAmong(_ words: [String], _ text: String, _ node: Node, _ key: String) -> Problem {
    yaml.fault(node, "the key \(key) is one of \(words.joined(separator: ", ")); not \(Shown.text(text))")
  }

  func number(_ node: Node, _ key: String, in range: ClosedRange<Int>) throws(Problem) -> Int {
    let text = try text(node, "a number")
    guard node.scalar?.style == .plain, text.utf8.allSatisfy(\.isASCIIDigit), let number = Int(text),
      range.contains(number)
    else {
      throw yaml.fault(
        node,
        "the key \(key) takes a number from \(range.lowerBound) to \(range.upperBound); not \(Shown.text(text))"
      )
    }
    return number
  }

  func ttl(_ node: Node?) throws(Problem) -> UInt32? {
    try node.map { node throws(Problem) in UInt32(try number(node, "ttl", in: 0...Self.maximumTTL)) }
  }

  /// A date, or a date and a time in UTC; `isDate` tells which.
  func time(_ node: Node, _ key: String) throws(Problem) -> (time: Timestamp, isDate: Bool) {
    let text = try text(node, "a date")
    guard let time = Timestamp(text) else {
      throw yaml.fault(
        node,
        "the key \(key) takes a date such as 2027-01-31, or 2027-01-31T12:00:00Z; not \(Shown.text(text))")
    }
    return (time, text.utf8.count == 10)
  }
}

// MARK: - Names and addresses

extension ExpectationFields {
  func name(_ node: Node) throws(Problem) -> Name { try name(try text(node, "a domain name"), at: node) }

  func name(_ text: String, at node: Node) throws(Problem) -> Name {
    do {
      let name = try Name(userInput: text)
      guard !name.isRoot else { throw NameError.emptyLabel }
      return name
    } catch {
      throw yaml.fault(node, "\(Shown.text(text)) is no domain name: \(error)")
    }
  }

  func domainName(_ node: Node) throws(Problem) -> Name {
    let name = try name(node)
    guard name.isMailDomain else {
      throw yaml.fault(
        node,
        "\(Shown.text(name.display)) is no mail domain: it has a dot, and labels of letters, digits and hyphens"
      )
    }
    return name
  }

  func hostName(_ node: Node) throws(Problem) -> Name {
    let text = try text(node, "the name of a host")
    guard IPAddress(text) == nil else {
      throw yaml.fault(node, "\(Shown.text(text)) is an address; the name of a host is expected here")
    }
    let name = try name(node)
    guard name.isMailDomain else {
      throw yaml.fault(
        node,
        "\(Shown.text(name.display)) is no host name: it has a dot, and labels of letters, digits and hyphens"
      )
    }
    return name
  }

  func addresses(_ node: Node) throws(Problem) -> [IPAddress] {
    var addresses: [IPAddress] = []
    for element in try list(node) {
      let text = try text(element, "an address")
      guard let address = IPAddress(text) else {
        throw yaml.fault(element, "\(Shown.text(text)) is no IPv4 or IPv6 address")
      }
      guard !addresses.contains(address) else { throw yaml.fault(element, "\(address) stands here twice") }
      addresses.append(address)
    }
    return addresses
  }
}
