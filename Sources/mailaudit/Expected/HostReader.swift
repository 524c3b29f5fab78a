import DNSData
import Evidence
import Expectation
import Yams

/// One host of an expected configuration.
struct HostReader {
  private static let keys = [
    "addresses", "helo", "sending-addresses", "ports", "certificates", "keys", "acme", "webmail",
    "ttl",
  ]

  let fields: ExpectationFields
  let files: KeyFiles
  let profile: ExpectationProfile?

  func host(_ name: Name, _ node: Node) throws(Problem) -> ExpectedHost {
    let values = try fields.yaml.mapping(node)
    try fields.yaml.check(values, against: Self.keys)
    var host = ExpectedHost(
      name,
      addresses: try values["addresses"].map { node throws(Problem) in try fields.addresses(node) } ?? [])
    if let helo = values["helo"] { host.helo = try fields.hostName(helo) }
    if let sending = values["sending-addresses"] { host.sendingAddresses = try fields.addresses(sending) }
    host.services = profile?.ports ?? [:]
    if let ports = values["ports"] { try read(ports, into: &host.services) }
    for (key, form) in [("certificates", KeyFiles.Form.certificate), ("keys", .key)] {
      guard let list = values[Node(key)] else { continue }
      for element in list.mapping == nil ? try fields.list(list) : [list] {
        let pin = try pin(element, form)
        guard !host.pins.contains(where: { $0.digest == pin.digest }) else {
          throw fields.yaml.fault(element, "\(Shown.text(pin.file)) has a key that another file here has too")
        }
        host.pins.append(pin)
      }
    }
    if let validation = values["acme"] { host.validation = try fields.word(validation, "acme") }
    if let webmail = values["webmail"] { host.webmail = try fields.hostName(webmail) }
    host.ttl = try fields.ttl(values["ttl"])
    return host
  }

  private func read(
    _ node: Node, into services: inout [ProbedService: ExpectedPort]
  ) throws(Problem) {
    let ports = try fields.yaml.mapping(node)
    try fields.yaml.check(ports, against: ProbedService.named.map(\.name))
    for (name, service) in ProbedService.named {
      guard let value = ports[Node(name)] else { continue }
      services[service] = try fields.word(value, name) as ExpectedPort
    }
  }

  private func pin(_ node: Node, _ form: KeyFiles.Form) throws(Problem) -> ExpectedPin {
    guard let values = node.mapping else {
      return try pin(try fields.text(node, "a file"), .current, form, node)
    }
    try fields.yaml.check(values, against: ["file", "stage"])
    guard let file = values["file"] else { throw fields.yaml.fault(node, "the key file must name a file") }
    let stage: ExpectedPin.Stage =
      try values["stage"].map { node throws(Problem) in try fields.word(node, "stage") } ?? .current
    return try pin(try fields.text(file, "a file"), stage, form, file)
  }

  private func pin(
    _ file: String, _ stage: ExpectedPin.Stage, _ form: KeyFiles.Form, _ node: Node
  ) throws(Problem) -> ExpectedPin {
    do throws(KeyFileError) {
      return ExpectedPin(stage, digest: try files.digest(file, form), file: file)
    } catch {
      throw fields.yaml.fault(node, error.sentence)
    }
  }
}

extension ProbedService {
  /// As the expected configuration calls them.
  static let named: [(name: String, service: ProbedService)] = [
    ("smtp", .smtp), ("submission", .submission), ("submissions", .submissions), ("imap", .imap),
    ("imaps", .imaps),
    ("pop3", .pop3), ("pop3s", .pop3s), ("sieve", .manageSieve),
  ]
}

extension ExpectationProfile {
  /// Beside port 25, which is open at every host that MX records lead to.
  fileprivate var ports: [ProbedService: ExpectedPort] {
    switch self {
    case .snm:
      [
        .submissions: .open, .imaps: .open, .submission: .closed, .imap: .closed, .pop3: .closed,
        .pop3s: .closed,
        .manageSieve: .closed,
      ]
    case .flyingCircus: [.submission: .open, .imap: .open, .imaps: .open, .manageSieve: .open]
    }
  }
}
