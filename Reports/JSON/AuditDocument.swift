import ChangePlan
import DNSData
import Evidence
import Expectation
import Verdict

/// One audit in the reports for programs.
struct AuditDocument: Encodable {
  let domain: String
  let role: String
  let questions: Int
  let rounds: Int
  let score: Score
  let findings: [Finding]
  let passed: [String]
  let notApplicable: [String]
  let changes: [Change]
  let delivery: [DeliveryDocument]
  let servers: [ServerDocument]
  let documents: [WebDocument]
  let senders: [Sender]?

  init(_ audit: AuditResult) {
    let results = audit.scorecard.results
    domain = audit.scorecard.domain.display
    role = audit.scorecard.role.rawValue
    questions = audit.snapshot.answers.count
    rounds = audit.snapshot.rounds
    score = Score(audit.scorecard.score)
    findings = results.flatMap(Finding.all)
    passed = results.filter { $0.outcome == .passed }.map(\.rule.id)
    notApplicable = results.filter { $0.outcome == .notApplicable }.map(\.rule.id)
    changes = audit.changes.changes.map(Change.init)
    delivery = audit.scorecard.delivery.hosts.map(DeliveryDocument.init)
    servers = audit.scorecard.servers.rows.map(ServerDocument.init)
    documents = audit.scorecard.documents.rows.map(WebDocument.init)
    senders = audit.scorecard.senders.isEmpty ? nil : audit.scorecard.senders.map(Sender.init)
  }

  struct Sender: Encodable {
    let identity: String
    let address: String
    let result: String
    let term: String?

    init(_ sender: SenderVerdict) {
      identity = sender.identity.display
      address = sender.address.description
      result = sender.result?.rawValue ?? "unknown"
      term = sender.term
    }
  }

  struct Score: Encodable {
    let value: Int?
    let grade: String?
    let coverage: Int
    let judged: Int
    let unknown: Int
    let notTested: Int
    let topics: [String: Int]

    init(_ score: Verdict.Score) {
      value = score.value
      grade = score.grade
      coverage = score.coverage
      judged = score.judged
      unknown = score.unknown
      notTested = score.notTested
      topics = Dictionary(uniqueKeysWithValues: score.topics.map { ($0.key.rawValue, $0.value) })
    }
  }

  struct Finding: Encodable {
    let rule: String
    let outcome: String
    let severity: String
    let place: PlaceDocument
    let title: String
    let message: String
    let observed: String?
    let expected: String?
    let source: String
    let why: String
    let fix: String
    let references: [String]
    let points: Int
    let waiver: Waiver?

    struct Waiver: Encodable {
      let reason: String
      let until: String
    }

    static func all(_ result: RuleResult) -> [Finding] {
      let waived = result.waived.map { Finding(result, $0.fault, waiver: $0.waiver) }
      return waived + judged(result)
    }

    private static func judged(_ result: RuleResult) -> [Finding] {
      switch result.outcome {
      case .passed, .notApplicable, .waived: []
      case .failed: result.faults.map { Finding(result, $0) } + result.unknownGaps.map { Finding(result, $0) }
      case .unknown: result.unknownGaps.map { Finding(result, $0) }
      case .notTested: result.gaps.map { Finding(result, $0) }
      }
    }

    private init(_ result: RuleResult, _ fault: Fault, waiver: Expectation.Waiver? = nil) {
      rule = result.rule.id
      outcome = (waiver == nil ? RuleOutcome.failed : .waived).rawValue
      self.waiver = waiver.map { Waiver(reason: $0.reason, until: $0.end.description) }
      severity = result.severity(of: fault).rawValue
      place = PlaceDocument(fault.place)
      title = result.rule.title
      message = fault.message.plain
      observed = fault.observed?.plain
      expected = fault.expected?.plain
      source = fault.source.sentence
      why = result.rule.why
      fix = result.rule.fix
      references = result.rule.references.map(\.text)
      points = waiver == nil ? result.points : 0
    }

    private init(_ result: RuleResult, _ gap: Gap) {
      rule = result.rule.id
      outcome = (gap.isUnknown ? RuleOutcome.unknown : .notTested).rawValue
      severity = result.rule.severity.rawValue
      place = PlaceDocument(gap.place)
      title = result.rule.title
      message = gap.sentence
      observed = nil
      expected = nil
      switch gap.reason {
      case .failed(let answer):
        source = answer.responder.sentence
        fix = "Ask again; if it goes on, look at the servers of \(gap.place.name.display)."
      case .bogus(let link):
        source = Responder.nobody.sentence
        fix = "Mend the signatures of \(link.zone.display)."
      case .noConversation, .noDocument:
        source = gap.place.server?.sentence ?? Responder.nobody.sentence
        fix = "Ask again; if it goes on, look at the server."
      case .notTested(let reason):
        source = Responder.nobody.sentence
        fix = "To test: \(reason.remedy)."
      }
      why = result.rule.why
      references = result.rule.references.map(\.text)
      points = 0
      waiver = nil
    }
  }

  struct Change: Encodable {
    let name: String
    let type: String
    let publish: [String]
    let remove: [String]
    let rules: [String]
    let notes: [String]

    init(_ change: ZoneChanges.Change) {
      name = change.name.display
      type = change.type.description
      publish = change.publish.map(\.description)
      remove = change.remove.map(\.description)
      rules = change.reasons
      notes = change.notes
    }
  }
}
