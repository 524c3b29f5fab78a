import ArgumentParser
import DNSData
import Evidence
import Reports
import Verdict

struct TLSCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tls",
    abstract: "Show one port's TLS at each address of a host.",
    discussion: """
      Prints one word first: ok (handshake completed, chain trusted, name matches, in date, and a match where --tlsa is \
      given), untrusted, expired (or not yet valid), mismatch (the name, or --tlsa), none (no STARTTLS), failed (the \
      handshake), refused (the port is closed), or unknown. Then the facts, and the TLSA record that would fit.

      Ports 25, 587, 143, 110 and 4190 begin with STARTTLS, every other one with TLS, unless --starttls says otherwise.

      Exit status: 0 ok; 1 another definite word; 3 unknown.

      Example: mailaudit tls mail.example.com:25
      """)

  enum StartTLS: String, ExpressibleByArgument, CaseIterable {
    case smtp, imap, pop3, sieve

    var mailProtocol: MailProtocol {
      switch self {
      case .smtp: .smtp
      case .imap: .imap
      case .pop3: .pop3
      case .sieve: .manageSieve
      }
    }
  }

  @Argument(help: .init("A name or an address, and a port.", valueName: "host:port"))
  var target: String

  @Option(
    name: .customLong("starttls"),
    help: .init("Begin with STARTTLS (STLS) in this protocol.", valueName: "protocol"))
  var startTLS: StartTLS?

  @Option(
    name: .customLong("tlsa"),
    help: .init(
      "Compare the certificates with this TLSA record; repeatable. Such as \"3 1 1 0123…\".",
      valueName: "record"))
  var tlsa: [String] = []

  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Servers") var connection: ConnectionOptions
  @OptionGroup var addresses: AddressOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  func validate() throws {
    if network.offline {
      throw ValidationError("tls connects to a server: leave out --offline")
    }
  }

  func run() async throws {
    let target = try TLSTarget.typed(target, startTLS: startTLS?.mailProtocol)
    let records = try tlsa.map { text throws(Problem) in try TLSA.typed(text) }
    let report = try await TLSInquiry(target, records, network, connection, allowed: addresses.allowed)
      .report()
    try FileHandles.standardOutput(format == .json ? report.json() : report.text)
    throw ExitCode(Self.status(report.word).rawValue)
  }

  private static func status(_ word: TLSReport.Word) -> ExitStatus {
    switch word {
    case .ok: .fine
    case .unknown: .unknown
    case .mismatch, .expired, .untrusted, .none, .failed, .refused: .findings
    }
  }
}

/// `HOST:PORT` as a user writes it.
enum TLSTarget {
  static func typed(_ text: String, startTLS: MailProtocol?) throws(Problem) -> TLSReport.Target {
    let example = "such as mail.example.com:25, 192.0.2.1:465 or [2001:db8::1]:993"
    guard let colon = text.lastIndex(of: ":"), IPAddress(text) == nil else {
      throw .usage("\(Shown.text(text)) names no port: give HOST:PORT, \(example)")
    }
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(digits), port > 0 else {
      throw .usage("\(Shown.text(String(digits))) is no port: give HOST:PORT, \(example)")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    let service = service(at: port, startTLS)
    if let address = IPAddress(String(host)) {
      return TLSReport.Target(.address(address), port: port, service: service)
    }
    guard !host.contains(":"), !host.isEmpty else {
      throw .usage("\(Shown.text(String(host))) is neither a name nor an address: give HOST:PORT, \(example)")
    }
    let name = try Name.typed(String(host))
    guard name.isHost else {
      throw .usage("\(Shown.text(String(host))) is no host name: give HOST:PORT, \(example)")
    }
    return TLSReport.Target(.name(name), port: port, service: service)
  }

  /// nil for a port that no mail protocol is known to have.
  private static func service(at port: UInt16, _ startTLS: MailProtocol?) -> ProbedService? {
    if let startTLS { return ProbedService(startTLS, port: port, .startTLS) }
    return ([.smtp] + ProbedService.forClients).first { $0.port == port }
  }
}

extension Name {
  /// What servers can be called; an underscore is no part of it and met all the same.
  fileprivate var isHost: Bool {
    !labels.isEmpty
      && labels.allSatisfy { label in
        label.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
      }
  }
}

extension TLSA {
  /// Octets of the association by matching type (RFC 6698 §2.1.3); 0 is a whole certificate or key.
  private static let digestLengths: [UInt8: Int] = [1: 32, 2: 64]

  /// `3 1 1 0123…`, or a whole line of a zone file.
  static func typed(_ text: String) throws(Problem) -> TLSA {
    func problem(_ what: String) -> Problem {
      .usage("--tlsa \(Shown.text(text)) \(what): give usage, selector, matching type and hexadecimal data")
    }
    var fields = text.split { $0 == " " || $0 == "\t" }[...]
    if let type = fields.firstIndex(where: { $0.lowercased() == "tlsa" }) { fields = fields[(type + 1)...] }
    let numbers = fields.prefix(3).compactMap { UInt8($0) }
    guard numbers.count == 3, numbers[0] <= 3, numbers[1] <= 1, numbers[2] <= 2 else {
      throw problem("does not begin with three numbers up to 3, 1 and 2")
    }
    let data = fields.dropFirst(3).joined().filter { $0 != "(" && $0 != ")" }
    guard !data.isEmpty, let association = Encoding.decodeHex(Array(data.utf8)) else {
      throw problem("has no hexadecimal data")
    }
    if let length = digestLengths[numbers[2]], association.count != length {
      throw problem("has \(association.count) octets of data where its matching type has \(length)")
    }
    return TLSA(usage: numbers[0], selector: numbers[1], matchingType: numbers[2], association: association)
  }
}
