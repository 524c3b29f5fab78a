import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// Blocklists of every kind of illness, asked through a real resolver; `Zoo/listed.example.zone` tells the findings.
  @Suite struct Blocklists {
    static let file = Lab.folder.appending(path: "blocklists.yaml").path

    private func audit(_ domain: String, _ options: [String] = []) async throws -> ReportDocument.Audit {
      let result = try await Lab.shared.audit(
        domain, ["--blocklists", "--blocklist-file", Self.file] + options)
      return try #require(try ReportDocument(result.output).audits.first, "\(result.error)")
    }

    private func messages(_ audit: ReportDocument.Audit, _ rule: String, _ outcome: String) -> [String] {
      audit.findings.filter { $0.rule == rule && $0.outcome == outcome }.map(\.message)
    }

    @Test func `both families and the name are found, each with what the list says`() async throws {
      let audit = try await audit("listed.example")
      #expect(
        messages(audit, "dnsbl.listed-major", "failed") == [
          "2001:db8:25::90 is listed in good.bl.example: spam (https://good.bl.example/remove)."
        ])
      #expect(
        messages(audit, "dnsbl.listed-pbl", "failed") == [
          "198.51.100.90 is listed in good.bl.example: a home line (https://good.bl.example/remove)."
        ])
      #expect(
        messages(audit, "dnsbl.domain-listed", "failed") == [
          "listed.example is listed in names.bl.example: links in spam."
        ])
    }

    @Test func `each sick list is told once, and none of them lists anybody`() async throws {
      let audit = try await audit("snm.example")
      #expect(messages(audit, "dnsbl.selftest", "failed").count == 2)
      for (rule, zone) in [
        ("dnsbl.selftest", "everything.bl.example lists what must not be listed"),
        ("dnsbl.selftest", "nothing.bl.example does not list its test entry"),
        ("dnsbl.resolver-blocked", "refusing.bl.example answers with an error code"),
        ("dnsbl.answer-not-127", "parked.bl.example answers with an address outside 127.0.0.0/8"),
      ] { #expect(messages(audit, rule, "failed").count { $0.hasPrefix(zone) } == 1, "\(zone)") }
      #expect(!audit.findings.contains { $0.message.contains("is listed in") })
      let unknown = audit.findings.filter { $0.rule == "dnsbl.listed-major" }
      #expect(unknown.map(\.outcome) == ["unknown"])
      #expect(audit.passed.contains("dnsbl.listed-pbl") && audit.passed.contains("dnsbl.domain-listed"))
    }

    @Test func `without blocklists nothing is said of them`() async throws {
      let plain = try await Lab.shared.audit("snm.example", ["--selector", "mail"])
      let audit = try #require(try ReportDocument(plain.output).audits.first)
      #expect(audit.notApplicable.count { $0.hasPrefix("dnsbl.") } == 8)
      #expect(!plain.output.contains("bl.example"))
    }

    @Test func `a list behind a key answers who has it, and the key is in no report`() async throws {
      let lists = FileManager.default.temporaryDirectory.appending(
        path: "mailaudit-\(UUID().uuidString).yaml")
      try Data(
        """
        lists:
          - zone: keyed.bl.example
            keyed-zone: dq.bl.example
            kind: addresses
            self-test: rfc5782
            codes: [{ code: 127.0.0.2, weight: major, meaning: spam }]
            errors: [127.255.255.252-127.255.255.255]
        """.utf8
      ).write(to: lists)
      defer { try? FileManager.default.removeItem(at: lists) }
      let options = ["--blocklists", "--blocklist-file", lists.path]
      let refused = try await Lab.shared.audit("listed.example", options)
      #expect(refused.status == 0 && refused.output.contains("keyed.bl.example answers with an error code"))
      for format in ["json", "text"] {
        let keyed = try await Lab.shared.audit(
          "listed.example", options + ["--dqs-key", "TestKey0123", "--format", format, "--verbose"])
        #expect(keyed.status == 1 && keyed.output.contains("198.51.100.90 is listed in keyed.bl.example"))
        #expect(!(keyed.output + keyed.error).lowercased().contains("testkey"))
      }
      let silent = try await Lab.shared.audit(
        "listed.example",
        options + ["--dqs-key", "testkey0123", "--resolver", "203.0.113.153", "--timeout", "0.5"])
      #expect(!(silent.output + silent.error).contains("testkey"))
    }
  }
}
