import AuditTesting
import Testing

extension LabTests {
  /// Nobody to ask, or nobody who answers: one sentence, exit status 3, and nothing called missing.
  @Suite struct BadResolver {
    private func check(_ result: Program.Result, says sentence: String) throws {
      #expect(result.status == 3)
      let audit = try #require(try ReportDocument(result.output).audits.first)
      #expect(!audit.findings.isEmpty)
      for finding in audit.findings {
        #expect(finding.outcome != "failed")
        #expect(finding.message.contains(sentence) || finding.outcome == "notTested", "\(finding.message)")
      }
    }

    @Test func `a resolver that is silent`() async throws {
      let options = ["--resolver", "203.0.113.153", "--timeout", "0.5"]
      try check(try await Lab.shared.audit("snm.example", options), says: "no answer in time")
      let text = try await Lab.shared.run([Program.mailaudit.path, "snm.example"] + options)
      #expect(text.output.contains("Nothing could be learnt: not one question was answered."))
    }

    @Test func `a resolver that is not there`() async throws {
      let result = try await Lab.shared.audit("snm.example", ["--resolver", "192.0.2.99", "--timeout", "2"])
      try check(result, says: "the server cannot be reached")
    }

    @Test func `a network without a way to the resolver`() async throws {
      let result = try await Lab.shared.audit("snm.example", ["--resolver", "10.0.0.1", "--timeout", "2"])
      try check(result, says: "the server cannot be reached")
    }

    @Test func `a server that refuses to answer`() async throws {
      try check(
        try await Lab.shared.audit("snm.example", ["--resolver", "192.0.2.6", "--timeout", "2"]),
        says: "the server refused (REFUSED)")
    }

    @Test func `the second resolver answers where the first is silent`() async throws {
      let result = try await Lab.shared.audit(
        "snm.example", ["--resolver", "203.0.113.153", "--resolver", "2001:db8::53"])
      #expect(result.status == 0, "\(result.output)")
    }

    @Test func `no resolver is configured`() async throws {
      let command = "mount --bind /dev/null /etc/resolv.conf && exec \(Program.mailaudit.path) snm.example"
      let result = try await Lab.shared.run(["unshare", "--mount", "sh", "-c", command])
      #expect(result.status == 3)
      #expect(result.output.isEmpty)
      #expect(result.error.contains("there is nobody to ask: no name server that can be asked is configured"))
    }
  }
}
