/// Reads flags, tag and value of a CAA record (RFC 8659 §4.1 to §4.4).
import DNSData
import URISyntax

struct CAAPropertyReader {
  let record: CAA
  let tag: CAATag?
  private(set) var content = CAAContent.unread
  private(set) var faults: [CAAFault] = []

  private static let accountTag = "accounturi"  // RFC 8657 §3
  private static let methodsTag = "validationmethods"  // RFC 8657 §4
  private static let ownMethodPrefix = "ca-"  // RFC 8657 §4
  /// IANA "ACME Validation Methods".
  private static let knownMethods: Set<String> = [
    "http-01", "dns-01", "tls-sni-01", "tls-sni-02", "tls-alpn-01", "email-reply-00", "tkauth-01",
    "onion-csr-01",
    "bp-nodeid-00", "dns-account-01", "dns-persist-01",
  ]
  private static let reportSchemes: Set<String> = ["mailto", "http", "https"]  // RFC 8659 §4.4

  init(_ record: CAA) {
    self.record = record
    tag = CAATag(rawValue: String(decoding: record.tag.map(\.lowercasedASCII), as: UTF8.self))
  }

  mutating func read() {
    readFlagsAndTag()
    switch tag {
    case .issue, .issueWild, .issueMail, .issueMark: content = .issuer(readIssuer())
    case .iodef: readReport()
    case .contactEmail, .contactPhone, nil: break
    }
  }

  private mutating func add(_ kind: CAAFault.Kind, _ field: CAAField, _ range: Range<Int>) {
    faults.append(CAAFault(kind: kind, field: field, range: range))
  }

  private mutating func readFlagsAndTag() {
    let whole = 0..<record.tag.count
    if record.flags & ~CAAFlags.critical != 0 { add(.reservedFlags, .flags, 0..<1) }
    if record.tag.isEmpty || !record.tag.allSatisfy(\.isASCIIAlphanumeric) { add(.tagInvalid, .tag, whole) }
    if tag != nil, record.tag != record.tag.map(\.lowercasedASCII) { add(.tagNotLowerCase, .tag, whole) }
    if tag == nil, record.flags & CAAFlags.critical != 0 { add(.criticalTagUnknown, .tag, whole) }
  }

  private mutating func readReport() {
    let whole = 0..<record.value.count
    do throws(URIError) {
      let uri = try URI(record.value)
      guard Self.reportSchemes.contains(uri.scheme) else {
        add(.reportSchemeUnsupported, .value, whole)
        content = .invalid
        return
      }
      content = .report(uri)
    } catch {
      add(.reportAddress(error), .value, whole)
      content = .invalid
    }
  }

  /// issue-value = *WSP [issuer-domain-name *WSP] [";" *WSP [parameters *WSP]] (RFC 8659 §4.2)
  private mutating func readIssuer() -> CAAIssuer {
    let semicolon = record.value.firstIndex(of: UInt8(ascii: ";")) ?? record.value.count
    let domain = readDomain(trimmed(0..<semicolon))
    var parameters: [CAAParameter] = []
    if semicolon < record.value.count {
      let rest = trimmed((semicolon + 1)..<record.value.count)
      if !rest.isEmpty { parameters = readParameters(rest) }
    }
    let isMalformed = faults.contains { $0.field == .value }
    return CAAIssuer(
      domain: isMalformed ? nil : domain, parameters: parameters, account: account(parameters),
      methods: methods(parameters))
  }

  private mutating func readDomain(_ range: Range<Int>) -> Name? {
    guard !range.isEmpty else { return nil }
    let labels = record.value[range].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.allSatisfy(Self.isLabel), let name = try? Name(labels: labels.map { Array($0) }) else {
      add(.issuerInvalid, .value, range)
      return nil
    }
    return name
  }

  /// parameters = (parameter *WSP ";" *WSP parameters) / parameter: none may be empty, not even the last.
  private mutating func readParameters(_ range: Range<Int>) -> [CAAParameter] {
    var parameters: [CAAParameter] = []
    for element in record.value[range].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
      let range = trimmed(element.startIndex..<element.endIndex)
      guard !range.isEmpty else {
        add(.parameterEmpty, .value, range)
        continue
      }
      guard let parameter = parameter(range) else {
        add(.parameterInvalid, .value, range)
        continue
      }
      parameters.append(parameter)
    }
    return parameters
  }

  /// parameter = tag *WSP "=" *WSP value
  private func parameter(_ range: Range<Int>) -> CAAParameter? {
    guard let equals = record.value[range].firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let tag = record.value[trimmed(range.lowerBound..<equals)]
    let value = record.value[trimmed((equals + 1)..<range.upperBound)]
    guard Self.isLabel(tag), value.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    return CAAParameter(
      tag: String(decoding: tag.map(\.lowercasedASCII), as: UTF8.self), value: Array(value), range: range)
  }

  private mutating func account(_ parameters: [CAAParameter]) -> CAAAccountCondition {
    let found = parameters.filter { $0.tag == Self.accountTag }
    guard let parameter = found.first else { return .any }
    guard found.count == 1 else {
      for repeated in found.dropFirst() { add(.accountRepeated, .value, repeated.range) }
      return .unsatisfiable
    }
    guard let uri = try? URI(parameter.value) else {
      add(.accountInvalid, .value, parameter.range)
      return .unsatisfiable
    }
    return .only(uri)
  }

  /// value = [label *("," label)] of letters, digits and hyphens (RFC 8657 §4); an empty list allows nothing.
  private mutating func methods(_ parameters: [CAAParameter]) -> CAAMethodCondition {
    let found = parameters.filter { $0.tag == Self.methodsTag }
    guard let parameter = found.first else { return .any }
    guard found.count == 1 else {
      for repeated in found.dropFirst() { add(.methodsRepeated, .value, repeated.range) }
      return .unsatisfiable
    }
    let labels = parameter.value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard
      labels.allSatisfy({ label in
        !label.isEmpty && label.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
      })
    else {
      add(.methodsInvalid, .value, parameter.range)
      return .unsatisfiable
    }
    let methods = labels.map { String(decoding: $0, as: UTF8.self) }
    if methods.contains(where: { !Self.knownMethods.contains($0) && !$0.hasPrefix(Self.ownMethodPrefix) }) {
      add(.methodUnknown, .value, parameter.range)
    }
    return .only(methods)
  }

  /// label = (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT)), also the grammar of a parameter's tag.
  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last else { return false }
    return first.isASCIIAlphanumeric && last.isASCIIAlphanumeric
      && label.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, isSpace(record.value[lower]) { lower += 1 }
    while upper > lower, isSpace(record.value[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
