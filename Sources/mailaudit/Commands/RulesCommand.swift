import ArgumentParser
import Reports
import Rules
import Verdict

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the checks, or explain one.")

  @Argument(help: "The id of a rule, such as spf.lookup-limit.")
  var id: String?

  @Option(help: "Show the severities of this profile: standard, strict, snm, flyingcircus, or a file.")
  var profile = BuiltInProfile.standard.rawValue

  func run() throws {
    let profile = try ProfileFile.profile(profile)
    guard let id else {
      try FileHandles.standardOutput(RuleReport.list(profile.applied(to: Rule.catalog)))
      return
    }
    guard let rule = Rule.catalog.first(where: { $0.id == id.lowercased() }) else {
      let nearest = NearestMatch.of(id.lowercased(), among: Rule.catalog.map(\.id))
      throw Problem.usage("there is no rule \(Shown.text(id)); the nearest is \(nearest)")
    }
    try FileHandles.standardOutput(RuleReport.explanation(of: rule, in: profile))
  }
}
