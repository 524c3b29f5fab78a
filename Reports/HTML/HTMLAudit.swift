import ChangePlan
import DNSData
import Evidence
import SPF
import Verdict

/// All about one domain.
struct HTMLAudit {
  /// Headings: one domain alone is the title of its page.
  struct Levels {
    let domain: Int
    let section: Int
    let item: Int

    init(domain: Int) {
      self.domain = domain
      section = domain + 1
      item = domain + 2
    }
  }

  /// The anchor, and what those inside begin with.
  let id: String
  let levels: Levels
  let name: HTMLText
  let role: HTMLText
  let dial: HTMLDial
  let verdict: HTMLText
  let counts: [HTMLText]
  let coverage: HTMLText
  let asked: HTMLText
  let judgement: HTMLText?
  let silence: HTMLText?
  /// What stands in the way on this machine; one sentence if nothing does.
  let machine: [HTMLText]
  let topics: [HTMLTopic]
  let findings: [HTMLFinding]
  let waivers: [HTMLWaiver]
  let senders: [HTMLSender]
  let deliveries: [HTMLDelivery]
  let places: [HTMLServerPlace]
  let documents: [HTMLDocument]
  let trees: [HTMLTree]
  let untold: [HTMLUntold]
  let zone: [HTMLZoneLine]
  /// A template repeats a section for each element of a list, and so cannot ask whether there is any.
  let has: Presence

  struct Presence {
    let machine: Bool
    let findings: Bool
    let topics: Bool
    let waivers: Bool
    let senders: Bool
    let deliveries: Bool
    let servers: Bool
    let documents: Bool
    let zone: Bool
    let untold: Bool
  }

  init(_ result: AuditResult, id: String, levels: Levels) {
    let scorecard = result.scorecard
    let sentences = AuditSentences(result)
    self.id = id
    self.levels = levels
    name = HTMLText(result.displayName)
    role = HTMLText(scorecard.role.sentence)
    dial = HTMLDial(scorecard.score)
    verdict = HTMLText(sentences.verdict)
    counts = sentences.counts.map(HTMLText.init)
    coverage = HTMLText(sentences.coverage)
    asked = HTMLText(sentences.asked)
    judgement = sentences.judgement.map { HTMLText($0) }
    silence = sentences.silence.map(HTMLText.init)
    machine = (sentences.machine.troubles + [sentences.machine.allWell].compactMap(\.self)).map(HTMLText.init)
    topics = Topic.allCases.compactMap { TopicSummary($0, in: scorecard) }.map {
      HTMLTopic($0, score: scorecard.score.topics[$0.topic])
    }
    findings = sentences.failed.map(HTMLFinding.init)
    waivers = scorecard.results.flatMap { result in result.waived.map { HTMLWaiver(result.rule, $0) } }
    senders = HTMLSender.all(scorecard.senders)
    deliveries = scorecard.delivery.hosts.filter(\.isOfInterest).map(HTMLDelivery.init)
    places = HTMLServerPlace.all(scorecard.servers)
    documents = scorecard.documents.rows.map(HTMLDocument.init)
    trees = HTMLTree.all(in: result.snapshot)
    untold = [HTMLUntold(.unknown, in: scorecard), HTMLUntold(.notTested, in: scorecard)].filter {
      !$0.causes.isEmpty
    }
    zone =
      result.changes.changes.isEmpty
      ? []
      : ZoneReport(result.changes).text.split(separator: "\n").map { HTMLZoneLine(String($0)) }
    has = Presence(
      machine: !machine.isEmpty, findings: !findings.isEmpty, topics: !topics.isEmpty,
      waivers: !waivers.isEmpty,
      senders: !senders.isEmpty, deliveries: !deliveries.isEmpty, servers: !places.isEmpty,
      documents: !documents.isEmpty, zone: !zone.isEmpty, untold: !untold.isEmpty)
  }
}

/// The score of a topic as a bar, with its checks.
struct HTMLTopic {
  let title: String
  let share: HTMLText
  /// nil without a score.
  let score: Int?
  /// The word for its worst finding; good without any, where nothing is unknown.
  let look: String
  let failed: [HTMLFinding.Link]
  let passed: [HTMLText]
  let open: [HTMLText]

  init(_ summary: TopicSummary, score: Int?) {
    title = summary.topic.title
    share = HTMLText(summary.share)
    self.score = score
    let isUnknown = summary.results.contains { !$0.unknownGaps.isEmpty }
    look = summary.failed.first?.severity.word ?? (isUnknown ? "unknown" : "good")
    failed = summary.failed.map(HTMLFinding.Link.init)
    passed = summary.passed.map { HTMLText($0.rule.id) }
    open = summary.results.filter { $0.outcome == .unknown || $0.outcome == .notTested }.map {
      HTMLText($0.rule.id)
    }
  }
}

/// What could not be told, or was not tested, by cause.
struct HTMLUntold {
  let title: String
  /// Unknown, and not merely not tested.
  let isUnknown: Bool
  let causes: [Cause]

  struct Cause {
    let sentence: HTMLText
    let remedy: HTMLText?
    let number: Int
    let noun: String
    let stopped: [HTMLText]
  }

  init(_ outcome: RuleOutcome, in scorecard: Scorecard) {
    isUnknown = outcome == .unknown
    title = isUnknown ? "Could not tell" : "Not tested"
    causes = UntoldCause.all(outcome, in: scorecard).map { cause in
      Cause(
        sentence: HTMLText(cause.sentence), remedy: cause.remedy.map(HTMLText.init),
        number: cause.stopped.count, noun: cause.stopped.count == 1 ? "check" : "checks",
        stopped: cause.stopped.map(HTMLText.init))
    }
  }
}

struct HTMLZoneLine {
  let comment: HTMLText?
  let record: HTMLText?

  init(_ line: String) {
    let isComment = line.hasPrefix(";")
    comment = isComment ? HTMLText(line) : nil
    record = isComment ? nil : HTMLText(line)
  }
}
