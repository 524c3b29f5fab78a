import AuditTesting
import Foundation
import Testing

/// `--blocklists` at the command line. Everything is offline: no list is ever asked here.
@Suite struct BlocklistCommandTests {
  private static let zone = """
    $ORIGIN example.com.
    . SOA . . 1 2 3 4 5
    @ MX 10 mail
    @ TXT "v=spf1 mx -all"
    mail A 192.0.2.1
    1.2.0.192.in-addr.arpa. PTR mail
    2.0.0.127.bl.example. A 127.0.0.2
    1.2.0.192.bl.example. A 127.0.0.2
    2.0.0.127.topsecret42.dq.example. A 127.0.0.2
    1.2.0.192.topsecret42.dq.example. A 127.0.0.2
    """
  private static let list = """
    lists:
      - zone: bl.example
        kind: ipv4
        self-test: rfc5782
        codes: [{ code: 127.0.0.2, weight: major, meaning: spam }]
    """

  private func audit(_ yaml: String, _ options: [String] = []) async throws -> Program.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let zone = folder.appending(path: "z.zone")
    let lists = folder.appending(path: "lists.yaml")
    try Data(Self.zone.utf8).write(to: zone)
    try Data(yaml.utf8).write(to: lists)
    return try await Program.mailaudit.run(
      ["example.com", "--offline", "--zone", zone.path, "--allow-addresses", "192.0.2.0/24"]
        + ["--blocklists", "--blocklist-file", lists.path] + options)
  }

  @Test func `own lists are asked in place of the built-in ones`() async throws {
    let result = try await audit(Self.list)
    #expect(result.status == 1)
    #expect(result.output.contains("192.0.2.1 is listed in bl.example: spam."), "\(result.output)")
    #expect(!result.output.contains("spamhaus"))
  }

  @Test func `the built-in lists can be read, are not asked unless wanted, and offline are not tested`()
    async throws
  {
    let plain = try await Program.mailaudit.run(["--example"])
    #expect(!plain.output.contains("zen.spamhaus.org") && !plain.output.contains("dnsbl."))
    let result = try await Program.mailaudit.run(["--example", "--blocklists"])
    #expect(result.status == 1)
    #expect(
      result.output.contains("2.0.0.127.zen.spamhaus.org A: offline"), "\(result.output)\(result.error)")
    #expect(!result.output.contains("sorbs"))
  }

  @Test func `a key is used and never shown`() async throws {
    let keyed = Self.list.replacing("zone: bl.example", with: "zone: bl.example\n    keyed-zone: dq.example")
    for format in ["text", "json"] {
      let result = try await audit(keyed, ["--dqs-key", "topsecret42", "--format", format, "--verbose"])
      #expect(result.status == 1)
      #expect(result.output.contains("192.0.2.1 is listed in bl.example: spam."), "\(result.output)")
      #expect(!(result.output + result.error).contains("topsecret"))
    }
    for key in ["topsecret42.", "topsecret 42", String(repeating: "topsecret42", count: 6), "-topsecret42"] {
      let result = try await audit(keyed, ["--dqs-key", key])
      #expect(result.status == 2 && result.error.contains("--dqs-key takes letters and digits"))
      #expect(!result.error.contains("topsecret"), "\(result.error)")
    }
    #expect(
      try await audit(Self.list, ["--dqs-key", "topsecret42"]).error.contains("no list has a keyed-zone"))
  }

  @Test func `its options take --blocklists beside them`() async throws {
    for option in ["--dqs-key", "--blocklist-file"] {
      let result = try await Program.mailaudit.run(["--example", option, "topsecret42"])
      #expect(result.status == 2 && result.error.contains("take --blocklists beside them"))
      #expect(!result.error.contains("topsecret"))
    }
  }

  @Test(arguments: [
    ("zone: bl.example", "zone: bl..example", ":2: \"bl..example\" is no domain name"),
    ("zone: bl.example", "zone: .", ":2: \".\" is no domain name"),
    ("kind: ipv4", "kind: ipv5", ":3: the key kind is one of ipv4, ipv6, addresses, names; not \"ipv5\""),
    ("kind: ipv4\n", "kinds: ipv4\n", ":3: there is no key \"kinds\"; the nearest is kind"),
    ("self-test: rfc5782", "self-test: yes", ":4: self-test is rfc5782, none, or two entries"),
    (
      "self-test: rfc5782", "self-test: { listed: test, unlisted: invalid }",
      ":4: bl.example, a list of ipv4, cannot hold its test entries"
    ),
    ("code: 127.0.0.2", "code: 192.0.2.1", ":5: a return code is an address in 127.0.0.0/8"),
    ("weight: major", "weight: huge", ":5: the key weight is one of major, policy, minor, info, allow"),
    ("meaning: spam", "meaning: \"\\e[31m\"", ":5: a meaning is needed here"),
    ("kind: ipv4", "kind: ipv4\n    removal: http://bl.example/", ":4: a removal page begins with https://"),
    ("kind: ipv4", "kind: ipv4\n    status: resting", ":4: the status of a list is closed, or left out"),
    (
      "kind: ipv4", "kind: ipv4\n    registration: maybe", ":4: the key registration is one of none, required"
    ),
    ("kind: ipv4", "kind: ipv4\n    errors: [bit 3]", ":4: a return code is"),
    (
      "lists:", "lists:\n  - { zone: bl.example, status: closed, reason: gone }",
      ":3: bl.example stands here twice"
    ),
    ("zone: bl.example", "zone: x.dnsbl.sorbs.net", ":2: x.dnsbl.sorbs.net must not be asked: SORBS ended"),
    ("lists:", "list:", ":1: there is no key \"list\"; the nearest is lists"),
  ])
  func `a mistake in a list file is told with file and line, and nothing is audited`(
    old: String, new: String, sentence: String
  ) async throws {
    #expect(Self.list.contains(old))
    let result = try await audit(Self.list.replacing(old, with: new))
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error.contains("lists.yaml\(sentence)"), "\(result.error)")
  }
}
