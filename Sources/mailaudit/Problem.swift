import Verdict

/// What stops the program before there is a verdict: one sentence, and the exit status that goes with it.
struct Problem: Error {
  let sentence: String
  let status: ExitStatus

  /// The user wrote something that cannot be used.
  static func usage(_ sentence: String) -> Problem { Problem(sentence: sentence, status: .usage) }

  /// The world did not let us look.
  static func unknown(_ sentence: String) -> Problem { Problem(sentence: sentence, status: .unknown) }
}
