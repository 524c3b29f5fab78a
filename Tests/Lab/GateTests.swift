import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// Changes whose consequences no zone file tells: what senders keep of a policy, and what servers show.
  @Suite struct Gate {
    private struct Document: Decodable {
      struct Domain: Decodable {
        struct Consequence: Decodable {
          let kind: String
          let severity: String
          let message: String
        }
        struct Finding: Decodable {
          let rule: String
          let change: String
        }
        let domain: String
        let consequences: [Consequence]
        let findings: [Finding]
      }
      let started: String
      let domains: [Domain]

      var consequences: [Domain.Consequence] { domains.flatMap(\.consequences) }
      var worse: [String] { domains.flatMap(\.findings).filter { $0.change == "worse" }.map(\.rule) }
    }

    /// The gate for a zone below `origin`, which is laid over what is live.
    private func gate(
      _ origin: String, _ records: String, _ options: [String] = []
    ) async throws -> (status: Int32, document: Document) {
      let lab = try await Lab.shared
      let file = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
      let zone =
        "$ORIGIN \(origin).\n$TTL 300\n@ SOA ns1.nic.example. hostmaster.nic.example. 2 3600 600 86400 300\n"
        + records
      try Data(zone.utf8).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      let result = try await lab.run(
        [
          Program.mailaudit.path, "gate", file.path, "--format", "json", "--ca-file",
          lab.authorityFile, "--probe-timeout", "10",
        ] + options + lab.surroundings)
      let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
      #expect(document.domains.map(\.domain) == [origin], "\(result.error)")
      return (result.status, document)
    }

    // MARK: - MTA-STS

    private static let policy = "mta-sts A 203.0.113.90\nmta-sts AAAA 2001:db8:113::90\n"
    private static let receiving = "@ MX 10 mail.mtasts.example.\n@ TXT \"v=spf1 mx -all\"\n"

    @Test(arguments: ["_mta-sts TXT \"v=STSv1; id=2\"\n" + policy, ""])
    func `a new MX host is outside the policy that senders keep, whatever becomes of the record`(rest: String)
      async throws
    {
      let records = Self.receiving.replacing("10 mail.mtasts", with: "10 mail.snm") + rest
      let (status, document) = try await gate("healthy.mtasts.example", records)
      #expect(status == 1)
      let outside = try #require(document.consequences.first { $0.kind == "mx-outside-policy" })
      #expect(outside.severity == "critical")
      // max_age of the policy is a week.
      let started = try Date(document.started, strategy: .iso8601)
      let until = started.addingTimeInterval(604_800).formatted(.iso8601)
      #expect(
        outside.message.hasPrefix(
          "mail.snm.example is not in the MTA-STS policy that senders keep until \(until)"),
        "\(outside.message)")
    }

    @Test func `a new id under the same policy is no loss`() async throws {
      let records = Self.receiving + "_mta-sts TXT \"v=STSv1; id=2\"\n" + Self.policy
      let (status, document) = try await gate("healthy.mtasts.example", records)
      #expect(status == 0)
      #expect(document.consequences.isEmpty && document.worse.isEmpty, "\(document)")
    }

    @Test func `the policy is fetched from where the proposed zone says`() async throws {
      let records =
        Self.receiving
        + "_mta-sts TXT \"v=STSv1; id=1\"\nmta-sts A 203.0.113.92\nmta-sts AAAA 2001:db8:113::92\n"
      let (status, document) = try await gate("healthy.mtasts.example", records)
      #expect(status == 1)
      #expect(document.worse.contains("mtasts.https-fail"), "\(document)")
    }

    // MARK: - TLSA

    private static let pinned = "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\n"
    private static let host = "mail A 198.51.100.140\nmail AAAA 2001:db8:25::140\n"

    private func record() async throws -> String {
      let lab = try await Lab.shared
      let answer = try await lab.run(["dig", "+short", "_25._tcp.mail.right.dane.example", "TLSA"])
      return answer.output.split(separator: "\n").map { "_25._tcp.mail TLSA \($0)\n" }.joined()
    }

    @Test func `a TLSA record of another key does not match the certificate that is served`() async throws {
      let records =
        Self.pinned + Self.host + "_25._tcp.mail TLSA 3 1 1 " + String(repeating: "00", count: 32) + "\n"
      let (status, document) = try await gate("right.dane.example", records, ["--fail-on", "medium"])
      #expect(status == 1)
      let mismatches = document.consequences.filter { $0.kind == "tlsa-mismatch" }
      #expect(mismatches.count == 2, "\(document)")
      for mismatch in mismatches {
        #expect(mismatch.message.hasPrefix("TLSA does not match the certificate that is served"))
      }
      #expect(document.worse.contains("dane.mismatch"))
    }

    @Test func `the record that is live, and one for the next key, are no loss`() async throws {
      let records =
        Self.pinned + Self.host + (try await record()) + "_25._tcp.mail TLSA 3 1 1 "
        + String(repeating: "11", count: 32) + "\n"
      let (status, document) = try await gate("right.dane.example", records, ["--fail-on", "low"])
      #expect(status == 0)
      #expect(document.consequences.isEmpty && document.worse.isEmpty, "\(document)")
    }

    @Test func `the server at a proposed address is called, and shows what it serves`() async throws {
      let moved = "mail A 198.51.100.141\nmail AAAA 2001:db8:25::141\n"
      let (status, document) = try await gate(
        "right.dane.example", Self.pinned + moved + (try await record()))
      #expect(status == 1)
      #expect(document.consequences.contains { $0.kind == "tlsa-mismatch" }, "\(document)")
      #expect(document.worse.contains("cert.name-mismatch"), "\(document.worse)")
    }
  }
}
