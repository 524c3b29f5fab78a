import ArgumentParser
import Reports
import Rules
import Verdict

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the checks, or explain one.")

  @Argument(help: "The id of a rule, such as spf.lookup-limit.")
  var id: String?

  func run() throws {
    guard let id else {
      FileHandles.standardOutput(RuleReport.list(Rule.catalog))
      return
    }
    guard let rule = Rule.catalog.first(where: { $0.id == id.lowercased() }) else {
      let nearest = NearestMatch.of(id.lowercased(), among: Rule.catalog.map(\.id))
      throw Problem.usage("there is no rule \(Shown.text(id)); the nearest is \(nearest)")
    }
    FileHandles.standardOutput(RuleReport.explanation(of: rule))
  }
}

/// The candidate that takes the fewest edits.
enum NearestMatch {
  static func of(_ text: String, among candidates: [String]) -> String {
    let typed = Array(text.utf8.prefix(64))
    return candidates.min { distance(typed, Array($0.utf8)) < distance(typed, Array($1.utf8)) } ?? ""
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row.last ?? 0
  }
}
