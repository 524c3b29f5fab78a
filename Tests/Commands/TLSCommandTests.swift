import AuditTesting
import Foundation
import Testing

@Suite struct TLSCommandTests {
  private func run(_ arguments: String...) async throws -> Program.Result {
    try await Program.mailaudit.run(arguments)
  }

  @Test(arguments: [
    ("mail.example.com", "names no port"), ("2001:db8::1", "names no port"),
    ("mail.example.com:", "is no port"),
    ("mail.example.com:0", "is no port"), ("mail.example.com:65536", "is no port"),
    ("mail.example.com:smtp", "is no port"), (":25", "neither a name nor an address"),
    ("2001:db8::g:25", "neither a name nor an address"), ("https://example.com:443", "neither a name"),
    ("a b:25", "is no host name"), ("\u{1B}[31m:25", "is no host name"),
  ])
  func `a target that cannot be used is one clear sentence`(target: String, sentence: String) async throws {
    let result = try await run("tls", target)
    #expect(result.status == 2)
    #expect(result.error.contains(sentence), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(!result.error.contains("\u{1B}"))
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [
    (["--starttls", "ldap"], "--starttls"), (["--tlsa", "3 1 1 xyz"], "hexadecimal"),
    (["--tlsa", "4 1 1 00"], "three numbers"), (["--tlsa", "3 1 1 0011"], "2 octets"),
    (["--tlsa", ""], "three"),
    (["--offline"], "--offline"), (["--probe-timeout", "0"], "--probe-timeout"),
    (["--allow-addresses", "mail"], "--allow-addresses"), (["--helo", "localhost"], "no name for EHLO"),
    (["--ca-file", "/nowhere/ca.pem"], "cannot read"),
  ])
  func `an option that cannot be used is named`(options: [String], part: String) async throws {
    let result = try await Program.mailaudit.run(["tls", "127.0.0.1:9"] + options)
    #expect(result.status == 2)
    #expect(result.error.contains(part), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func `a typed address is connected to, however special; a closed port is refused`() async throws {
    for target in ["127.0.0.1:9", "127.0.0.1:25", "[::1]:9"] {
      let result = try await run("tls", target)
      guard !result.output.contains("no route") else { continue }
      #expect(result.output.hasPrefix("refused\n"), "\(target): \(result.output)")
      #expect(result.status == 1)
    }
  }

  @Test func `an address that the DNS tells must be public or allowed`() async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data("$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\nmail A 127.0.0.1\n".utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let target = ["tls", "mail.example.com:9", "--zone", url.path]
    let hindered = try await Program.mailaudit.run(target)
    #expect(hindered.output.hasPrefix("unknown\n") && hindered.status == 3, "\(hindered.output)")
    #expect(hindered.output.contains("--allow-addresses"))
    let allowed = try await Program.mailaudit.run(target + ["--allow-addresses", "127.0.0.0/8"])
    #expect(allowed.output.hasPrefix("refused\n") && allowed.status == 1, "\(allowed.output)")
    let json = try await Program.mailaudit.run(
      target + ["--allow-addresses", "127.0.0.0/8", "--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(document?["result"] as? String == "refused")
    #expect((document?["servers"] as? [Any])?.count == 1)
  }
}

@Suite struct ProbeOptionTests {
  @Test(arguments: [
    (["--no-probe", "--port", "25"], "leave out --port"), (["--port", "80"], "--port takes one of 25, 465"),
    (["--port", "x"], "--port"), (["--probe", "deep"], "--probe"),
    (["--probe-timeout", "301"], "--probe-timeout"),
    (["--helo", "localhost"], "no name for EHLO"), (["--ca-file", "/nowhere/ca.pem"], "cannot read"),
    (["--ca-file", "/dev/null"], "holds no certificate"),
  ])
  func `an audit says which option cannot be used`(options: [String], part: String) async throws {
    let result = try await Program.mailaudit.run(["example.com", "--resolver", "127.0.0.1:9"] + options)
    #expect(result.status == 2)
    #expect(result.error.contains(part), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func `without probes servers are not tested, and there is no table of them`() async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "mailaudit-\(UUID().uuidString).zone")
    try Data("$ORIGIN example.com.\n@ SOA . . 1 2 3 4 5\n@ MX 10 mail\nmail A 127.0.0.1\n".utf8).write(
      to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let zone = ["example.com", "--zone", url.path, "--resolver", "127.0.0.1:9", "--timeout", "0.5"]
    let silent = try await Program.mailaudit.run(zone + ["--no-probe"])
    #expect(!silent.output.contains("Mail servers"))
    let probed = try await Program.mailaudit.run(
      zone + ["--port", "25", "--helo", "probe.example.net", "--probe-timeout", "1"])
    #expect(probed.output.contains("Mail servers"))
    #expect(probed.output.contains("not tested: the address is not public"), "\(probed.output)")
  }
}
