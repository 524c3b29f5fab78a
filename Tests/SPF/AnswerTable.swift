// A stand-in for the DNS: zone text, names that time out, and the loop that asks
// until there is a result. It follows aliases as ZoneSet does and knows nothing of
// SPF.

import DNSData
import SPF
import Testing

/// Answers from zone text with names below example.com, for evaluations under test. Everything else does not exist;
/// names in `failing` time out.
struct AnswerTable {
  private let zones: ZoneSet
  private let failing: Set<Name>

  init(_ zone: String, failing: [String] = []) throws {
    let file = try ZoneFile(name: "test", octets: Array(("$ORIGIN example.com.\n" + zone).utf8))
    zones = ZoneSet([file])
    self.failing = Set(try failing.map { try Name($0) })
  }

  func answer(_ question: Question) -> Answer {
    Answer(question, outcome(question), from: .nobody, at: Timestamp(seconds: 0))
  }

  private func outcome(_ question: Question) -> Outcome {
    guard !failing.contains(question.name) else { return .failure(.timeout) }
    return switch zones.lookUp(question) {
    case .outcome(let outcome, _): outcome
    case .leaves(let aliases, _, _): .noSuchName(aliases: aliases)
    case .notHere: .noSuchName(aliases: [])
    }
  }

  /// Asks until there is a result, as the Collector does.
  func run<Value>(_ evaluate: (KnownAnswers) -> Evaluation<Value>) -> Run<Value> {
    var known: [Question: Answer] = [:]
    var rounds = 0
    while true {
      switch evaluate({ known[$0] }) {
      case .result(let value): return Run(value: value, rounds: rounds, questions: Set(known.keys))
      case .needs(let questions):
        rounds += 1
        #expect(questions.allSatisfy { known[$0] == nil }, "asked again")
        #expect(!questions.isEmpty)
        guard !questions.isEmpty, rounds < 100 else { fatalError("the evaluation does not end") }
        for question in questions { known[question] = answer(question) }
      }
    }
  }

  struct Run<Value> {
    let value: Value
    let rounds: Int
    let questions: Set<Question>
  }

  /// The verdict on a client that says MAIL FROM:<user@example.com> unless told otherwise.
  func check(
    _ client: String, from sender: String = "user@example.com", helo: String = "mail.example.net"
  ) throws -> SPFVerdict {
    let address = try #require(IPAddress(client))
    let check = SPFCheck(
      client: address, mailFrom: sender, helo: helo, now: Timestamp(seconds: 1_700_000_000))
    return run { check.evaluate($0) }.value
  }

  func tree(_ domain: String = "example.com") throws -> Run<SPFTree> {
    let name = try Name(domain)
    return run { SPFTree.evaluate(name, $0) }
  }
}
