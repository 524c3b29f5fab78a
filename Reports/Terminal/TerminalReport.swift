import ChangePlan
import DNSData
import Evidence
import Verdict

/// The report for a person at a terminal: what stands in the way on this machine, then by topic, worst first, then what is
/// waived, the senders, what others do with mail for the domain, the mail servers and the web documents, then what could
/// not be told, then what was not tested, then the records to paste. Fits 80 columns,
/// except for records, which are never broken.
package struct TerminalReport {
  package enum Detail: Sendable {
    /// What, fix and who said it.
    case brief
    /// Also why, references and every check that passed.
    case full
  }

  private let sentences: AuditSentences
  private let scorecard: Scorecard
  private let changes: ZoneChanges
  private let displayName: String
  private let colour: Colour
  private let detail: Detail

  package init(_ result: AuditResult, colour: Colour, detail: Detail) {
    sentences = AuditSentences(result)
    scorecard = result.scorecard
    changes = result.changes
    displayName = result.displayName
    self.colour = colour
    self.detail = detail
  }

  package var text: String {
    ([header] + [machine].compactMap(\.self) + Topic.allCases.compactMap(section)
      + [waived, senders, delivery, servers, documents, gaps(.unknown), gaps(.notTested), records].compactMap(
        \.self))
      .joined(separator: "\n\n") + "\n"
  }

  // MARK: - Head

  private var header: String {
    let lines = [
      Layout.ends(displayName, sentences.verdict).replacing(
        displayName, with: colour.strong(displayName), maxReplacements: 1),
      Layout.paragraph(scorecard.role.sentence, label: "Role", indent: 8),
      Layout.paragraph(
        "\(sentences.counts.joined(separator: ", ")); \(sentences.coverage)", label: "Checks", indent: 8),
      Layout.paragraph(sentences.asked, label: "Asked", indent: 8),
    ]
    let judgement = sentences.judgement.map { Layout.paragraph($0, label: "Judged", indent: 8) }
    let well = sentences.machine.allWell.map { Layout.paragraph($0, label: "Machine", indent: 8) }
    let silence = sentences.silence.map { Layout.paragraph($0, indent: 0) }
    return (lines + [judgement, well, silence].compactMap(\.self)).joined(separator: "\n")
  }

  private var machine: String? {
    let lines = sentences.machine.troubles.map { Layout.paragraph($0, label: "  -", indent: 4) }
    return lines.isEmpty ? nil : ([colour.strong("This machine")] + lines).joined(separator: "\n")
  }

  // MARK: - Topics

  private func section(_ topic: Topic) -> String? {
    guard let summary = TopicSummary(topic, in: scorecard) else { return nil }
    let head = Layout.ends(topic.title, summary.share).replacing(
      topic.title, with: colour.strong(topic.title))
    let passed = summary.passed.count
    var blocks = summary.failed.map(finding)
    switch detail {
    case .brief:
      if passed > 0 { blocks.append("  " + colour.good("\(passed) \(Self.checks(passed)) passed")) }
    case .full:
      blocks.append(
        contentsOf: summary.passed.map { "  " + colour.good("passed".padded(to: 10)) + "\($0.rule.id)" })
    }
    return ([head] + blocks).joined(separator: "\n")
  }

  private static func checks(_ count: Int) -> String { count == 1 ? "check" : "checks" }

  private func finding(_ result: RuleResult) -> String {
    let points = result.points > 0 ? "  worth +\(result.points)" : ""
    var lines = FindingText.head(result.rule, result.severity, points, colour: colour)
    for fault in result.faults { lines += FindingText.fault(fault) }
    lines.append(FindingText.field("why", result.rule.why))
    lines.append(FindingText.field("fix", result.rule.fix))
    if detail == .full {
      lines.append(FindingText.field("see", result.rule.references.map(\.text).joined(separator: ", ")))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: - Waivers

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

  private var delivery: String? {
    let hosts = scorecard.delivery.hosts.filter(\.isOfInterest)
    guard !hosts.isEmpty else { return nil }
    let lines = hosts.map { host in
      Layout.paragraph(
        "\(host.host.display): DANE \(host.daneWords); MTA-STS \(host.policyWords)", label: "  -", indent: 4)
    }
    return ([colour.strong("Delivery, as senders see it")] + lines).joined(separator: "\n")
  }

  private var documents: String? {
    let rows = scorecard.documents.rows
    guard !rows.isEmpty else { return nil }
    return ([colour.strong("Web documents")] + rows.flatMap(DocumentLines.lines)).joined(separator: "\n")
  }

  private var servers: String? {
    let lines = ServerTable(scorecard.servers).lines
    return lines.isEmpty ? nil : ([colour.strong("Mail servers")] + lines).joined(separator: "\n")
  }

  // MARK: - What is not known

  private func gaps(_ outcome: RuleOutcome) -> String? {
    let causes = UntoldCause.all(outcome, in: scorecard)
    guard !causes.isEmpty else { return nil }
    let title = outcome == .unknown ? "Could not tell" : "Not tested"
    let blocks = causes.map { cause in
      var lines = [Layout.paragraph(cause.sentence, label: "  -", indent: 4)]
      if let remedy = cause.remedy { lines.append(Layout.paragraph(remedy, indent: 4)) }
      let ids = cause.stopped
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
