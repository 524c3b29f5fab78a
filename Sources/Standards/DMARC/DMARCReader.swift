/// Reads a DMARC record tag by tag (RFC 9989 §4.7, §4.8). What cannot be read falls back to its default;
/// every fault is kept.
import DNSData
import TagList

struct DMARCReader {
  let octets: [UInt8]
  let tags: TagSequence
  let standing: DMARCStanding
  private(set) var faults: [DMARCFault] = []
  private(set) var settings = DMARCSettings()

  private static let currentTags: Set<String> = [
    "v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "rua", "ruf", "fo",
  ]
  private static let historicTags: Set<String> = ["pct", "rf", "ri"]  // RFC 9989 §9.3

  init(_ octets: [UInt8]) {
    self.octets = octets
    tags = TagSequence(octets, grammar: .rfc9989)
    standing = DMARCStanding(octets: octets, tags: tags)
  }

  mutating func read() {
    switch standing {
    case .unrelated:
      add(.notDMARC, 0..<octets.count)
      return
    case .nearMiss(let miss): add(.version(miss), tags["v"]?.valueRange ?? 0..<min(1, octets.count))
    case .policyRecord: break
    }
    for fault in tags.faults { add(.syntax(fault.kind), fault.range) }
    readPolicies()
    settings.dkimAlignment = value(of: "adkim", orElse: .relaxed, fault: .alignmentInvalid)
    settings.spfAlignment = value(of: "aspf", orElse: .relaxed, fault: .alignmentInvalid)
    settings.mode = value(of: "t", orElse: .enforced, fault: .modeInvalid)
    settings.suffix = value(of: "psd", orElse: .undetermined, fault: .suffixFlagInvalid)
    settings.aggregateReports = reports("rua")
    settings.failureReports = reports("ruf")
    readFailureOptions()
    judgeNames()
  }

  var treatment: DMARCTreatment {
    guard settings.policy == nil || faults.contains(where: \.kind.discardsPolicies) else {
      return .asPublished
    }
    // RFC 9989 §4.10.1: at least one syntactically valid reporting URI, of whatever scheme.
    return settings.aggregateReports.isEmpty ? .noProcessing : .monitoring
  }

  private mutating func add(_ kind: DMARCFault.Kind, _ range: Range<Int>) {
    faults.append(DMARCFault(kind: kind, range: range))
  }

  private mutating func readPolicies() {
    settings.policy = value(of: "p", fault: .policyInvalid)
    settings.subdomainPolicy = value(of: "sp", fault: .subdomainPolicyInvalid)
    settings.nonexistentPolicy = value(of: "np", fault: .nonexistentPolicyInvalid)
    guard let tag = tags["p"] else {
      add(.policyMissing, octets.count..<octets.count)
      return
    }
    if standing == .policyRecord, tags.tags.dropFirst().first != tag { add(.policyNotSecond, tag.nameRange) }
  }

  // The text speaks of lists like "0:d", the grammar of RFC 9989 §4.8 knows only "d:s": lists are taken, as
  // receivers do.
  private mutating func readFailureOptions() {
    guard let tag = tags["fo"] else { return }
    if tags["ruf"] == nil { add(.failureOptionsUnused, tag.nameRange) }
    let elements = tag.value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
      element in
      DMARCFailureOption(rawValue: Self.lowerCased(element.filter { $0 != 0x20 && $0 != 0x09 }))
    }
    let options = Set(elements.compactMap(\.self))
    guard options.count == elements.count, !options.isSuperset(of: [.allFail, .anyFails]) else {
      add(.failureOptionsInvalid, tag.valueRange)
      return
    }
    settings.failureOptions = options
  }

  private mutating func judgeNames() {
    for tag in tags.tags where !Self.currentTags.contains(tag.name) {
      let lowerCased = Self.lowerCased(Array(tag.name.utf8))
      if Self.historicTags.contains(tag.name) {
        add(.historicTag, tag.nameRange)
      } else if Self.currentTags.contains(lowerCased), tag.nameRange.lowerBound > 0 {
        add(.tagNameNotLowerCase, tag.nameRange)
      } else if !Self.currentTags.contains(lowerCased) {
        add(.unknownTag, tag.nameRange)
      }
    }
  }

  /// dmarc-urilist = dmarc-uri *(*WSP "," *WSP dmarc-uri): every URI that is valid counts.
  private mutating func reports(_ name: String) -> [ReportURI] {
    guard let tag = tags[name] else { return [] }
    var reports: [ReportURI] = []
    for element in octets[tag.valueRange].split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    {
      let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
      let start = element.firstIndex { !isSpace($0) } ?? element.startIndex
      let end = (element.lastIndex { !isSpace($0) } ?? start - 1) + 1
      do throws(ReportURIError) {
        let uri = try ReportURI(Array(octets[start..<end]))
        if uri.scheme != "mailto" { add(.reportURIScheme, start..<end) }
        if let size = uri.size { add(.reportURISize, (end - size.count - 1)..<end) }
        reports.append(uri)
      } catch {
        add(.reportURI(error), start..<end)
      }
    }
    return reports
  }

  private mutating func value<Value: RawRepresentable<String>>(
    of name: String, fault: DMARCFault.Kind
  ) -> Value? {
    guard let tag = tags[name] else { return nil }
    guard let value = Value(rawValue: Self.lowerCased(tag.value)) else {
      add(fault, tag.valueRange)
      return nil
    }
    return value
  }

  private mutating func value<Value: RawRepresentable<String>>(
    of name: String, orElse standard: Value, fault: DMARCFault.Kind
  ) -> Value {
    value(of: name, fault: fault) ?? standard
  }

  /// The values are strings of ABNF, which ignores case (RFC 5234 §2.3). Other octets than ASCII match
  /// nothing.
  private static func lowerCased(_ value: [UInt8]) -> String {
    String(decoding: value.map(\.lowercasedASCII), as: UTF8.self)
  }
}
