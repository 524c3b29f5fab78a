import DMARC
import DNSData
import SPF
import Verdict

// What a change does, in words.

extension Consequence.Kind {
  /// The stable word of reports for programs.
  var word: String {
    switch self {
    case .roleLost: "role-lost"
    case .senderLosesPass: "sender-loses-pass"
    case .senderGainsPass: "sender-gains-pass"
    case .newAddressWithoutPass: "new-address-without-pass"
    case .selectorWithdrawn: "selector-withdrawn"
    case .keyReplaced: "key-replaced"
    case .exchangerOutsidePolicy: "mx-outside-policy"
    case .pinMismatch: "tlsa-mismatch"
    case .policyLoosened: "dmarc-loosened"
    }
  }

  /// Selectors come from zone files: quoted and escaped as foreign text is.
  var sentence: String {
    switch self {
    case .roleLost(_, let after): after.loss
    case .senderLosesPass(let address, let identity, let result):
      "\(address) loses SPF pass: mail of \(identity.display) from there gets \(result.rawValue)."
    case .senderGainsPass(let address, let identity):
      "\(address) gets SPF pass for mail of \(identity.display)."
    case .newAddressWithoutPass(let address, let host, let result):
      "\(host.display) sends, and would do so from \(address), which SPF does not pass: mail from there gets "
        + "\(result.rawValue)."
    case .selectorWithdrawn(let label, let use, let left): Self.withdrawal(of: label, use, left: left)
    case .keyReplaced(let label, let use):
      "The key of the selector \(Self.quoted(label)) would be another one: "
        + (use == .given ? "it is still signing" : "if it is still signing")
        + ", and what was signed with the key that is live now fails. Publish a new key under a new selector."
    case .exchangerOutsidePolicy(let host, let until, .enforce):
      "\(host.display) is not in the MTA-STS policy that senders keep until \(until): until then they do not "
        + "deliver to it."
    case .exchangerOutsidePolicy(let host, let until, .testing):
      "\(host.display) is not in the MTA-STS policy that senders keep until \(until): until then they report "
        + "each delivery to it."
    case .pinMismatch(let host, let address, let port):
      "TLSA does not match the certificate that is served: \(host.display), port \(port) at \(address). "
        + "Senders that use DANE hold mail back."
    case .policyLoosened(let before, let after):
      after.map {
        "DMARC would ask receivers to \($0.demand(of: "forged mail")), and no more to "
          + "\(before.demand(of: "it"))."
      }
        ?? "No DMARC record would apply: receivers are asked no more to \(before.demand(of: "forged mail"))."
    }
  }

  private static func withdrawal(of label: String, _ use: DKIMSelector.Use, left: Int) -> String {
    switch use {
    case .given: "The selector \(quoted(label)) is still signing: its signatures fail without its key."
    case .next: "The selector \(quoted(label)) is to sign next, and would have no key."
    case .guessed, .idle:
      "The selector \(quoted(label)) would have no key"
        + (left == 0 ? ", and no other key is known" : "") + ": if it is still signing, its signatures fail."
    }
  }

  private static func quoted(_ text: String) -> String { "\"" + Printable.text(Array(text.utf8)) + "\"" }
}

extension DomainRole {
  /// What becomes of mail for a domain that gets this role.
  fileprivate var loss: String {
    switch self {
    case .implicitMail:
      "The domain would have no MX records: mail for it goes to its own address, where perhaps nobody takes it."
    case .parked:
      "The domain would take no mail any more: it has null MX, or an SPF record that denies everybody."
    case .sendOnly: "Nothing would receive mail for the domain any more."
    case .noMail: "The domain would be no mail domain any more: it has neither MX nor SPF."
    case .nonexistent: "The domain would not exist any more: mail for it is returned."
    case .mail, .undetermined: "The domain would be \(sentence)."
    }
  }
}

extension DMARCPolicy {
  fileprivate func demand(of object: String) -> String {
    switch self {
    case .none: "let \(object) through"
    case .quarantine: "quarantine \(object)"
    case .reject: "reject \(object)"
    }
  }
}

extension GateResult {
  /// The verdict in a sentence.
  var sentence: String {
    let limit = limits.failOn.word
    switch (exitStatus, standard) {
    case (.fine, .difference): return "The gate is open: nothing gets worse at or above \(limit)."
    case (.fine, .absolute): return "The gate is open: nothing is at or above \(limit)."
    case (.findings, .difference): return "The gate is shut: something gets worse at or above \(limit)."
    case (.findings, .absolute): return "The gate is shut: something is at or above \(limit)."
    case (.unknown, _), (.usage, _):
      return "The gate cannot tell: something at or above \(limit) could not be judged, and nothing is known "
        + "to get worse."
    }
  }
}
