import AuditTesting
import Foundation
import Testing

/// The gate before a change of the DNS, on zone files alone. What mail servers and policies make of a change the Lab
/// shows.
@Suite struct GateTests {
  /// A change of `current.zone`, and what is to be said of it.
  struct Proposal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Text of the zone, and what stands in its place.
    let edits: [(old: String, new: String)]
    var options: [String] = []
    let status: Int32
    /// Sentences of the report, however it breaks its lines.
    let says: [String]

    init(
      _ description: String, _ edits: [(old: String, new: String)], _ options: [String] = [], status: Int32,
      _ says: [String]
    ) {
      testDescription = description
      self.edits = edits
      self.options = options
      self.status = status
      self.says = says
    }
  }

  static let mistakes = [
    Proposal(
      "a term of SPF is dropped", [(" ip4:192.0.2.7", "")], ["--sender", "192.0.2.7"], status: 1,
      [
        "critical 192.0.2.7 loses SPF pass: mail of example.com from there gets fail.",
        "spf.own-host-not-pass",
      ]),
    Proposal(
      "the key that signs is removed", [("rsa-2026-03._domainkey", "rsa-2026-04._domainkey")],
      ["--selector", "rsa-2026-03"], status: 1,
      [
        "critical The selector \"rsa-2026-03\" is still signing: its signatures fail without its key.",
        "dkim.active-selector-unpublished",
      ]),
    Proposal(
      "a key is cut off", [("\"LU2YxiGIz", "\"LU2YxiGIz\" ) ;")], ["--selector", "rsa-2025"], status: 1,
      ["The selector \"rsa-2025\" is still signing", "dkim.p-truncated"]),
    Proposal(
      "a final dot is forgotten", [("MX   10 mail", "MX   10 mail.example.com")], status: 1,
      ["mail.example.com.example.com", "192.0.2.25 loses SPF pass"]),
    Proposal(
      "the MX records are gone", [("@       MX   10 mail\n", "")], status: 1,
      [
        "high The domain would have no MX records: mail for it goes to its own address, where perhaps nobody "
          + "takes it."
      ]),
    Proposal(
      "a second SPF record",
      [("@       A ", "@       TXT  \"v=spf1 include:_spf.example.net ~all\"\n@       A ")],
      ["--sender", "192.0.2.7"], status: 1,
      ["192.0.2.7 loses SPF pass: mail of example.com from there gets permerror.", "spf.multiple"]),
    Proposal(
      "the DMARC record stands at the wrong name", [("_dmarc  TXT", "_dmarc.example.com  TXT")], status: 1,
      [
        "medium No DMARC record would apply: receivers are asked no more to quarantine forged mail.",
        "dmarc.missing",
      ]),
    Proposal(
      "the mail host moves to an address without a reverse name",
      [("mail    A    192.0.2.25", "mail A 192.0.2.26")],
      status: 1, ["host.ptr-missing", "26.2.0.192.in-addr.arpa", "medium 192.0.2.25 loses SPF pass"]),
  ]

  static let harmless = [
    Proposal(
      "a web site moves, and TTLs change",
      [
        ("www     A    203.0.113.80", "www     A    203.0.113.81\nshop CNAME www"), ("$TTL 3600", "$TTL 300"),
      ],
      ["--selector", "rsa-2026-03", "--sender", "192.0.2.7"], status: 0, ["0 worse, 0 better"]),
    Proposal(
      "a backup host, and a key that nothing signs with yet",
      [
        ("MX   10 mail\n", "MX   10 mail\n@ MX 20 mx2\nmx2 A 192.0.2.27\n"),
        ("rsa-2025._domainkey", "rsa-2027._domainkey TXT \"v=DKIM1; k=rsa; p=\(key)\"\nrsa-2025._domainkey"),
      ], ["--sender", "192.0.2.7"], status: 0, ["The gate is open: nothing gets worse at or above high."]),
  ]

  private static let key =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvBb/T7hlYEksgJ4cUq6OPqIZJ0uKGiC5folxFRUTEgWey8Uvy1iBWx5yS0i1kcgG\" "
    + "\"L0XdkgzgD5TnonE1H7u6ZkNLCqKl4DMKi+JlrhlblYEuCXqHtAlXbta3iJbqIDPxmqFz8m3HScAHtJs4QDvCWgvsxLKpzyeluMa6C1iJTu8R\" "
    + "\"vcZNeAtxTCWw2iCOKWatMHOLwnQZAVASFOtSjsvnJ90hWTWCDiiYW0ziDiVB9DRgc6aJ72MhuiiAKJmHBIEw5aV+CuZzWeLLQHpeOPiYySRm\" "
    + "\"Z73BUpjmCd/Ys0M8g06pj8s4IP1O5FV40iCF/Cfzo9KY6MXfq4qKGK4tuHv2QwIDAQAB"

  @Test(arguments: mistakes + harmless)
  func `a proposed zone passes or fails as it should, and the consequence is named`(_ proposal: Proposal)
    async throws
  {
    let result = try await gate(try text(of: proposal), proposal.options)
    #expect(result.status == proposal.status, "\(result.output)\(result.error)")
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for sentence in proposal.says { #expect(words.contains(sentence), "\(result.output)") }
    for line in result.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `the same zone differs in nothing`() async throws {
    let result = try await gate(try current(), ["--fail-on", "info"])
    #expect(result.status == 0)
    #expect(result.output.contains("0 worse, 0 better"), "\(result.output)")
  }

  @Test func `what mends a fault is better, and the way back is worse`() async throws {
    let broken = try current().replacing("ip4:192.0.2.7", with: "ipv4:192.0.2.7")
    let options = ["--sender", "192.0.2.7"]
    let mended = try await gate(try current(), options, from: broken)
    #expect(mended.status == 0, "\(mended.output)")
    let better = try #require(mended.output.split(separator: "\nBetter\n").last)
    #expect(better.contains("spf.unknown-mechanism"))
    #expect(mended.output.contains("good      192.0.2.7 gets SPF pass for mail of example.com."))
    #expect(try await gate(broken, options).status == 1)
  }

  @Test func `what was bad and stays bad fails only under the absolute standard`() async throws {
    let poor = try current().replacing("v=spf1 mx", with: "v=spf1 mx include:nobody.example.net")
    let harmless = poor.replacing("203.0.113.80", with: "203.0.113.81")
    let relative = try await gate(harmless, from: poor)
    #expect(relative.status == 0, "\(relative.output)")
    #expect(!relative.output.contains("spf.include-none"))
    let absolute = try await gate(harmless, ["--absolute"], from: poor)
    #expect(absolute.status == 1)
    let standing = try #require(absolute.output.split(separator: "\nAs it is now\n").last)
    #expect(standing.contains("spf.include-none"), "\(absolute.output)")
  }

  @Test func `the limit decides between open and shut`() async throws {
    let loosened = try current().replacing("p=quarantine", with: "p=none")
    let statuses = [
      try await gate(loosened).status, try await gate(loosened, ["--fail-on", "medium"]).status,
    ]
    #expect(statuses == [0, 1])
  }

  @Test func `a host of which the files tell nothing leaves the gate undecided`() async throws {
    let moved = try current().replacing("MX   10 mail", with: "MX   10 mx.example.net.")
    try await withFiles(["proposed": moved, "current": try current()]) { path in
      let result = try await Program.mailaudit.run([
        "gate", path("proposed"), "--current", path("current"), "--offline", "--sender", "192.0.2.7",
      ])
      #expect(result.status == 3, "\(result.output)\(result.error)")
      #expect(result.output.contains("offline, and no zone file holds it"))
      #expect(result.output.contains("The gate cannot tell"))
    }
  }

  @Test func `a resolver that does not answer leaves the gate undecided, and nothing is missing`()
    async throws
  {
    try await withFiles(["proposed": "$ORIGIN example.com.\nwww A 192.0.2.1\n"]) { path in
      let result = try await Program.mailaudit.run([
        "gate", path("proposed"), "--resolver", "127.0.0.1:9", "--timeout", "1", "--no-probe",
      ])
      #expect(result.status == 3, "\(result.output)\(result.error)")
      #expect(!result.output.contains("Worse"))
    }
  }

  // MARK: - Which domains

  @Test func `the domains are those with mail in either file, or those that are named`() async throws {
    let subdomain = try current() + "news MX 10 mail\n_dmarc.shop TXT \"v=DMARC1; p=reject\"\n"
    let found = try await domains(try current(), [], from: subdomain)
    #expect(found.map(\.domain) == ["example.com", "news.example.com", "shop.example.com"])
    let named = try await domains(try current(), ["--domain", "example.com"], from: subdomain)
    #expect(named.map(\.domain) == ["example.com"])
    // A forgotten final dot makes no domain.
    let doubled = try current().replacing("_dmarc  TXT", with: "_dmarc.example.com  TXT")
    #expect(try await domains(doubled, []).map(\.domain) == ["example.com"])
  }

  @Test func `with an expected configuration the domains are its own, and a wanted end is no loss`()
    async throws
  {
    let site = """
      hosts:
        mail.example.com: { addresses: [192.0.2.25] }
      domains:
        example.com: { role: parked }
        example.org: { mx: mail.example.com }
      """
    let parked = """
      $ORIGIN example.com.
      @ SOA ns1.example.net. hostmaster 2 7200 3600 1209600 300
      @ MX 0 .
      @ TXT "v=spf1 -all"
      _dmarc TXT "v=DMARC1; p=reject"
      """
    try await withFiles(["site.yaml": site]) { path in
      let found = try await domains(parked, ["--expect", path("site.yaml")])
      #expect(found.map(\.domain) == ["example.com"])
      let lost = found.flatMap(\.consequences).filter { $0.kind == "role-lost" }
      #expect(lost.map(\.severity) == ["info"])
    }
    let lost = try await domains(parked, []).flatMap(\.consequences).filter { $0.kind == "role-lost" }
    #expect(lost.map(\.severity) == ["high"])
  }

  @Test func `the domain that gets worse stands first`() async throws {
    let before =
      try current() + "a MX 10 mail\na TXT \"v=spf1 mx -all\"\nz MX 10 mail\nz TXT \"v=spf1 mx -all\"\n"
    let result = try await gate(before.replacing("z MX 10 mail", with: "z MX 10 nobody"), from: before)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("z.example.com "), "\(result.output)")
    #expect(result.output.contains("\na.example.com "))
  }

  // MARK: - Documents

  @Test func `the result for programs is what the schema says`() async throws {
    for proposal in Self.mistakes.suffix(3) + Self.harmless.suffix(1) {
      let json = try await gate(try text(of: proposal), proposal.options + ["--format", "json"]).output
      let result = try await validate(json)
      #expect(result.status == 0, "\(proposal): \(result.error)")
    }
    let json = try await gate(try current(), ["--format", "json"]).output
    #expect(json.contains("\"open\""))
    #expect(try await validate(json.replacing("\"open\"", with: "\"ajar\"")).status != 0)
  }

  @Test(arguments: mistakes + harmless)
  func `a comment on the change begins with the verdict, and says what the text says`(_ proposal: Proposal)
    async throws
  {
    let zone = try text(of: proposal)
    try await withFiles([:]) { path in
      let options = proposal.options + ["--report", "markdown=\(path("comment.md"))"]
      let result = try await gate(zone, options + ["--format", "json", "--report", "text=\(path("text"))"])
      #expect(result.status == proposal.status, "\(result.error)")
      let comment = try String(contentsOfFile: path("comment.md"), encoding: .utf8)
      let verdict = try #require(comment.split(separator: "\n").first?.dropFirst(4))
      let report = try String(contentsOfFile: path("text"), encoding: .utf8)
      #expect(report.hasSuffix("\n\n\(verdict)\n"), "\(verdict)")
      let page = try await Program(path: "/usr/bin/cmark-gfm").run(
        ["-t", "plaintext", "--width", "0", "-e", "table"], input: comment)
      for sentence in proposal.says where !sentence.contains(" worse, ") {
        #expect(page.output.contains(sentence), "\(page.output)")
      }
    }
  }

  @Test func `hostile zones write no control characters into the report`() async throws {
    let hostile =
      try current().replacing("v=spf1 mx", with: "v=spf1 \\027[31m \\226\\128\\174 <b> mx")
      + "\\027\\010x\\194\\155._domainkey TXT \"v=DKIM1; p=\"\n"
    for (zone, before) in [(hostile, try current()), (try current(), hostile)] {
      let output = try await gate(zone, from: before).output
      let bad = output.unicodeScalars.filter {
        $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
      }
      #expect(bad.isEmpty && !output.isEmpty)
    }
  }

  // MARK: - Wrong usage

  @Test(arguments: [
    (["gate"], "zonefile"),
    (["gate", "good", "--report", "html=gate.html"], "take one of text, json, markdown"),
    (["gate", "good", "--report", "json=a", "--report", "markdown=./a"], "give each a file of its own"),
    (["gate", "good", "--report", "markdown=no/such/folder/a.md"], "cannot write"),
    (["gate", "good", "--offline"], "--offline has nothing to compare with"),
    (["gate", "good", "good"], "is given twice"),
    (["gate", "good", "again", "--current", "good"], "both hold the zone example.com: give one"),
    (["gate", "bare", "--current", "good"], "does not say which zone it holds"),
    (["gate", "relative", "--current", "good"], "before any $ORIGIN"),
    (["gate", "reverse", "--current", "good"], "there is no mail domain in"),
    (["gate", "good", "--current", "nowhere"], "cannot read"),
    (["gate", "good", "--current", "good", "--min-score", "50"], "add --absolute"),
    (["gate", "good", "--current", "good", "--domain", "a..b"], "is no domain name"),
    (["gate", "good", "--current", "good", "--domain", "com"], "com is no mail domain"),
    (["gate", "reverse", "--current", "good", "--expect", "site"], "describes no domain of"),
  ])
  func `wrong usage gets a sentence and exit status 2`(arguments: [String], sentence: String) async throws {
    let files = [
      "good": try current(), "again": try current(), "bare": "www.example.com. A 192.0.2.1\n",
      "relative": "@ A 192.0.2.1\n", "reverse": "$ORIGIN 2.0.192.in-addr.arpa.\n1 PTR mail.example.com.\n",
      "site": "hosts: { mail.example.com: {} }\ndomains: { example.com: { mx: mail.example.com } }\n",
    ]
    try await withFiles(files) { path in
      let result = try await Program.mailaudit.run(arguments.map { files[$0] == nil ? $0 : path($0) })
      #expect(result.status == 2, "\(result.output)")
      #expect(result.error.contains(sentence), "\(result.error)")
      #expect(result.output.isEmpty)
    }
  }
}

