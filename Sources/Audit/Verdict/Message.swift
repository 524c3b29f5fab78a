package import DNSData

/// A sentence, or part of one, that keeps apart what is ours and what a stranger wrote. Reports join and escape it,
/// each for its own sink.
package struct Message: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Fragment: Hashable, Sendable {
    case own(String)
    /// From outside: shown between quotes, escaped and cut to length by the report.
    case foreign([UInt8])
  }

  package private(set) var fragments: [Fragment]

  package init(stringLiteral value: String) { fragments = [.own(value)] }
  package init(stringInterpolation: StringInterpolation) { fragments = stringInterpolation.fragments }

  package static func + (left: Message, right: Message) -> Message {
    var sum = left
    sum.fragments += right.fragments
    return sum
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    var fragments: [Fragment] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      fragments.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { fragments.append(.own(literal)) }
    }

    package mutating func appendInterpolation(_ name: Name) { fragments.append(.own(name.display)) }
    package mutating func appendInterpolation(_ type: RecordType) { fragments.append(.own(type.description)) }
    package mutating func appendInterpolation(_ address: IPAddress) {
      fragments.append(.own(address.description))
    }
    package mutating func appendInterpolation(_ network: IPNetwork) {
      fragments.append(.own(network.description))
    }
    package mutating func appendInterpolation(_ number: Int) { fragments.append(.own(String(number))) }
    package mutating func appendInterpolation(foreign octets: [UInt8]) { fragments.append(.foreign(octets)) }
    package mutating func appendInterpolation(foreign text: String) {
      fragments.append(.foreign(Array(text.utf8)))
    }
    package mutating func appendInterpolation(_ message: Message) { fragments += message.fragments }

    /// Words of this program: never text that came from outside.
    package mutating func appendInterpolation(own text: String) { fragments.append(.own(text)) }
  }
}

extension [Message] {
  /// "a, b and c".
  package var enumeration: Message {
    guard let last else { return "" }
    guard count > 1 else { return last }
    return dropLast().dropFirst().reduce(self[0]) { "\($0), \($1)" } + " and \(last)"
  }
}

extension [IPv4Address] {
  package var enumeration: Message { map { Message("\(IPAddress.v4($0))") }.enumeration }
}
