import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Audit mail domains (the default command).",
    discussion: """
      Name the selectors that sign (--selector) and the addresses that send (--sender) to have them judged too: \
      DNS alone does not tell them. Or say in a file how the site is meant to be (--expect; see `mailaudit expect`).

      Of several domains each is reported as its audit ends, and a table comes last; json and the other formats that are \
      one document keep the order of the domains. Ctrl-C ends the run with what is done so far.

      Example: mailaudit example.com --selector mail --sender 192.0.2.1
      """)

  @Argument(help: "Domains, in A-labels or U-labels.")
  var domains: [String] = []

  @Flag(help: "Audit the example zone that the program carries, offline.")
  var example = false

  @OptionGroup(title: "Many domains") var many: ManyOptions
  @OptionGroup(title: "What is expected") var site: SiteOptions
  @OptionGroup(title: "What is known") var domain: DomainOptions
  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Mail servers") var probe: ProbeOptions
  @OptionGroup(title: "Blocklists") var blocklists: BlocklistOptions
  @OptionGroup(title: "When") var time: TimeOptions
  @OptionGroup(title: "When to fail") var limits: LimitOptions
  @OptionGroup(title: "What to show") var output: OutputOptions
  @OptionGroup(title: "What to keep") var kept: CaptureOptions

  func validate() throws {
    if example, !network.zoneFiles.isEmpty || !network.resolvers.isEmpty {
      throw ValidationError("--example brings its own zone: leave out --zone and --resolver")
    }
    if example, let expect = site.expect {
      throw ValidationError("--example brings its own domain: leave out --expect \(Shown.text(expect))")
    }
    if example, let given = domains.first ?? many.input {
      throw ValidationError("--example brings its own domain: leave out \(Shown.text(given))")
    }
    guard example || !domains.isEmpty || many.input != nil || site.expect != nil else {
      throw ValidationError("name a domain, such as example.com, or see a report with --example")
    }
  }

  func run() async throws {
    let judge = try Judge(profile: limits.profile, expected: try site.site(), in: site.expect)
    let run = try AuditRun(
      names: try site.names(domains, listedIn: many.input, of: judge.expected), example: example, domain,
      network, judge: judge, blocklists: try blocklists.choice(), probe: probe, time: time)
    // The example is in no file.
    var output = try AuditOutput(
      output, limits.limits, capture: kept, of: judge.basis, zones: example ? [] : run.zones,
      count: run.count)
    try await run.run(atOnce: many.jobs) { result, place throws(Problem) in
      try output.add(result, at: place)
    }
    throw ExitCode(try output.finish())
  }
}