// MARK: - Running it

extension GateTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Zones")

  private struct Document: Decodable {
    struct Domain: Decodable, Sendable {
      struct Consequence: Decodable, Sendable {
        let kind: String
        let severity: String
      }
      let domain: String
      let consequences: [Consequence]
    }
    let domains: [Domain]
  }

  private func current() throws -> String {
    try String(contentsOf: Self.folder.appending(path: "current.zone"), encoding: .utf8)
  }

  private func text(of proposal: Proposal) throws -> String {
    try proposal.edits.reduce(try current()) { text, edit in
      try #require(text.contains(edit.old), "current.zone has no \(edit.old)")
      return text.replacing(edit.old, with: edit.new, maxReplacements: 1)
    }
  }

  /// The gate for `zone`, with `before` (current.zone) for the world as it is.
  private func gate(
    _ zone: String, _ options: [String] = [], from before: String? = nil
  ) async throws -> Program.Result {
    var result = Program.Result(status: -1, output: "", error: "")
    try await withFiles(["proposed": zone, "current": try before ?? current()]) { path in
      result = try await Program.mailaudit.run(
        [
          "gate", path("proposed"), "--current", path("current"), "--offline", "--zone",
          Self.folder.appending(path: "world.zone").path, "--allow-addresses", "192.0.2.0/24",
          "--allow-addresses", "203.0.113.0/24",
        ] + options)
    }
    return result
  }

  private func domains(
    _ zone: String, _ options: [String], from before: String? = nil
  ) async throws -> [Document.Domain] {
    let result = try await gate(zone, options + ["--format", "json"], from: before)
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8)).domains
  }

  private func validate(_ json: String) async throws -> Program.Result {
    try await ReportSchema("Gate/gate").validate(json)
  }

  /// Writes files that are gone with the test; `body` gets what tells their paths.
  private func withFiles(
    _ files: [String: String], _ body: ((String) -> String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    try await body { folder.appending(path: $0).path }
  }
}
