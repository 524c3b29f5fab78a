import Evidence
package import Verdict

extension Rule {
  package static let daneENT = Rule(
    "dane.ent",
    "Name servers deny `_tcp`, below which TLSA records stand",
    about: PinParent.self,
    severity: .high,
    why: """
      The name has no records of its own, and exists all the same. Resolvers that ask for it on the way down, which \
      protects privacy, believe that nothing stands below, or that they are being deceived: they never see the TLSA \
      records, and senders behind them hold mail back or deliver it unprotected.
      """,
    fix: "Use name server software that answers NOERROR for empty names (empty non-terminals).",
    references: [.rfc(8020, "2"), .rfc(9156, "2.3"), .rfc(4035, "5.4")],
    examples: [
      .flags(
        "what is said of it does not validate", at: ["_tcp.mail.example.com."],
        validations: Validation.bogus("_tcp.mail", .tlsa), examplePinnedHost),
      .passes("it is there", examplePinnedHost),
      .passes("nothing stands below", validations: Validation.bogus("_tcp.mail", .tlsa), exampleHost),
    ]
  ) { parent, _ in
    let name = parent.answer.question.name
    switch parent.denial {
    case .bogus(let link):
      return [
        Fault(
          in: parent.answer,
          "What is said of \(name) does not validate, while TLSA records stand below it.",
          observed: "it fails at \(link.question.name)", expected: "NOERROR, and a denial of the type alone")
      ]
    case .contradicted(let server):
      return [
        Fault(
          at: Place(name, .tlsa), saidBy: server,
          "\(name) is said not to exist, while TLSA records stand below it.", expected: "NOERROR")
      ]
    case nil: return []
    }
  }
}
