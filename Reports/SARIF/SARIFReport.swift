import Crypto
package import DNSData
import Verdict

/// The report for what shows results beside source code (SARIF 2.1.0): what a zone file says is shown at its line,
/// everything else at the name in the DNS.
package struct SARIFReport {
  private let results: [AuditResult]
  private let zones: [String: ZoneLines]
  private let version: String
  private let isComplete: Bool

  /// `zones` are the files that findings may lie in; `count` is the number of domains that were to be audited.
  package init(_ results: [AuditResult], zones: [ZoneFile], version: String, of count: Int) {
    self.results = results
    self.zones = Dictionary(zones.map { ($0.name, ZoneLines($0)) }) { first, _ in first }
    self.version = version
    isComplete = results.count == count
  }

  package func text() throws -> String {
    var rules: [Rule] = []
    var places: [String: Int] = [:]
    func index(of rule: Rule) -> Int {
      if let known = places[rule.id] { return known }
      places[rule.id] = rules.count
      rules.append(rule)
      return rules.count - 1
    }
    let found = results.flatMap { result in
      result.scorecard.results.flatMap { outcome -> [SARIFDocument.Result] in
        guard !outcome.faults.isEmpty || !outcome.waived.isEmpty else { return [] }
        let index = index(of: outcome.rule)
        return self.results(of: outcome, ruleIndex: index)
      }
    }
    let started = results.first?.snapshot.started.description
    let run = SARIFDocument.Run(
      tool: .init(driver: .init(version: version, rules: rules.map(descriptor))),
      invocations: [
        .init(
          executionSuccessful: isComplete, startTimeUtc: started,
          toolExecutionNotifications: results.flatMap(notifications))
      ], results: found)
    return try JSONText.encode(SARIFDocument(runs: [run]))
  }

  private func results(of outcome: RuleResult, ruleIndex: Int) -> [SARIFDocument.Result] {
    let faults: [(fault: Fault, waived: WaivedFault?)] =
      outcome.faults.map { ($0, nil) } + outcome.waived.map { ($0.fault, $0) }
    return faults.map { fault, waived in
      SARIFDocument.Result(
        ruleId: outcome.rule.id, ruleIndex: ruleIndex, level: .init(outcome.severity(of: fault)),
        message: message(fault), locations: [location(fault.place, saidBy: fault.source)],
        partialFingerprints: ["mailaudit/place/v1": fingerprint(fault, of: outcome.rule)],
        suppressions: waived.map {
          [.init(justification: "\($0.waiver.reason) (until \($0.waiver.end.description))")]
        })
    }
  }

  /// The same finding has the same one in the next run, wherever in the file it stands by then.
  private func fingerprint(_ fault: Fault, of rule: Rule) -> String {
    Encoding.hex(Digest.sha256(Array("\(rule.id) \(fault.place.sentence) \(fault.message.plain)".utf8)))
  }

  private func message(_ fault: Fault) -> SARIFDocument.Message {
    let observed = fault.observed.map { " Found: \($0.plain)." } ?? ""
    let expected = fault.expected.map { " Expected: \($0.plain)." } ?? ""
    return .init(Self.escaped(fault.message.plain + observed + expected))
  }

  private func notifications(_ result: AuditResult) -> [SARIFDocument.Notification] {
    result.scorecard.results.flatMap { outcome in
      outcome.unknownGaps.map { gap in
        SARIFDocument.Notification(
          associatedRule: .init(id: outcome.rule.id), level: .warning,
          message: .init(Self.escaped("\(gap.place.sentence): \(gap.sentence)")),
          locations: [location(gap.place, saidBy: .nobody)])
      }
    }
  }

  private func descriptor(_ rule: Rule) -> SARIFDocument.ReportingDescriptor {
    let references = rule.references.map(\.text).joined(separator: ", ")
    return .init(
      id: rule.id, shortDescription: .init(rule.title), fullDescription: .init(rule.why),
      help: .init("\(rule.fix)\n\nSee \(references)."), helpUri: rule.references.lazy.compactMap(\.uri).first,
      defaultConfiguration: .init(level: .init(rule.severity)),
      properties: .init(tags: ["mail", rule.topic.rawValue]))
  }

  // MARK: - Places

  private func location(_ place: Place, saidBy source: Responder) -> SARIFDocument.Location {
    .init(
      physicalLocation: physical(place, saidBy: source),
      logicalLocations: [.init(name: place.name.display, fullyQualifiedName: place.sentence)])
  }

  private func physical(_ place: Place, saidBy source: Responder) -> SARIFDocument.Location.Physical? {
    guard case .zoneFile(let file) = source, let line = zones[file]?.line(of: place.name, place.type) else {
      return nil
    }
    return .init(artifactLocation: .init(uri: Self.uri(of: file)), region: .init(startLine: line))
  }

  /// Relative paths stay so, to be found from the root of the repository.
  private static func uri(of path: String) -> String {
    let encoded = path.utf8.map { octet in
      switch octet {
      case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        String(Unicode.Scalar(octet))
      case _ where octet.isASCIIAlphanumeric: String(Unicode.Scalar(octet))
      default: "%" + Encoding.hex([octet]).uppercased()
      }
    }.joined()
    if encoded.hasPrefix("/") { return "file://" + encoded }
    return encoded.hasPrefix("./") ? String(encoded.dropFirst(2)) : encoded
  }

  /// Brackets would be a link and braces a placeholder (§3.11.5, §3.11.6).
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\", "[", "]": escaped += "\\\(character)"
      case "{", "}": escaped += "\(character)\(character)"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}

extension SARIFDocument.Level {
  fileprivate init(_ severity: Severity) {
    switch severity {
    case .critical, .high: self = .error
    case .medium: self = .warning
    case .low, .info: self = .note
    }
  }
}

extension Reference {
  fileprivate var uri: String? {
    switch self {
    case .rfc(let number, let section):
      "https://www.rfc-editor.org/rfc/rfc\(number)"
        + (section.first?.isNumber == true ? "#section-\(section.prefix { $0.isNumber || $0 == "." })" : "")
    case .practice: nil
    }
  }
}
