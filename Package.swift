// swift-tools-version: 6.2
import PackageDescription

// The layers, from the bottom up; Sources/README.md explains them. Each target may import only what is
// listed here: the build runs with --explicit-target-dependency-import-check error.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]

func bridge(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/Bridges/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func layer(
  _ folder: String, _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)", resources: resources,
    swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "mailaudit",
  products: [.executable(name: "mailaudit", targets: ["mailaudit"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // 0: C made importable
    bridge("CLDNS", pkgConfig: "ldns", apt: "libldns-dev"),
    bridge("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
    bridge("CIDN2", pkgConfig: "libidn2", apt: "libidn2-dev"),
    bridge("CPSL", pkgConfig: "libpsl", apt: "libpsl-dev"),
    bridge("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    bridge("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),

    // 1: values
    layer("Basics", "DNSData"),
    layer("Basics", "IDN", ["CIDN2", "DNSData"]),
    layer("Basics", "PublicSuffix", ["CPSL", "DNSData"]),
    layer("Basics", "TagList"),
    layer("Basics", "URISyntax", ["DNSData"]),
    layer("Basics", "XML", ["CExpat"]),
    layer("Basics", "Evidence", ["DNSData"]),
    layer("Basics", "Crypto", ["COpenSSL", "DNSData", "Evidence"]),
    layer("Basics", "Dialogues", ["DNSData", "Evidence"]),

    // 2: one standard each
    layer("Standards", "SPF", ["DNSData"]),
    layer("Standards", "DKIM", ["DNSData", "Crypto", "TagList"]),
    layer("Standards", "DMARC", ["DNSData", "TagList", "URISyntax"]),
    layer("Standards", "MTASTS", ["DNSData", "TagList"]),
    layer("Standards", "TLSRPT", ["DNSData", "TagList", "URISyntax"]),
    layer("Standards", "DANE", ["DNSData"]),
    layer("Standards", "CAA", ["DNSData", "URISyntax"]),
    layer("Standards", "DNSSEC", ["DNSData", "Evidence", "Crypto"]),
    layer("Standards", "MailDiscovery", ["DNSData"]),
    layer("Standards", "BIMI", ["DNSData", "TagList", "URISyntax"]),
    layer("Standards", "DNSBL", ["DNSData", "Evidence"]),
    layer("Standards", "SMTP", ["DNSData", "Dialogues", "Evidence"]),
    layer("Standards", "IMAP", ["Dialogues", "Evidence"]),
    layer("Standards", "POP3", ["Dialogues", "Evidence"]),
    layer("Standards", "ManageSieve", ["Dialogues", "Evidence"]),
    layer("Standards", "Autoconfig", ["DNSData", "XML"]),

    // 3: what touches the network
    layer("Wire", "LDNS", ["CLDNS", "DNSData"]),
    layer("Wire", "DNSClient", ["LDNS", "DNSData", "Evidence"] + nio),
    layer("Wire", "TLS", ["COpenSSL", "Crypto", "DNSData", "Evidence"]),
    layer(
      "Wire", "MailClient",
      ["TLS", "SMTP", "IMAP", "POP3", "ManageSieve", "Dialogues", "Crypto", "DNSData", "Evidence"] + nio),
    layer("Wire", "HTTPS", ["CCurl", "DNSData", "Evidence"]),

    // 4 to 6: look, judge, plan
    layer(
      "Audit", "Collector",
      [
        "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA", "MailDiscovery", "BIMI", "DNSBL",
        "Autoconfig",
        "DNSData",
        "Evidence", "PublicSuffix", "URISyntax", "Crypto",
      ]),
    layer("Audit", "Capture", ["Evidence", "DNSData"]),
    layer(
      "Audit", "Expectation",
      [
        "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "CAA", "MailDiscovery", "DNSData", "Evidence",
        "PublicSuffix",
      ]),
    layer(
      "Audit", "Verdict",
      [
        "Expectation",
        "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA", "MailDiscovery", "BIMI", "DNSBL",
        "Autoconfig",
        "DNSData",
        "Evidence", "PublicSuffix", "URISyntax", "Crypto",
      ]),
    layer(
      "Audit", "ChangePlan",
      ["Verdict", "Expectation", "DKIM", "MTASTS", "DNSData", "Evidence", "PublicSuffix"]),

    // 7: the checks and the pages
    .target(
      name: "Rules",
      dependencies: [
        "Verdict", "Expectation", "SPF", "DKIM", "DMARC", "MTASTS", "TLSRPT", "DANE", "DNSSEC", "CAA",
        "MailDiscovery", "BIMI",
        "DNSBL", "Autoconfig",
        "DNSData", "Evidence", "TagList", "URISyntax", "Crypto",
      ],
      path: "Rules", exclude: ["README.md"],
      resources: [.embedInCode("Profiles"), .embedInCode("Blocklists")], swiftSettings: settings),
    .target(
      name: "Reports",
      dependencies: [
        "ChangePlan", "Verdict", "Expectation", "Evidence", "SPF", "DMARC", "DNSSEC", "Crypto", "DNSData",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      path: "Reports",
      exclude: [
        "JSON/report.schema.json", "NDJSON/audit.schema.json", "Plan/plan.schema.json",
        "Gate/gate.schema.json", "Wait/wait.schema.json", "Machine/doctor.schema.json",
      ],
      resources: [.embedInCode("HTML/Templates")], swiftSettings: settings),

    // 8: the command
    .executableTarget(
      name: "mailaudit",
      dependencies: [
        "Capture", "Collector", "Expectation", "Verdict", "ChangePlan", "Rules", "Reports", "DNSClient",
        "LDNS",
        "MailClient", "TLS",
        "HTTPS",
        "Crypto", "IDN", "PublicSuffix",
        "SPF",
        "DKIM", "DMARC", "MTASTS", "TLSRPT", "CAA", "DNSSEC", "MailDiscovery", "DNSBL", "URISyntax",
        "DNSData",
        "Evidence",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ],
      path: "Sources/mailaudit",
      resources: [
        .embedInCode("Example/example.com.zone"), .embedInCode("Expected/expected.schema.json"),
        .embedInCode("Expected/Import/mailserver.nix"),
      ],
      swiftSettings: settings),

    // Tests
    .target(
      name: "AuditTesting",
      dependencies: ["Collector", "Expectation", "Verdict", "DNSSEC", "Evidence", "DNSData"],
      path: "Tests/AuditTesting", swiftSettings: settings),
    .target(
      name: "ZoneTesting", dependencies: ["ChangePlan", "SeededRandom", "DNSData"], path: "Tests/ZoneTesting",
      swiftSettings: settings),
    .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
    .target(
      name: "CertificateTesting", dependencies: ["COpenSSL", "DNSData"], path: "Tests/CertificateTesting",
      swiftSettings: settings),
    .target(
      name: "DialogueTesting", dependencies: ["Dialogues", "Evidence", "SeededRandom"],
      path: "Tests/DialogueTesting", swiftSettings: settings),
    .target(
      name: "SigningTesting", dependencies: ["DNSSEC", "DNSData"], path: "Tests/SigningTesting",
      swiftSettings: settings),
    .target(
      name: "CBare", dependencies: ["COpenSSL", "CCurl"], path: "Tests/Benchmark/CBare"),
    .executableTarget(
      name: "bench",
      dependencies: ["CBare", "MailClient", "HTTPS", "DNSSEC", "Crypto", "DNSData", "Evidence"],
      path: "Tests/Benchmark/Bench", swiftSettings: settings),
    tests("Architecture", []),
    tests("DNSData", ["DNSData", "SeededRandom"]),
    tests(
      "Crypto", ["Crypto", "COpenSSL", "CertificateTesting", "SeededRandom", "Evidence", "DNSData"],
      exclude: ["OpenSSL"]),
    tests("IDN", ["IDN", "DNSData"]),
    tests("PublicSuffix", ["PublicSuffix", "DNSData"]),
    tests("TagList", ["TagList"]),
    tests("URISyntax", ["URISyntax", "DNSData", "SeededRandom"]),
    tests("SPF", ["SPF", "DNSData", "SeededRandom"]),
    tests("DKIM", ["DKIM", "Crypto", "TagList", "DNSData", "SeededRandom"]),
    tests("DMARC", ["DMARC", "TagList", "URISyntax", "DNSData", "SeededRandom"]),
    tests("MTASTS", ["MTASTS", "TagList", "DNSData", "SeededRandom"]),
    tests("TLSRPT", ["TLSRPT", "TagList", "URISyntax", "DNSData", "SeededRandom"]),
    tests("DANE", ["DANE", "DNSData", "SeededRandom"]),
    tests("CAA", ["CAA", "URISyntax", "DNSData", "SeededRandom"]),
    tests("DNSSEC", ["DNSSEC", "SigningTesting", "Evidence", "DNSData", "SeededRandom"]),
    tests("MailDiscovery", ["MailDiscovery", "DNSData", "SeededRandom"]),
    tests("BIMI", ["BIMI", "TagList", "URISyntax", "DNSData", "SeededRandom"]),
    tests("XML", ["XML", "SeededRandom"]),
    tests("Evidence", ["Evidence", "DNSData"]),
    tests(
      "Capture", ["Capture", "Rules", "Verdict", "Evidence", "DNSData", "AuditTesting", "SeededRandom"],
      exclude: ["Kept"]),
    tests("DNSBL", ["DNSBL", "DNSData", "Evidence"]),
    tests("TLS", ["TLS", "Crypto", "COpenSSL", "CertificateTesting", "SeededRandom", "Evidence", "DNSData"]),
    tests("Dialogues", ["Dialogues", "Evidence"]),
    tests("SMTP", ["SMTP", "DialogueTesting", "Dialogues", "Evidence", "DNSData"]),
    tests("IMAP", ["IMAP", "DialogueTesting", "Dialogues", "Evidence"]),
    tests("POP3", ["POP3", "DialogueTesting", "Dialogues", "Evidence"]),
    tests("ManageSieve", ["ManageSieve", "DialogueTesting", "Dialogues", "Evidence"]),
    tests("Autoconfig", ["Autoconfig", "XML", "DNSData"]),
    tests("LDNS", ["LDNS", "DNSData", "SeededRandom"]),
    tests("DNSClient", ["DNSClient", "LDNS", "DNSData", "Evidence", "SeededRandom"] + nio),
    tests(
      "MailClient",
      ["MailClient", "CertificateTesting", "COpenSSL", "Crypto", "Evidence", "DNSData"] + nio),
    tests("HTTPS", ["HTTPS", "Evidence", "DNSData"], exclude: ["server"]),
    tests(
      "Expectation",
      [
        "Expectation", "ChangePlan", "Rules", "AuditTesting", "Verdict", "SPF", "DKIM", "DMARC", "MTASTS",
        "TLSRPT", "CAA", "MailDiscovery", "URISyntax", "Evidence", "DNSData",
      ]),
    tests(
      "Collector",
      [
        "Collector", "SigningTesting", "AuditTesting", "Rules", "Verdict", "DNSSEC", "DNSBL", "MTASTS",
        "Evidence",
        "DNSData",
      ]),
    tests("Verdict", ["Verdict", "Rules", "AuditTesting", "DNSSEC", "DNSBL", "Evidence", "DNSData"]),
    tests(
      "ChangePlan",
      [
        "ChangePlan", "Expectation", "AuditTesting", "Rules", "Verdict", "DKIM", "MTASTS", "DNSData",
        "Evidence",
      ]),
    tests("Rules", ["Rules", "AuditTesting", "Expectation", "Verdict", "DKIM", "DNSData"]),
    tests(
      "Scenarios", ["ChangePlan", "Rules", "AuditTesting", "Verdict", "IDN", "DNSData"], exclude: ["Zones"]),
    tests(
      "Reports",
      [
        "Reports", "ChangePlan", "Expectation", "DKIM", "MTASTS", "Rules", "AuditTesting", "ZoneTesting",
        "Verdict",
        "Evidence", "DNSSEC", "Crypto",
        "DNSData",
      ], exclude: ["browse"]),
    tests(
      "Commands",
      [
        "mailaudit", "AuditTesting", "SeededRandom", "Collector", "Expectation", "SPF", "DKIM", "DMARC",
        "MTASTS",
        "TLSRPT", "CAA",
        "URISyntax", "Evidence", "DNSData",
      ], exclude: ["Import", "Rotation", "Gate/Zones", "Schemas", "resolve"]),
    tests(
      "Lab", ["AuditTesting", "ZoneTesting", "Reports", "ChangePlan", "DNSData"],
      exclude: [
        "README.md", "lab", "many", "servers", "check", "openspf", "compare", "compare-tls", "compare-dane",
        "compare-dnssec", "dynamic",
        "differences.yaml", "dnssec-differences.yaml", "blocklists.yaml",
        "oracles.py", "signing.py", "zones.py",
        "Zoo", "Signed",
        "Internet",
      ]),
  ]
)
