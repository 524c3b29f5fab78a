import ArgumentParser
import Collector
import DNSData
import Evidence
import Expectation

struct ExpectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expect",
    abstract: "Make and check the file that says how a mail site is meant to be.",
    discussion: """
      One YAML file describes the hosts and the domains of a site; `mailaudit expect schema` explains each key. The \
      smallest one:

        hosts:
          mail.example.com: { addresses: [192.0.2.1, "2001:db8::1"] }
        domains:
          example.com: { mx: mail.example.com }
      """,
    subcommands: [ExpectCheck.self, ExpectInit.self, ExpectImport.self, ExpectSchema.self])
}

struct ExpectCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read an expected configuration with all files that it names.",
    discussion: """
      The first mistake is told with its line. Exit status: 0 the file can be used, 2 it cannot.

      Example: mailaudit expect check site.yaml
      """)

  @Argument(help: "The file; - for standard input.")
  var file: String

  @Flag(name: .customLong("print"), help: "Print how it is understood, with all defaults written out.")
  var prints = false

  func run() throws {
    let site = try ExpectationFile.read(file)
    guard !prints else {
      try FileHandles.standardOutput(SiteText(site: site).text)
      return
    }
    let keys =
      site.domains.flatMap(\.selectors).filter { $0.key != nil }.count + site.hosts.flatMap(\.pins).count
    let counts = [
      (site.hosts.count, "host"), (site.domains.count, "domain"), (keys, "key"),
      (site.waivers.count, "waiver"),
    ]
    let words = counts.map { "\($0) \($1)" + ($0 == 1 ? "" : "s") }
    try FileHandles.standardOutput("ok: " + words.joined(separator: ", ") + "\n")
  }
}

struct ExpectSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the file, which explains every key.",
    discussion: """
      Editors complete and check the file with it; in YAML its first line names it:
      # yaml-language-server: $schema=expected.schema.json
      """)

  func run() throws {
    try FileHandles.standardOutput(String(decoding: PackageResources.expected_schema_json, as: UTF8.self))
  }
}

/// Where a file that was made goes.
struct ExpectOutput: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: .init("Write to this file, which appears whole or not at all.", valueName: "file"))
  var file: String?

  func write(_ text: String) throws(Problem) {
    guard let file else { return try FileHandles.standardOutput(text) }
    try FileHandles.replace(file, with: text)
  }
}

struct ExpectInit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the file from what a domain publishes now.",
    discussion: """
      Nothing is judged: what is wrong now is wrong in the file too. What could not be known stands in comments. The \
      MTA-STS policy is fetched over HTTPS, unless --offline. Exit status: 0, or 3 if the domain's MX records were not \
      answered.

      Example: mailaudit expect init example.com --selector mail -o site.yaml
      """)

  @Argument(help: "The domain, in A-labels or U-labels.")
  var name: String

  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Where to ask") var trust: TrustOptions
  @OptionGroup var output: ExpectOutput

  func run() async throws {
    let session = try Session(network, allowed: domain.allowed)
    let request = try domain.request(for: try .typed(name), zones: session.zones, .none, .none)
    let collector = Collector(asking: session.source, and: session.servers, clock: Session.clock)
    let snapshot = await collector.collect(request, in: session.environment)
    let policy = await ServerSession.policy(
      of: request.domain, asking: session, network, trust, allowed: domain.allowed)
    await session.shutDown()
    guard snapshot.answer(request.domain, .mx)?.failure == nil else {
      throw Problem.unknown("the MX records of \(request.domain.display) were not answered")
    }
    try output.write(try LiveSite.site(snapshot, policy: policy).text())
  }
}
