import AuditTesting
import Testing

extension LabTests {
  /// Audits of the domains that are signed, well and badly, and through resolvers that are not what they should be.
  @Suite struct Trust {
    private func audit(_ domain: String, _ options: [String] = []) async throws -> ReportDocument.Audit {
      let result = try await Lab.shared.audit(domain, options)
      return try #require(try ReportDocument(result.output).audits.first, "\(result.error)")
    }

    private func failed(_ audit: ReportDocument.Audit) -> Set<String> {
      Set(audit.findings.filter { $0.outcome == "failed" }.map(\.rule))
    }

    @Test(arguments: [
      ("expired", "dnssec.bogus"), ("changed", "dnssec.bogus"), ("stripped", "dnssec.bogus"),
      ("wrong-ds", "dnssec.ds-no-match"), ("no-dnskey", "dnssec.ds-no-match"),
      ("future", "dnssec.sig-inception-future"), ("no-nsec", "dnssec.denial-broken"),
      ("sha1-ds", "dnssec.ds-sha1-only"), ("rsasha1", "dnssec.algo-sha1"),
      ("unknown-algorithm", "dnssec.algo-private"), ("nsec3-500", "dnssec.nsec3-iterations"),
      ("opt-out", "dnssec.nsec3-optout"), ("island", "dnssec.island"), ("plain", "dnssec.unsigned"),
    ])
    func `a disease of signing is named`(zone: String, rule: String) async throws {
      let failed = failed(try await audit("\(zone).example"))
      #expect(failed.contains(rule), "\(failed)")
    }

    @Test(arguments: ["p256", "rsa", "ed25519", "nsec3"])
    func `a healthy signed domain has nothing wrong with its signatures`(zone: String) async throws {
      let audit = try await audit("\(zone).example")
      #expect(failed(audit).filter { $0.hasPrefix("dnssec.") }.isEmpty)
      #expect(
        !audit.findings.contains { $0.outcome == "failed" && ["critical", "high"].contains($0.severity) })
    }

    @Test(arguments: ["expired", "changed", "stripped", "wrong-ds", "no-dnskey", "no-nsec"])
    func `what is bogus never counts as signed, nor as unsigned`(zone: String) async throws {
      let failed = failed(try await audit("\(zone).example"))
      #expect(failed.isDisjoint(with: ["dnssec.unsigned", "dane.insecure", "dane.missing", "dane.mismatch"]))
    }

    @Test func `the new record is judged while the cache holds the old one`() async throws {
      let audit = try await audit("moved.example", ["--resolver", "192.0.2.58"])
      let finding = try #require(audit.findings.first { $0.rule == "dns.cache-stale" })
      #expect(finding.outcome == "failed" && finding.severity == "info")
      #expect(finding.message.contains("192.0.2.58"))
    }

    // MARK: - One's own network

    @Test(arguments: [
      ("192.0.2.53", "ok", ""), ("192.0.2.54", "ok", ""), ("192.0.2.55", "trouble", "DNSSEC"),
      ("192.0.2.56", "trouble", "do not exist"), ("192.0.2.57", "trouble", "denies"),
      ("203.0.113.153", "unknown", "no answer"),
    ])
    func `doctor says what a resolver does`(resolver: String, word: String, why: String) async throws {
      let lab = try await Lab.shared
      let networks = lab.surroundings.drop { $0 != "--allow-addresses" }
      let result = try await lab.run(
        [Program.mailaudit.path, "doctor", "--resolver", resolver, "--timeout", "3"] + networks)
      #expect(result.output.hasPrefix("\(word)\n"), "\(result.output)")
      #expect(why.isEmpty || result.output.contains(why), "\(result.output)")
    }

    @Test func `a resolver that strips signatures makes nothing insecure`() async throws {
      let audit = try await audit("p256.example", ["--resolver", "192.0.2.55"])
      #expect(failed(audit).isDisjoint(with: ["dnssec.unsigned", "dnssec.bogus", "dane.insecure"]))
    }

    @Test func `a resolver that denies everything proves nothing`() async throws {
      let result = try await Lab.shared.audit(
        "snm.example", ["--resolver", "192.0.2.57", "--view", "recursive"])
      #expect(result.status == 3)
      let audit = try #require(try ReportDocument(result.output).audits.first)
      #expect(failed(audit).isEmpty, "\(failed(audit))")
    }
  }
}
