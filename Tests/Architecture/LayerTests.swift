import Foundation
import Testing

/// The layers of Sources/README.md, held to by reading the imports: the compiler checks that an import is declared,
/// this checks that a declaration may exist.
@Suite struct LayerTests {
  /// For each folder the modules of this package, C libraries and others that its files may import.
  private static let allowed: [String: Set<String>] = [
    "Sources/Basics/DNSData": [],
    "Sources/Basics/Crypto": ["COpenSSL", "DNSData", "Evidence"],
    "Sources/Basics/IDN": ["CIDN2", "DNSData"],
    "Sources/Basics/PublicSuffix": ["CPSL", "DNSData"],
    "Sources/Basics/TagList": [],
    "Sources/Basics/URISyntax": ["DNSData"],
    "Sources/Basics/XML": ["CExpat"],
    "Sources/Basics/Evidence": ["DNSData"],
    "Sources/Basics/Dialogues": ["DNSData", "Evidence"],
    "Sources/Standards/SPF": ["DNSData"],
    "Sources/Standards/DKIM": ["DNSData", "Crypto", "TagList"],
    "Sources/Standards/DMARC": ["DNSData", "TagList", "URISyntax"],
    "Sources/Standards/MTASTS": ["DNSData", "TagList"],
    "Sources/Standards/TLSRPT": ["DNSData", "TagList", "URISyntax"],
    "Sources/Standards/DANE": ["DNSData"],
    "Sources/Standards/CAA": ["DNSData", "URISyntax"],
    "Sources/Standards/DNSSEC": ["DNSData", "Evidence", "Crypto"],
    "Sources/Standards/MailDiscovery": ["DNSData"],
    "Sources/Standards/BIMI": ["DNSData", "TagList", "URISyntax"],
    "Sources/Standards/DNSBL": ["DNSData", "Evidence"],
    "Sources/Standards/SMTP": ["DNSData", "Dialogues", "Evidence"],
    "Sources/Standards/IMAP": ["Dialogues", "Evidence"],
    "Sources/Standards/POP3": ["Dialogues", "Evidence"],
    "Sources/Standards/ManageSieve": ["Dialogues", "Evidence"],
    "Sources/Standards/Autoconfig": ["DNSData", "XML"],
    "Sources/Wire/LDNS": ["CLDNS", "DNSData"],
    "Sources/Wire/DNSClient": ["LDNS", "DNSData", "Evidence", "NIOCore", "NIOPosix", "Glibc", "Musl"],
    "Sources/Wire/TLS": ["COpenSSL", "Crypto", "DNSData", "Evidence", "Synchronization"],
    "Sources/Wire/MailClient": [
      "TLS", "SMTP", "IMAP", "POP3", "ManageSieve", "Dialogues", "Crypto", "DNSData", "Evidence", "NIOCore",
      "NIOPosix",
      "Glibc", "Musl",
    ],
    "Sources/Wire/HTTPS": ["CCurl", "DNSData", "Evidence", "Synchronization", "Glibc", "Musl"],
    "Sources/Audit/Capture": ["Evidence", "DNSData", "FoundationEssentials"],
    "Sources/Audit/Collector": [
      "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA", "MailDiscovery", "BIMI", "DNSBL",
      "Autoconfig", "DNSData", "Evidence", "PublicSuffix", "URISyntax", "Crypto", "Synchronization",
    ],
    "Sources/Audit/Expectation": [
      "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "CAA", "MailDiscovery", "DNSData", "Evidence",
      "PublicSuffix",
    ],
    "Sources/Audit/Verdict": [
      "Expectation",
      "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA", "MailDiscovery", "BIMI", "DNSBL",
      "DNSData", "Autoconfig", "Evidence", "PublicSuffix", "URISyntax", "Crypto", "Synchronization",
    ],
    "Sources/Audit/ChangePlan": [
      "Verdict", "Expectation", "DKIM", "MTASTS", "DNSData", "Evidence", "PublicSuffix",
    ],
    "Rules": [
      "Verdict", "Expectation", "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA",
      "MailDiscovery", "BIMI", "DNSBL",
      "DNSData", "Autoconfig", "Evidence", "TagList", "URISyntax", "Crypto",
    ],
    "Reports": [
      "ChangePlan", "Verdict", "Expectation", "Evidence", "SPF", "DMARC", "DNSSEC", "Crypto", "DNSData",
      "FoundationEssentials", "Mustache",
    ],
  ]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: allowed.keys.sorted())
  func `a target imports only what its layer allows`(folder: String) throws {
    let files = try Self.swiftFiles(in: folder)
    #expect(!files.isEmpty)
    for file in files {
      for module in try Self.imports(of: file) {
        #expect(Self.allowed[folder]?.contains(module) == true, "\(file.path) imports \(module)")
      }
    }
  }

  @Test func `every folder of targets is held to a layer`() throws {
    for group in ["Basics", "Standards", "Wire", "Audit"] {
      let folders = try FileManager.default.contentsOfDirectory(
        at: Self.root.appending(path: "Sources/\(group)"), includingPropertiesForKeys: nil)
      for folder in folders { #expect(Self.allowed["Sources/\(group)/\(folder.lastPathComponent)"] != nil) }
    }
  }

  @Test func `nothing pure looks at a clock, a file or chance`() throws {
    let forbidden = [
      "Date()", "ContinuousClock", "FileManager", "SystemRandomNumberGenerator", ".random(in:", "getenv(",
    ]
    let pure =
      ["Basics", "Standards", "Audit/Capture", "Audit/Verdict", "Audit/ChangePlan"].map { "Sources/\($0)" }
      + [
        "Rules", "Reports",
      ]
    for file in try pure.flatMap(Self.swiftFiles) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in forbidden { #expect(!text.contains(word), "\(file.path) mentions \(word)") }
    }
  }

  @Test func `foreign input meets no trap: no force, no fatalError`() throws {
    for file in try ["Sources", "Rules", "Reports"].flatMap(Self.swiftFiles) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for word in ["try!", "as!", "fatalError(", "precondition(", "preconditionFailure("] {
        #expect(!text.contains(word), "\(file.path) uses \(word)")
      }
    }
  }

  private static func swiftFiles(in folder: String) throws -> [URL] {
    let enumerator = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (enumerator?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  private static func imports(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else {
        return nil
      }
      return String(words[index + 1])
    }
  }
}
