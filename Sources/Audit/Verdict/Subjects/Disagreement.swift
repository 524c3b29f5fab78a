package import DNSData

/// A question to which the servers of a zone give different answers.
package struct Disagreement: Sendable {
  package let question: Question
  /// Those that say the same together; at least two.
  package let sides: [(statement: ServerStatement, views: [NameServerView])]
  /// How bad it is; nil for what may differ by where one asks from.
  package let severity: Severity?

  /// Each family is of one mind.
  package var isByFamily: Bool {
    let families = sides.map { Set($0.views.map(\.family)) }
    return sides.count == 2 && families.allSatisfy { $0.count == 1 } && families.first != families.last
  }

  package func fault(_ what: Message, severity: Severity) -> Fault {
    let words = sides.map { side in
      Message(
        "\(side.views.titles) \(own: side.views.count == 1 ? "says" : "say") \(side.statement.description)")
    }
    return Fault(
      at: Place(question.name, question.type), saidBy: sides.last?.views.first?.responder ?? .nobody,
      severity: severity, "\(what).", observed: words.joined(by: "; "),
      expected: "the same answer from all of them")
  }
}

extension ZoneServers {
  package func disagreements(in facts: Facts) -> [Disagreement] {
    questions.compactMap { question in
      let sides = statements(about: question)
      guard sides.count > 1 else { return nil }
      return Disagreement(question: question, sides: sides, severity: severity(of: question, facts))
    }
  }

  /// Records that decide about mail; of addresses those of mail hosts, which may still hang on where one asks from.
  private func severity(of question: Question, _ facts: Facts) -> Severity? {
    switch question.type {
    case .mx, .txt, .tlsa, .srv, .caa: .high
    case .ns where question.name == zone: .medium
    case .a, .aaaa: facts.exchangers.contains(question.name) ? .medium : nil
    default: nil
    }
  }
}

extension [Message] {
  fileprivate func joined(by separator: String) -> Message {
    dropFirst().reduce(first ?? "") { "\($0)\(own: separator)\($1)" }
  }
}
