import Verdict

/// What proposed zones would do, for a comment on the change that proposes them: the verdict, a table of the domains,
/// and what is to be said of each, the worst on top. What does not fit a comment of GitHub is left out, and that is said.
package struct GateMarkdown {
  private let result: GateResult

  package init(_ result: GateResult) { self.result = result }

  package var text: String {
    var page = MarkdownPage()
    page.close("### \(MarkdownText.inline(result.sentence))\n\n" + Self.tableHead)
    let domains = result.worstFirst
    // A long table leaves half of the page to the rest.
    for domain in domains { page.add(row(domain), as: .row, upTo: MarkdownPage.maximumLength / 2) }
    for domain in domains { add(domain, to: &page) }
    addUntested(to: &page)
    return page.text
  }

  // MARK: - Overview

  private static let tableHead = """
    | Domain | Verdict | Score as it is now | Score as proposed | Worse | Better | As before |
    | --- | --- | --- | --- | ---: | ---: | ---: |

    """

  private func row(_ domain: GateResult.Domain) -> String {
    let impact = domain.impact
    let cells = [
      MarkdownText.code(domain.displayName), result.verdict(of: domain), impact.current.score.sentence,
      impact.proposed.score.sentence, "\(impact.worse.count)", "\(impact.better.count)",
      "\(impact.standing.count)",
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  // MARK: - One domain

  /// Paragraphs or lines of a list under one title.
  private struct Block {
    let title: String
    let part: MarkdownPage.Part
    let items: [String]
  }

  private func add(_ domain: GateResult.Domain, to page: inout MarkdownPage) {
    let impact = domain.impact
    var blocks = [
      Block(title: "Role", part: .role, items: impact.roles.map { [MarkdownText.inline($0) + "\n"] } ?? []),
      Block(title: "Consequences", part: .consequence, items: impact.consequences.map(consequence)),
      Block(title: "Worse", part: .finding, items: impact.worse.map(finding)),
      Block(title: "Better", part: .finding, items: impact.better.map(finding)),
      Block(title: "Could not tell", part: .doubts, items: doubts(GateDoubts(impact.untold))),
    ]
    switch result.standard {
    case .difference: break
    case .absolute:
      blocks.append(Block(title: "As it is now", part: .finding, items: impact.standing.map(finding)))
    }
    // A title stands over the first item that fits, and nowhere else.
    var head = "\n#### \(MarkdownText.code(domain.displayName)): \(result.verdict(of: domain))\n"
    for block in blocks {
      var title = "\n**\(block.title)**\n\n"
      for item in block.items where page.add(head + title + item, as: block.part) {
        head = ""
        title = ""
      }
    }
  }

  private func consequence(_ consequence: Consequence) -> String {
    "- **\(consequence.label)** \(MarkdownText.inline(consequence.kind.sentence))\n"
  }

  private func finding(_ change: FindingChange) -> String {
    MarkdownFinding.head(change.rule, change.severity, change.formerly.map { ", " + $0 } ?? "")
      + (change.fault.map(MarkdownFinding.fault) ?? "")
      + (change.remedy.map { MarkdownFinding.field("fix", MarkdownText.inline($0)) } ?? "") + "\n"
  }

  private func doubts(_ doubts: GateDoubts) -> [String] {
    let findings = doubts.findings.map { untold, causes in
      MarkdownFinding.head(untold.rule, untold.severity) + untold.faults.map(MarkdownFinding.fault).joined()
        + causes.map { MarkdownFinding.field("cause", MarkdownText.inline($0)) }.joined() + "\n"
    }
    let stops = doubts.stops.map { causes, severity, rules in
      let sentences = (causes + [GateDoubts.sentence(stopping: rules)]).map(MarkdownText.inline)
      return "**\(severity.word)** \(sentences.joined(separator: " "))\n\n"
    }
    return findings + stops
  }

  // MARK: - What was not tested

  private func addUntested(to page: inout MarkdownPage) {
    let lines = result.untested.map { "- \(MarkdownText.inline($0))\n" }
    guard !lines.isEmpty else { return }
    page.add(
      "\n<details><summary>Tested in neither world</summary>\n\n\(lines.joined())\n</details>\n",
      as: .untested)
  }
}
