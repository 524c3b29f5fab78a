import AuditTesting
import Foundation
import Testing

extension LabTests {
  /// `mailaudit tls` on real servers, well and sick.
  @Suite struct TLS {
    private func tls(_ target: String, _ options: [String] = []) async throws -> Program.Result {
      let lab = try await Lab.shared
      return try await lab.run(
        [Program.mailaudit.path, "tls", target, "--ca-file", lab.authorityFile, "--probe-timeout", "5"]
          + options
          + lab.surroundings)
    }

    @Test(arguments: [
      ("mail.snm.example:25", "ok", Int32(0)), ("mail.snm.example:465", "ok", 0),
      ("mail.fc.example:4190", "ok", 0), ("mail.fc.example:143", "ok", 0), ("mail.fc.example:443", "ok", 0),
      ("mail.snm.example:587", "refused", 1), ("mail.expired.cert.example:25", "expired", 1),
      ("mail.future.cert.example:993", "expired", 1), ("mail.self-signed.cert.example:25", "untrusted", 1),
      ("mail.incomplete.cert.example:465", "untrusted", 1),
      ("mail.wrong-name.cert.example:25", "mismatch", 1),
      ("mail.no-starttls.tls.example:25", "none", 1), ("mail.plain-465.tls.example:465", "failed", 1),
      ("mail.starttls-plaintext.scripted.example:25", "failed", 1),
      ("mail.closes.scripted.example:25", "failed", 1),
      ("mail.starttls-454.scripted.example:25", "unknown", 3),
      ("mail.busy.scripted.example:25", "unknown", 3), ("mail.injected.scripted.example:25", "ok", 0),
      ("nobody.snm.example:25", "unknown", 3),
    ])
    func `the word and the exit status say how a server is`(target: String, word: String, status: Int32)
      async throws
    {
      let result = try await tls(target)
      #expect(result.output.split(separator: "\n").first.map(String.init) == word, "\(result.output)")
      #expect(result.status == status)
    }

    @Test(arguments: ["escapes", "injected", "endless-banner", "tarpit"])
    func `what a hostile server writes reaches nobody's terminal`(host: String) async throws {
      let result = try await tls("mail.\(host).scripted.example:25")
      #expect(
        !result.output.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }

    @Test(arguments: ["mail.injected.scripted.example:25", "mail.plain-465.tls.example:465"])
    func `what came in place of TLS is shown`(target: String) async throws {
      #expect(try await tls(target).output.contains("\n  plaintext     in place of TLS, not listened to: \""))
    }

    @Test func `the record that is printed matches, another one does not`() async throws {
      let json = try await tls("mail.snm.example:25", ["--format", "json"])
      let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
      let record = try #require(document.servers.first?.record)
      #expect(record.hasPrefix("_25._tcp.mail.snm.example. IN TLSA 3 1 1 "))
      #expect(try await tls("mail.snm.example:25", ["--tlsa", record]).status == 0)
      let wrong = "3 1 1 " + String(repeating: "00", count: 32)
      #expect(try await tls("mail.snm.example:25", ["--tlsa", wrong]).output.hasPrefix("mismatch\n"))
      // One of several is enough (RFC 6698 §2.1).
      #expect(try await tls("mail.snm.example:25", ["--tlsa", wrong, "--tlsa", record]).status == 0)
    }

    private struct Document: Decodable {
      struct Server: Decodable { let record: String? }
      let servers: [Server]
    }

    @Test(arguments: [
      ("right", ["match", "match"]), ("wrong", ["no match", "no match"]),
      ("half-algorithm", ["partly", "partly"]),
      ("half-address", ["match", "no match", "match", "no match"]),
      ("no-starttls", ["no STARTTLS: ", "no STARTTLS: "]),
    ])
    func `the table of an audit compares each address with the TLSA records`(host: String, ends: [String])
      async throws
    {
      let lab = try await Lab.shared
      let result = try await lab.run(
        [
          Program.mailaudit.path, "\(host).dane.example", "--port", "25", "--ca-file", lab.authorityFile,
        ] + lab.surroundings)
      let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("     25  smtp   STARTTLS") }
      #expect(lines.count == ends.count)
      for (line, end) in zip(lines, ends) { #expect(line.contains(" " + end), "\(line)") }
    }
  }
}
