import ChangePlan
import DNSData
import Evidence
import Verdict

/// The report for a person at a terminal: by topic, worst first, then what is waived, the senders and the mail servers,
/// then what could not be told, then what was not tested, then the records to paste. Fits 80 columns, except for records, which are never broken.
package struct TerminalReport {
  package enum Detail: Sendable {
    /// What, fix and who said it.
    case brief
    /// Also why, references and every check that passed.
    case full
  }

  private let scorecard: Scorecard
  private let snapshot: Snapshot
  private let changes: ZoneChanges
  private let displayName: String
  private let colour: Colour
  private let detail: Detail

  package init(_ result: AuditResult, colour: Colour, detail: Detail) {
    scorecard = result.scorecard
    snapshot = result.snapshot
    changes = result.changes
    displayName = result.displayName
    self.colour = colour
    self.detail = detail
  }

  package var text: String {
    ([header] + Topic.allCases.compactMap(section)
      + [waived, senders, servers, gaps(.unknown), gaps(.notTested), records].compactMap(\.self))
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - Head

  private var header: String {
    let score = scorecard.score
    let verdict =
      score.value.map { value in
        "score \(value) of 100, " + (score.grade.map { "grade \($0)" } ?? "no grade: too little judged")
      } ?? "no score"
    let counts = [
      "\(scorecard.failed.count) failed", "\(score.judged - scorecard.failed.count) passed",
      score.unknown > 0 ? "\(score.unknown) unknown" : nil,
      score.notTested > 0 ? "\(score.notTested) not tested" : nil,
      waivedCount > 0 ? "\(waivedCount) waived" : nil,
    ].compactMap(\.self).joined(separator: ", ")
    let rounds = snapshot.rounds == 1 ? "1 round" : "\(snapshot.rounds) rounds"
    let asked = "\(snapshot.answers.count) questions in \(rounds), " + sources
    let lines = [
      Layout.ends(displayName, verdict).replacing(
        displayName, with: colour.strong(displayName), maxReplacements: 1),
      Layout.paragraph(scorecard.role.sentence, label: "Role", indent: 8),
      Layout.paragraph(
        "\(counts); \(score.coverage) % of the weight could be judged", label: "Checks", indent: 8),
      Layout.paragraph(asked, label: "Asked", indent: 8),
    ]
    return (lines + [silence].compactMap(\.self)).joined(separator: "\n")
  }

  /// One sentence where not a single question was answered: then the fault is likely here, not at the domain.
  private var silence: String? {
    let failures = Set(snapshot.answers.map(\.failure))
    guard !failures.isEmpty, !failures.contains(nil) else { return nil }
    return Layout.paragraph(
      snapshot.environment.isOffline
        ? "Nothing could be learnt: no zone file holds anything for \(displayName)."
        : "Nothing could be learnt: not one question was answered. Look at the network, and at the resolver "
          + "(--resolver).", indent: 0)
  }

  private var sources: String {
    let files = snapshot.environment.zoneFiles.map { Printable.text(Array($0.utf8)) }
    let resolvers = snapshot.environment.resolvers.map(\.description)
    return switch (files.isEmpty, resolvers.isEmpty) {
    case (true, true): "of nobody"
    case (false, true): "offline, of \(files.joined(separator: ", "))"
    case (true, false): "of \(resolvers.joined(separator: ", "))"
    case (false, false): "of \(files.joined(separator: ", ")) laid over \(resolvers.joined(separator: ", "))"
    }
  }

  // MARK: - Topics

  private func section(_ topic: Topic) -> String? {
    let results = scorecard.results.filter { $0.rule.topic == topic }
    let judged = results.filter { $0.outcome == .passed || $0.outcome == .failed }
    guard !judged.isEmpty else { return nil }
    let failed = judged.filter { $0.outcome == .failed }.sorted {
      ($0.severity, $0.points) > ($1.severity, $1.points)
    }
    let open = results.count { $0.outcome == .unknown || $0.outcome == .notTested }
    let share =
      open == 0
      ? scorecard.score.topics[topic].map { "\($0) of 100" } ?? ""
      : "\(judged.count) of \(judged.count + open) checks judged"
    let head = Layout.ends(topic.title, share).replacing(topic.title, with: colour.strong(topic.title))
    let passed = judged.count - failed.count
    var blocks = failed.map(finding)
    switch detail {
    case .brief:
      if passed > 0 { blocks.append("  " + colour.good("\(passed) \(Self.checks(passed)) passed")) }
    case .full:
      blocks.append(
        contentsOf: judged.filter { $0.outcome == .passed }.map {
          "  " + colour.good("passed".padded(to: 10)) + "\($0.rule.id)"
        })
    }
    return ([head] + blocks).joined(separator: "\n")
  }

  private static func checks(_ count: Int) -> String { count == 1 ? "check" : "checks" }

  private func finding(_ result: RuleResult) -> String {
    let points = result.points > 0 ? "+\(result.points)" : ""
    let word = result.severity.word.padded(to: 10)
    let title = "  " + colour.severity(result.severity, word) + result.rule.title
    var lines = [
      title, "            " + colour.faint("\(result.rule.id)\(points.isEmpty ? "" : "  worth \(points)")"),
    ]
    for fault in result.faults { lines += self.fault(fault) }
    lines.append(field("why", result.rule.why))
    lines.append(field("fix", result.rule.fix))
    if detail == .full {
      lines.append(field("see", result.rule.references.map(\.text).joined(separator: ", ")))
    }
    return lines.joined(separator: "\n")
  }

  private func fault(_ fault: Fault) -> [String] {
    var lines = [field("what", fault.message.plain)]
    lines.append(field("where", "\(fault.place.sentence), says \(fault.source.sentence)"))
    if let observed = fault.observed { lines.append(field("is", observed.plain)) }
    if let expected = fault.expected { lines.append(field("should", expected.plain)) }
    return lines
  }

  private func field(_ label: String, _ text: String) -> String {
    Layout.paragraph(text, label: "    " + label, indent: 12)
  }

  // MARK: - Waivers

  private var waivedCount: Int { scorecard.results.count { $0.outcome == .waived } }

  private var waived: String? {
    let lines = scorecard.results.flatMap { result in
      result.waived.flatMap { waived in
        [
          Layout.paragraph("\(result.rule.id): \(waived.fault.message.plain)", label: "  -", indent: 4),
          Layout.paragraph(
            "Until \(waived.waiver.end.description): \(Printable.text(Array(waived.waiver.reason.utf8)))",
            indent: 4),
        ]
      }
    }
    return lines.isEmpty ? nil : ([colour.strong("Waived")] + lines).joined(separator: "\n")
  }

  // MARK: - Servers

  private var senders: String? {
    let lines = SenderTable(scorecard.senders).lines
    return lines.isEmpty
      ? nil : ([colour.strong("Senders, as SPF sees them")] + lines).joined(separator: "\n")
  }

  private var servers: String? {
    let lines = ServerTable(scorecard.servers).lines
    return lines.isEmpty ? nil : ([colour.strong("Mail servers")] + lines).joined(separator: "\n")
  }

  // MARK: - What is not known

  private func gaps(_ outcome: RuleOutcome) -> String? {
    let results = scorecard.results.filter { result in
      outcome == .unknown ? !result.unknownGaps.isEmpty : result.outcome == outcome
    }
    guard !results.isEmpty else { return nil }
    // One cause stops many checks: name it once, with all that it stopped.
    var order: [Gap] = []
    var stopped: [Gap: [String]] = [:]
    for result in results {
      for gap in result.gaps where outcome == .notTested || gap.isUnknown {
        if stopped[gap] == nil { order.append(gap) }
        stopped[gap, default: []].append(result.rule.id)
      }
    }
    let title = outcome == .unknown ? "Could not tell" : "Not tested"
    let blocks = order.map { gap in
      var lines = [Layout.paragraph("\(gap.place.sentence): \(gap.sentence)", label: "  -", indent: 4)]
      if case .notTested(let reason) = gap.reason {
        lines.append(Layout.paragraph("To test: \(reason.remedy).", indent: 4))
      }
      let ids = stopped[gap] ?? []
      let shown = detail == .full ? ids : Array(ids.prefix(4))
      let more = ids.count > shown.count ? " and \(ids.count - shown.count) more" : ""
      lines.append(Layout.paragraph("Stops \(shown.joined(separator: ", "))\(more).", indent: 4))
      return lines.joined(separator: "\n")
    }
    return ([colour.strong(title)] + blocks).joined(separator: "\n")
  }

  // MARK: - Records

  private var records: String? {
    guard !changes.changes.isEmpty else { return nil }
    return colour.strong("Records to paste") + "\n" + ZoneReport(changes).text.dropLast()
  }
}
