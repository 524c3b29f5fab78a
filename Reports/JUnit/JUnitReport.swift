package import Verdict

/// The report for what shows test results: a suite for each domain, a case for each check that applies to it. A failure
/// is a finding at or above the limit and an error a check at or above it that could not be told, so that the colours
/// agree with the exit status; what is below the limit passes and has its words in `system-out`.
package struct JUnitReport {
  private let results: [AuditResult]
  private let limits: Limits

  package init(_ results: [AuditResult], _ limits: Limits) {
    self.results = results
    self.limits = limits
  }

  package var text: String {
    let suites = results.map(suite)
    let sums = suites.reduce(Sums()) { $0 + $1.sums }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="mailaudit" \(sums.attributes)>
      \(suites.map(\.text).joined())</testsuites>

      """
  }

  private struct Sums {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0

    var attributes: String {
      "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"0\""
    }

    static func + (left: Sums, right: Sums) -> Sums {
      Sums(
        tests: left.tests + right.tests, failures: left.failures + right.failures,
        errors: left.errors + right.errors, skipped: left.skipped + right.skipped)
    }
  }

  private func suite(_ result: AuditResult) -> (text: String, sums: Sums) {
    let domain = result.scorecard.domain.display
    var sums = Sums()
    var cases = ""
    for rule in result.scorecard.results {
      guard let end = ending(of: rule) else { continue }
      sums.tests += 1
      switch end.kind {
      case .failure: sums.failures += 1
      case .error: sums.errors += 1
      case .skipped: sums.skipped += 1
      case .passed: break
      }
      cases += testCase(rule, domain: domain, end)
    }
    // The schema of JUnit knows no time zone; the time is in UTC.
    let time = result.snapshot.started.description.dropLast()
    let head =
      "  <testsuite name=\"\(XMLText.attribute(domain))\" timestamp=\"\(time)\" \(sums.attributes)>\n"
    return (head + cases + "  </testsuite>\n", sums)
  }

  // MARK: - Cases

  private struct Ending {
    enum Kind { case passed, failure, error, skipped }

    let kind: Kind
    var message = ""
    var text = ""
  }

  /// nil where the check does not apply.
  private func ending(of result: RuleResult) -> Ending? {
    switch result.outcome {
    case .notApplicable: nil
    case .passed: Ending(kind: .passed)
    case .failed:
      Ending(
        kind: limits.areMissed(by: result) ? .failure : limits.areInDoubt(for: result) ? .error : .passed,
        message: result.faults.first?.message.plain ?? result.rule.title,
        text: (result.faults.map(sentences) + [Self.advice(result.rule)]).joined(separator: "\n\n"))
    case .unknown:
      Ending(
        kind: limits.areInDoubt(for: result) ? .error : .skipped,
        message: result.gaps.first.map(Self.sentence) ?? "", text: Self.sentences(result.gaps))
    case .notTested:
      Ending(
        kind: .skipped, message: result.gaps.first.map(Self.sentence) ?? "", text: Self.sentences(result.gaps)
      )
    case .waived:
      Ending(
        kind: .skipped,
        message: result.waived.first.map {
          "waived until \($0.waiver.end.description): \(Printable.text(Array($0.waiver.reason.utf8)))"
        } ?? "waived")
    }
  }

  private func testCase(_ result: RuleResult, domain: String, _ end: Ending) -> String {
    let topic = result.rule.topic.rawValue
    let name = XMLText.attribute("\(result.rule.id): \(result.rule.title)")
    let head =
      "    <testcase classname=\"\(XMLText.attribute("\(domain).\(topic)"))\" name=\"\(name)\" time=\"0\""
    let message = XMLText.attribute(end.message)
    let text = XMLText.content(end.text)
    let severity = result.severity.word
    switch end.kind {
    case .passed where end.text.isEmpty: return head + "/>\n"
    case .passed: return head + "><system-out>\(severity): \(text)</system-out></testcase>\n"
    case .failure:
      return head + "><failure message=\"\(message)\" type=\"\(severity)\">\(text)</failure></testcase>\n"
    case .error: return head + "><error message=\"\(message)\" type=\"unknown\">\(text)</error></testcase>\n"
    case .skipped: return head + "><skipped message=\"\(message)\"/></testcase>\n"
    }
  }

  private func sentences(_ fault: Fault) -> String {
    let lines = [
      fault.message.plain, "where: \(fault.place.sentence), says \(fault.source.sentence)",
      fault.observed.map { "is: \($0.plain)" }, fault.expected.map { "should: \($0.plain)" },
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private static func advice(_ rule: Rule) -> String {
    "why: \(rule.why)\nfix: \(rule.fix)\nsee: \(rule.references.map(\.text).joined(separator: ", "))"
  }

  private static func sentence(_ gap: Gap) -> String { "\(gap.place.sentence): \(gap.sentence)" }

  private static func sentences(_ gaps: [Gap]) -> String { gaps.map(sentence).joined(separator: "\n") }
}
