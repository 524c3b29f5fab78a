/// What a DMARC record can say, as values (RFC 9989 §4.7), and its text. Only what was understood is written,
/// so that nothing of a foreign record gets into a zone.
package struct DMARCSettings: Hashable, Sendable {
  package var policy: DMARCPolicy?
  package var subdomainPolicy: DMARCPolicy?
  package var nonexistentPolicy: DMARCPolicy?
  package var mode = DMARCMode.enforced
  package var dkimAlignment = DMARCAlignment.relaxed
  package var spfAlignment = DMARCAlignment.relaxed
  package var aggregateReports: [ReportURI] = []
  package var failureReports: [ReportURI] = []
  package var failureOptions: Set<DMARCFailureOption> = [.allFail]
  package var suffix = DMARCSuffixFlag.undetermined

  package init() {}
}

/// In the order of their strength.
package enum DMARCPolicy: String, Hashable, Sendable, CaseIterable, Comparable {
  case none, quarantine, reject

  package static func < (left: DMARCPolicy, right: DMARCPolicy) -> Bool { left.strength < right.strength }

  private var strength: Int {
    switch self {
    case .none: 0
    case .quarantine: 1
    case .reject: 2
    }
  }
}

/// The `t` tag.
package enum DMARCMode: String, Hashable, Sendable {
  case enforced = "n"
  case testing = "y"
}

/// The `adkim` and `aspf` tags.
package enum DMARCAlignment: String, Hashable, Sendable {
  case relaxed = "r"
  case strict = "s"
}

/// The `psd` tag.
package enum DMARCSuffixFlag: String, Hashable, Sendable, CaseIterable {
  case publicSuffix = "y"
  case organizationalDomain = "n"
  case undetermined = "u"
}

/// The `fo` tag.
package enum DMARCFailureOption: String, Hashable, Sendable, CaseIterable {
  case allFail = "0"
  case anyFails = "1"
  case dkim = "d"
  case spf = "s"
}

extension DMARCSettings: CustomStringConvertible {
  /// The text of the TXT record, before it is split into strings of 255 octets. `p` comes second, which RFC
  /// 7489 §6.3 demanded; defaults are left out.
  package var description: String {
    var tags = ["v=DMARC1"]
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { tags.append("\(name)=\(value)") }
    }
    add("p", policy?.rawValue)
    add("sp", subdomainPolicy?.rawValue)
    add("np", nonexistentPolicy?.rawValue)
    if dkimAlignment != .relaxed { add("adkim", dkimAlignment.rawValue) }
    if spfAlignment != .relaxed { add("aspf", spfAlignment.rawValue) }
    add("rua", aggregateReports.map(\.description).joined(separator: ","))
    add("ruf", failureReports.map(\.description).joined(separator: ","))
    if failureOptions != [.allFail] {
      let options = DMARCFailureOption.allCases.filter(failureOptions.contains)
      add("fo", options.map(\.rawValue).joined(separator: ":"))
    }
    if suffix != .undetermined { add("psd", suffix.rawValue) }
    if mode != .enforced { add("t", mode.rawValue) }
    return tags.joined(separator: "; ")
  }
}
