import AuditTesting
import Foundation
import Testing

@Suite struct LintTests {
  @Test(arguments: [
    ("spf", "v=spf1 mx -all", "ok", Int32(0)), ("spf", "v=spf1 ipv4:192.0.2.1 -all", "error", 1),
    ("spf", "v=spf10", "ignored", 1), ("dkim", "v=DKIM1; p=", "revoked", 1), ("dkim", "hello", "ignored", 1),
    ("dkim", "v=DKIM1; k=x; p=YQ==", "unsupported", 1), ("dkim", "v=DKIM1; p=!", "error", 1),
    ("dkim", "v=DKIM1; k=ed25519; s=tlsrpt; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "unusable", 1),
    ("dkim", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "ok", 0),
    ("dmarc", "v=DMARC1; p=none", "ok", 0), ("dmarc", "v=DMARC1; p=no", "error", 1),
    ("dmarc", "v=spf1 -all", "ignored", 1), ("dmarc", "p=none; v=DMARC1", "error", 1),
    ("mta-sts", "v=STSv1; id=20261121;", "ok", 0), ("mta-sts", "v=STSv1; id=2026-11-21", "error", 1),
    ("mta-sts", "v=spf1 -all", "ignored", 1), ("mta-sts", "v=STSv1", "error", 1),
    (
      "mta-sts-policy", "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n",
      "ok", 0
    ),
    ("mta-sts-policy", "version: STSv1\nmode: enforce\nmax_age: 604800\n", "error", 1),
    ("mta-sts-policy", "<html>", "ignored", 1),
    ("tls-rpt", "v=TLSRPTv1; rua=mailto:tls@example.com", "ok", 0),
    ("tls-rpt", "v=TLSRPTv1; rua=tls@example.com", "error", 1), ("tls-rpt", "hello", "ignored", 1),
  ])
  func `lint prints its word first and exits by it`(
    kind: String, text: String, word: String, status: Int32
  ) async throws {
    let direct = try await Program.mailaudit.run(["lint", kind, text])
    #expect(
      direct.output.split(separator: "\n").first.map(String.init) == word, "\(direct.output)\(direct.error)")
    #expect(direct.status == status)
    let piped = try await Program.mailaudit.run(["lint", kind, "-"], input: text)
    #expect(piped.output == direct.output && piped.status == status)
  }

  @Test func `lint says where the fault is`() async throws {
    let result = try await Program.mailaudit.run(["lint", "spf", "v=spf1 ip4:192.0.2.300 -all"])
    #expect(result.output.contains("error at octet 12: An ip4 term has no IPv4 address."), "\(result.output)")
  }

  @Test(arguments: [
    ("mta-sts", "v=STSv1; id=1-2", "error at octet 13: The value of id"),
    ("mta-sts-policy", "version: STSv1\nmode: on\n", "error at octet 22: The value of mode"),
    ("tls-rpt", "v=TLSRPTv1; rua=ftp://example.com/", "error at octet 17: A report address begins neither"),
  ])
  func `lint says where the fault of a TLS policy is`(kind: String, text: String, line: String) async throws {
    let result = try await Program.mailaudit.run(["lint", kind, text])
    #expect(result.output.contains(line), "\(result.output)")
  }

  @Test func `standard input is read octet for octet`() async throws {
    let result = try await Program.mailaudit.run(["lint", "spf", "-"], input: "v=spf1 mx -all\n")
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("error\n"))
  }
}
