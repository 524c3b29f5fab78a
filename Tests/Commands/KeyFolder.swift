import AuditTesting
import Foundation

/// A folder with the key files that `ExpectationSamples` name, made by openssl once for all tests.
enum KeyFolder {
  static let shared = Task { try await make() }

  private static func make() async throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mailaudit-keys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func path(_ name: String) -> String { folder.appending(path: name).path }
    func openssl(_ arguments: String...) async throws {
      let result = try await Program(path: "/usr/bin/openssl").run(arguments)
      guard result.status == 0 else { throw CocoaError(.executableLoad, userInfo: ["error": result.error]) }
    }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }

    try await openssl("genrsa", "-out", path("rsa.pem"), "2048")
    try await openssl("genrsa", "-out", path("rsa512.pem"), "512")
    try await openssl("rsa", "-in", path("rsa.pem"), "-pubout", "-out", path("public.pem"))
    try await openssl(
      "rsa", "-in", path("rsa.pem"), "-aes128", "-passout", "pass:secret", "-out", path("encrypted.pem"))
    try await openssl("genpkey", "-algorithm", "ed25519", "-out", path("ed25519.pem"))
    try await openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", path("p256.pem"))
    try await openssl(
      "req", "-x509", "-key", path("rsa.pem"), "-subj", "/CN=mail.example.com", "-days", "2", "-out",
      path("certificate.pem"))
    let pem = try String(contentsOf: folder.appending(path: "public.pem"), encoding: .utf8)
    let key = pem.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
    try write(record("file", key), "file.txt")
    try write(record("mail", key), "mail.txt")
    try write(record("cut", String(key.prefix(200))), "cut.txt")
    try write(record("mail", key) + record("old", key), "two.txt")
    try write("mail._domainkey IN A 192.0.2.1\n", "a.txt")
    try write("$INCLUDE /etc/passwd\n" + record("mail", key), "include.txt")
    try write("no record at all\n", "noise.txt")
    try write("mail._domainkey IN TXT \"v=DKIM1\n", "broken.txt")
    let secret = try String(contentsOf: folder.appending(path: "rsa.pem"), encoding: .utf8)
    try write(
      secret.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined(separator: "\n"), "headless.pem")
    try await openssl("rsa", "-in", path("rsa.pem"), "-outform", "der", "-out", path("rsa.der"))
    try write("", "empty.txt")
    try write(String(repeating: "; a comment\n", count: 2000), "big.txt")
    try write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged.pem")
    try write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged-certificate.pem")
    for (domain, selector) in [
      ("example.com", "mail"), ("srs.example.com", "mail"), ("example.org", "rsa-2026"),
    ] {
      try write(record(selector, key), "\(domain).\(selector).txt")
    }
    return folder
  }

  /// As rspamadm writes it.
  private static func record(_ selector: String, _ key: String) -> String {
    let (head, tail) = (key.prefix(253), key.dropFirst(253))
    return "\(selector)._domainkey IN TXT ( \"v=DKIM1; k=rsa; \"\n\t\"p=\(head)\"\n\t\"\(tail)\" ) ;\n"
  }
}
