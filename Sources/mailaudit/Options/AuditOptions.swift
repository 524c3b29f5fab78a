import ArgumentParser
import DNSData
import Evidence
import IDN
import Rules
import Verdict

/// What is known about the domain under audit beyond its name.
struct DomainOptions: ParsableArguments {
  @Option(
    name: .customLong("selector"),
    help: .init("A DKIM selector that signs now (s= of a DKIM-Signature); repeatable.", valueName: "name"))
  var selectors: [String] = []

  @Option(
    name: .customLong("sender"),
    help: .init(
      "An address that the domain's mail leaves from; repeatable. Default: its own MX hosts that its SPF passes.",
      valueName: "address"))
  var senders: [String] = []

  @Option(
    help: .init(
      """
      Ask about the domain's own zones: auto (their authoritative servers, else the resolver), authoritative, recursive.
      """, valueName: "view"))
  var view: View = .auto

  @Option(
    name: .customLong("assume-secure"),
    help: .init(
      "Take what zone files say at or below this name for signed, and the rest for unsigned; repeatable.",
      valueName: "name"))
  var assumedSecure: [String] = []

  @OptionGroup var addresses: AddressOptions

  func validate() throws {
    for text in senders where IPAddress(text) == nil {
      throw ValidationError("--sender takes an IPv4 or IPv6 address, not \(Shown.text(text))")
    }
  }

  /// Selectors of zone files beyond this number are left alone.
  private static let maximumPublishedSelectors = 20

  var allowed: [IPNetwork] { addresses.allowed }

  func request(
    for domain: Name, zones: [ZoneFile], _ blocklists: BlocklistChoice, _ probing: Probing
  ) throws(Problem) -> AuditRequest {
    for selector in selectors {
      guard !selector.lowercased().contains("_domainkey"), !selector.contains(where: \.isWhitespace) else {
        throw .usage(
          "\(Shown.text(selector)) is no DKIM selector: name it alone, as s= of a DKIM-Signature does")
      }
      do {
        _ = try domain.prepending("_domainkey").prepending(selector)
      } catch {
        throw .usage("\(Shown.text(selector)) is no DKIM selector: \(error)")
      }
    }
    var secure: [Name] = []
    for text in assumedSecure { secure.append(try .typed(text)) }
    return AuditRequest(
      domain: domain, selectors: selectors,
      publishedSelectors: Array(
        DKIMName.selectors(in: zones.flatMap(\.records), domain: domain).prefix(
          Self.maximumPublishedSelectors)), senders: senders.compactMap(IPAddress.init),
      allowedNetworks: allowed, probeLabel: Self.randomLabel(), blocklists: blocklists.lists,
      probing: probing,
      view: view, assumedSecure: secure)
  }

  /// Long enough that nobody has published it.
  static func randomLabel() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return "x-" + String((0..<20).compactMap { _ in letters.randomElement() })
  }
}

/// Which special addresses may be connected to.
struct AddressOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-addresses"),
    help: .init(
      "Special addresses (private, documentation, …) that are meant here; repeatable.", valueName: "network"))
  var allowedNetworks: [String] = []

  func validate() throws {
    for text in allowedNetworks where IPNetwork(text) == nil {
      throw ValidationError("--allow-addresses takes a network such as 192.0.2.0/24, not \(Shown.text(text))")
    }
  }

  var allowed: [IPNetwork] { allowedNetworks.compactMap(IPNetwork.init) }
}

/// How much findings matter, and when the exit status says that something is wrong.
struct LimitOptions: ParsableArguments {
  @Option(
    help: .init(
      "How much findings matter: standard, strict, snm, flyingcircus, or a YAML file.", valueName: "name|file"
    ))
  var profile = BuiltInProfile.standard.rawValue

  @Option(help: .init("Exit with 1 for findings of this severity or worse.", valueName: "severity"))
  var failOn: Severity = .high

  @Option(
    help: .init(
      "Exit with 1 if the score is lower (with 3 if too little could be judged).", valueName: "0-100"))
  var minScore: Int?

  @Flag(help: "Exit with 3 if a check at or above the limit could not be tested from here.")
  var requireComplete = false

  func validate() throws {
    if let minScore, !(0...100).contains(minScore) {
      throw ValidationError("--min-score takes a number from 0 to 100, not \(minScore)")
    }
  }

  var limits: Limits {
    var limits = Limits()
    limits.failOn = failOn
    limits.minimumScore = minScore
    limits.requiresCompleteness = requireComplete ? .required : .optional
    return limits
  }
}

extension Severity: ExpressibleByArgument {}
extension View: ExpressibleByArgument {}

extension Name {
  /// Domain of RFC 5321 §4.1.2, and no address that was typed as one.
  var isMailDomain: Bool {
    let hyphen = UInt8(ascii: "-")
    let labels = labels
    return labels.count > 1 && labels.last?.allSatisfy(\.isASCIIDigit) == false
      && labels.allSatisfy { label in
        label.allSatisfy { $0.isASCIIAlphanumeric || $0 == hyphen } && label.first != hyphen
          && label.last != hyphen
      }
  }

  /// A domain as a user writes it, which mail can be addressed to.
  static func mailDomain(_ text: String) throws(Problem) -> Name {
    let name = try typed(text)
    guard name.isMailDomain else {
      throw .usage(
        "\(name.display) is no mail domain: it must have a dot, its labels letters, digits and inner hyphens, the "
          + "last one not a number alone (RFC 5321 §4.1.2)")
    }
    return name
  }

  /// A domain as a user writes it, in A-labels or U-labels.
  static func typed(_ text: String) throws(Problem) -> Name {
    guard !text.contains("@"), !text.contains("/") else {
      throw .usage("\(Shown.text(text)) is no domain name: give the domain alone, such as example.com")
    }
    do {
      return try Name(userInput: text)
    } catch {
      throw .usage("\(Shown.text(text)) is no domain name: \(error)")
    }
  }
}
