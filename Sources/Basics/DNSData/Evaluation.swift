/// How a standard that needs look-ups is evaluated without doing any: a pure function of the answers known so far
/// that returns its result, or the questions that it still needs.
package enum Evaluation<Value> {
  case result(Value)
  case needs(Set<Question>)
}

extension Evaluation: Sendable where Value: Sendable {}

/// The answers known so far; nil for a question that was not asked yet.
package typealias KnownAnswers = (Question) -> Answer?
