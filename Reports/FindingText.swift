import Verdict

/// A finding in lines of 80 columns, as every report for people shows it.
enum FindingText {
  /// "  critical  A sending address has no reverse name", and the rule's id below.
  static func head(_ rule: Rule, _ severity: Severity, _ note: String = "", colour: Colour = .none)
    -> [String]
  {
    [
      "  " + colour.severity(severity, severity.word.padded(to: 10)) + rule.title,
      "            " + colour.faint(rule.id + note),
    ]
  }

  static func fault(_ fault: Fault) -> [String] {
    var lines = [field("what", fault.message.plain)]
    lines.append(field("where", "\(fault.place.sentence), says \(fault.source.sentence)"))
    if let observed = fault.observed { lines.append(field("is", observed.plain)) }
    if let expected = fault.expected { lines.append(field("should", expected.plain)) }
    return lines
  }

  static func field(_ label: String, _ text: String) -> String {
    Layout.paragraph(text, label: "    " + label, indent: 12)
  }
}
