import ArgumentParser
import Collector
import DNSData
import Evidence
import Reports
import Verdict

/// Over which network name servers are asked.
enum ServerFamilies: String, CaseIterable, ExpressibleByArgument {
  case all, ipv4, ipv6

  var families: [AddressFamily] {
    switch self {
    case .all: [.v4, .v6]
    case .ipv4: [.v4]
    case .ipv6: [.v6]
    }
  }
}

struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait until every authoritative server serves what was published.",
    discussion: """
      Asks each name server of the zones that the records are in, past every cache, again and again until all of \
      them serve what is wanted at one time. Prints one word first: served, lacking or unknown; then a line for each \
      server, and what it lacks. What is wanted are single records (--want), those of a zone file (--wanted-zone), \
      and what follows from the expected configuration (--expect); TTLs do not count, nor what else is there.

      Exit status: 0 every server serves it; 1 the time is over, and a server lacks something; 2 wrong usage, or a \
      file that cannot be used; 3 a server could not be asked, and none that was lacks anything, or interrupted.

      Example: mailaudit wait example.com --want 'example.com TXT v=spf1 mx -all'
      """)

  @Argument(help: "The domain, in A-labels or U-labels.")
  var domain: String

  @Option(
    name: .customLong("want"),
    help: .init(
      "A record to wait for, its names absolute and quotes around a text left out if you like; repeatable.",
      valueName: "'name type value'"))
  var wanted: [String] = []

  @Option(
    name: .customLong("wanted-zone"),
    help: .init(
      "Wait for the records of this zone file at or below the domain, SOA and NS aside; repeatable.",
      valueName: "file"))
  var wantedZones: [String] = []

  @Option(help: .init("Wait for what this expected configuration wants.", valueName: "file"))
  var expect: String?

  @Option(help: .init("Ask again after this many seconds.", valueName: "seconds"))
  var interval = 10

  @Option(
    name: .customLong("for"), help: .init("Give up after this many seconds.", valueName: "seconds"))
  var limit = 3600

  @Option(help: .init("Ask servers at these addresses: all, ipv4, ipv6.", valueName: "family"))
  var family = ServerFamilies.all

  @OptionGroup(title: "Where to ask") var network: NetworkOptions
  @OptionGroup(title: "Where to ask") var addresses: AddressOptions

  @Option(help: "How the result is written.")
  var format: ResultFormat = .text

  private static let intervals = 1...3600
  private static let limits = 0...604_800
  private static let maximumAwaited = 1000

  func validate() throws {
    guard expect != nil || !wanted.isEmpty || !wantedZones.isEmpty else {
      throw ValidationError("say what to wait for, with --want, --wanted-zone or --expect")
    }
    guard Self.intervals.contains(interval) else {
      throw ValidationError(
        "--interval takes seconds from 1 to \(Self.intervals.upperBound), not \(interval)")
    }
    guard Self.limits.contains(limit) else {
      throw ValidationError("--for takes seconds from 0 to \(Self.limits.upperBound), not \(limit)")
    }
    if network.offline || !network.zoneFiles.isEmpty {
      throw ValidationError("wait asks the name servers: leave out --offline and --zone")
    }
  }

  func run() async throws {
    let name = try Name.typed(domain)
    let inquiry = PublicationInquiry(try measures(name), over: family.families)
    // What cannot be used is told before there is a wait.
    await (try Session(network, allowed: addresses.allowed)).shutDown()
    let start = ContinuousClock.now
    let end = await interruptible { await wait(inquiry, since: start) }
    let report = WaitReport(end.state, end.ending)
    try FileHandles.standardOutput(
      format == .json
        ? try report.json(domain: name, waited: .now - start, tool: MailAudit.tool) : report.text)
    throw ExitCode(Self.status(report.word).rawValue)
  }

  private static func status(_ word: WaitReport.Word) -> ExitStatus {
    switch word {
    case .served: .fine
    case .lacking: .findings
    case .unknown: .unknown
    }
  }

  // MARK: - What is wanted

  private func measures(_ name: Name) throws(Problem) -> [any PublicationMeasure] {
    var records: [Record] = []
    for text in wanted { records.append(try AwaitedText.record(text)) }
    records += try AwaitedText.records(inZones: wantedZones, origin: network.origin, below: name)
    var measures: [any PublicationMeasure] = [RecordPublication(records)]
    if let expect {
      let site = try ExpectationFile.read(expect)
      guard let expected = site.domain(name) else {
        throw .usage("\(Shown.text(expect)) says nothing of \(name.display)")
      }
      measures.append(ExpectedPublication(of: expected, in: site, at: Session.clock()))
    }
    let count = measures.map(\.awaited.count).reduce(0, +)
    guard (1...Self.maximumAwaited).contains(count) else {
      throw .usage("wait takes from 1 to \(Self.maximumAwaited) records to wait for, not \(count)")
    }
    return measures
  }

  // MARK: - Waiting

  private typealias End = (state: PublicationState, ending: WaitEnding)

  private func wait(_ inquiry: PublicationInquiry, since start: ContinuousClock.Instant) async -> End {
    let progress = WaitProgress()
    let end = await PublicationWatch(every: .seconds(interval), for: .seconds(limit)).wait(
      elapsed: { .now - start }, sleep: { try? await Task.sleep(for: $0) }, tell: progress.show,
      look: { await look(inquiry) })
    progress.clear()
    return end
  }

  /// In a session of its own, which knows nothing of what was said before.
  private func look(_ inquiry: PublicationInquiry) async -> PublicationState {
    guard let session = try? Session(network, allowed: addresses.allowed), let servers = session.servers
    else {
      return PublicationState([], unasked: [], at: Session.clock())
    }
    let state = await withTaskCancellationHandler {
      await inquiry.look(asking: session.source, and: servers, clock: Session.clock)
    } onCancel: {
      // What is asked of the network would be waited for.
      Task { await session.shutDown() }
    }
    await session.shutDown()
    return state
  }

  /// A signal cancels `body`, which then returns what it has.
  private func interruptible(_ body: @escaping @Sendable () async -> End) async -> End {
    Interruption.expect()
    let work = Task { await body() }
    let signal = Task {
      await Interruption.first()
      work.cancel()
    }
    let end = await work.value
    signal.cancel()
    return end
  }
}
