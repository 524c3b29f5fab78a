// The result type of all parsers in this folder, which collect faults where others
// stop at the first (RFC 7208 §4.6 makes any fault anywhere count, so all of them
// are worth telling).

/// What a part of the grammar yields: a value, or at least one fault. Not a throwing function, because a part can have
/// several faults at once.
enum Parsed<Value> {
  case value(Value)
  case faults([LocatedFault])

  static func fault(_ kind: SPFFaultKind, _ range: Range<Int>) -> Parsed {
    .faults([LocatedFault(kind: kind, range: range)])
  }

  func map<Other>(_ transform: (Value) -> Other) -> Parsed<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .faults(let faults): .faults(faults)
    }
  }
}

/// A fault before it is known to which term it belongs; the range is in the joined text of the record.
struct LocatedFault {
  let kind: SPFFaultKind
  let range: Range<Int>
}
