import SPF
package import Verdict

extension Rule {
  package static let spfMacroBad = Rule(
    "spf.macro-bad",
    "The SPF record has a macro that does not exist",
    about: PublishedSPF.self,
    severity: .high,
    why: "An error in a macro makes the whole record a permanent error.",
    fix: "Use %{s}, %{l}, %{o}, %{d}, %{i}, %{v} or %{h}, and %% for a per cent sign.",
    references: [.rfc(7208, "7.1"), .rfc(7208, "7.2")],
    examples: [
      .flags("unknown letter", at: ["example.com."], #"@ TXT "v=spf1 exists:%{x}.example.com -all""#),
      .flags("a lone per cent sign", at: ["example.com."], #"@ TXT "v=spf1 exists:%i.example.com -all""#),
      .flags("zero labels", at: ["example.com."], #"@ TXT "v=spf1 exists:%{d0}.example.com -all""#),
      .passes("upper case escapes for URLs", #"@ TXT "v=spf1 exists:%{IR}._spf.%{d2}.example.com -all""#),
    ]
  ) { published, _ in
    published.faults { kind in
      if case .badMacro = kind { true } else { false }
    }
  }
}
