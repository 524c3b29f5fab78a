package import Verdict

extension Rule {
  package static let miscVerificationTXT = Rule(
    "misc.verification-txt",
    "Dozens of texts stand beside the SPF record",
    about: OtherTexts.self,
    severity: .low,
    why: """
      Whoever asks for the SPF record gets all TXT records of the domain. An answer that is too long for one \
      datagram costs every receiver a second attempt over TCP. They also tell strangers which services are in \
      use.
      """,
    fix: """
      Remove the proofs of control of services that are no longer used, or that needed them only once.
      """,
    references: [.rfc(7208, "3.4")],
    examples: [
      .flags("21", at: ["example.com."], "@ MX 10 mail\n" + texts(21)),
      .passes("20", "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\n" + texts(20)),
      .passes("a domain without mail", "@ A 192.0.2.80\n" + texts(21)),
    ]
  ) { others, _ in
    guard others.texts.count > limit, let first = others.texts.first else { return [] }
    return [
      Fault(
        in: others.answer,
        """
        \(others.texts.count) texts that are no mail policy stand at \(others.answer.question.name) and make \
        every answer \(others.octets) octets longer.
        """,
        observed: "\(foreign: first.joined)", expected: "\(limit) at most")
    ]
  }

  /// Texts in use: a domain with more than a score of them has hardly looked.
  private static let limit = 20

  private static func texts(_ count: Int) -> String {
    (1...count).map { "@ TXT \"service-\($0)-domain-verification=4711\"" }.joined(separator: "\n")
  }
}
