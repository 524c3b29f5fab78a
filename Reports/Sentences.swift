import DNSData
import Verdict

// Where data become words. Every report takes its sentences from here, so that all say the same.

extension Message {
  /// `foreign` quotes and escapes what came from outside.
  func text(foreign: ([UInt8]) -> String) -> String {
    fragments.map { fragment in
      switch fragment {
      case .own(let text): text
      case .foreign(let octets): foreign(octets)
      }
    }.joined()
  }

  /// With foreign text in double quotes, printable everywhere.
  var plain: String { text { "\"" + Printable.text($0) + "\"" } }
}

/// Makes octets from outside harmless to look at: nothing that moves a cursor, turns text around or hides.
package enum Printable {
  package static let maximumLength = 300  // characters shown of one foreign text

  /// UTF-8 where it is valid; everything else, controls, bidirectional and invisible characters as `\x{…}`.
  package static func text(_ octets: [UInt8], limit maximumLength: Int = maximumLength) -> String {
    var shown = ""
    var count = 0
    var decoder = UTF8()
    var iterator = octets.makeIterator()
    var consumed = 0
    while true {
      if count >= maximumLength {
        return shown + "…(\(octets.count) octets)"
      }
      switch decoder.decode(&iterator) {
      case .emptyInput: return shown
      case .error:
        shown += "\u{FFFD}"
        consumed += 1
      case .scalarValue(let scalar):
        consumed += UTF8.width(scalar)
        shown += isHarmless(scalar) ? String(scalar) : number(scalar)
      }
      count += 1
    }
  }

  static func number(_ scalar: Unicode.Scalar) -> String { "\\x{" + String(scalar.value, radix: 16) + "}" }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Controls, bidirectional marks and zero-width characters are Cc and Cf; the rest cannot be shown as one line.
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: true
    }
  }
}

extension Responder {
  package var sentence: String {
    switch self {
    case .server(let address): address.description
    case .zoneFile(let name): Printable.text(Array(name.utf8))
    case .nobody: "nobody"
    }
  }
}

extension Place {
  package var sentence: String {
    var parts = [name.display]
    if let type { parts.append(type.description) }
    if let address { parts.append(address.description) }
    if let port { parts.append("port \(port)") }
    return parts.joined(separator: " ")
  }
}

extension LookupFailure {
  package var sentence: String {
    switch self {
    case .timeout: "no answer in time"
    case .unreachable: "the server cannot be reached"
    case .serverFailure: "the server failed (SERVFAIL)"
    case .refused: "the server refused (REFUSED)"
    case .responseCode(let code): "the server answered with response code \(code)"
    case .malformed(let what): "the answer cannot be used: \(Printable.text(Array(what.utf8)))"
    case .aliasLoop: "its aliases lead in a circle or on for too long"
    case .limitReached: "the audit's own limit on questions was reached"
    case .notInFiles: "offline, and no zone file holds it"
    case .bogus: "signatures that are due are not there or do not hold (DNSSEC: bogus)"
    case .disbelieved: "the resolver says what is not so, and is not believed (see \"This machine\")"
    case .addressNotAllowed: "the server's address is not public"
    }
  }
}

extension ExtendedError {
  package var sentence: String {
    let meaning = Self.names[code].map { "\(code), \($0)" } ?? "\(code)"
    return text.isEmpty
      ? "extended error \(meaning)" : "extended error \(meaning): \"\(Printable.text(text))\""
  }

  /// IANA "Extended DNS Error Codes".
  private static let names: [UInt16: String] = [
    1: "unsupported DNSKEY algorithm", 2: "unsupported DS digest type", 3: "stale answer", 4: "forged answer",
    5: "DNSSEC indeterminate", 6: "DNSSEC bogus", 7: "signature expired", 8: "signature not yet valid",
    9: "DNSKEY missing", 10: "RRSIGs missing", 11: "no zone key bit set", 12: "NSEC missing",
    13: "cached error",
    14: "not ready", 15: "blocked", 16: "censored", 17: "filtered", 18: "prohibited",
    19: "stale NXDOMAIN answer", 20: "not authoritative", 21: "not supported", 22: "no reachable authority",
    23: "network error", 24: "invalid data",
  ]
}

extension Answer {
  /// Why it failed, who said so.
  package var failureSentence: String? {
    guard let failure else { return nil }
    let details = extendedErrors.map { " (\($0.sentence))" }.joined()
    switch responder {
    case .nobody: return failure.sentence + details
    case .server, .zoneFile: return "\(failure.sentence)\(details), says \(responder.sentence)"
    }
  }
}

extension Gap {
  package var sentence: String {
    switch reason {
    case .failed(let answer): answer.failureSentence ?? "it could not be looked up"
    case .bogus(let link): "\(link.message.plain) (DNSSEC: bogus)"
    case .noConversation(let silence): silence.sentence
    case .noDocument(let reason): reason.sentence
    case .notTested(let reason): reason.sentence
    }
  }
}

extension NotTested {
  package var sentence: String {
    switch self {
    case .notInFiles: LookupFailure.notInFiles.sentence
    case .limitReached: LookupFailure.limitReached.sentence
    case .notProbed: "mail servers were not connected to"
    case .addressNotAllowed: "the address is not public, and is not allowed with --allow-addresses"
    case .familyMissing: "this machine has no route for addresses of this family"
    case .smtpBlocked:
      "every connection to port 25 timed out while other ports answered: this network most likely blocks it"
    case .noTLSHere: "this machine cannot speak TLS as wanted"
    case .noFetchHere: "this machine cannot fetch documents over HTTPS"
    case .auditEnded: "the audit was over first"
    case .noSelector: "no selector was given, and none of the common ones has a key"
    case .noSelectorGiven: "no selector was given; keys at common names were judged instead"
    case .noSender: "nothing tells which addresses this domain's mail leaves from"
    case .notValidated: "whether signatures protect it is not known here"
    case .serversNotAsked: "the authoritative servers were not asked"
    case .directPortClosed: "name servers cannot be asked directly from here: port 53 to the world is closed"
    case .blocklistRefuses: "the blocklist refuses to answer; its error codes are no listing"
    case .blocklistUnreliable: "the blocklist fails its own test, so that nothing it says counts"
    case .blocklistUnregistered: "the blocklist answers registered resolvers only, and not this one"
    case .blocklistCodeUnexplained: "the blocklist answered with a code whose meaning is not described"
    }
  }

  /// Where the machine itself stands in the way.
  private static let whereTold = "see \"This machine\", or `mailaudit doctor`"

  /// How to have it tested.
  package var remedy: String {
    switch self {
    case .notInFiles: "give the zone file that holds it with --zone, or drop --offline"
    case .limitReached: "audit this domain alone"
    case .notProbed: "audit over the network, without --offline and --no-probe"
    case .addressNotAllowed: "allow the network with --allow-addresses, if it is meant"
    case .familyMissing: "audit from a machine that has both IPv4 and IPv6; \(Self.whereTold)"
    case .smtpBlocked:
      "audit from a network that lets port 25 out, as most servers' networks do; \(Self.whereTold)"
    case .noTLSHere: "audit from a machine with OpenSSL 3 and a CA store"
    case .noFetchHere: "audit from a machine with libcurl on OpenSSL and a CA store"
    case .auditEnded: "audit again, and let it finish"
    case .noSelector, .noSelectorGiven: "name the selector with --selector (it is the s= of a DKIM-Signature)"
    case .noSender: "name them with --sender"
    case .notValidated:
      "audit over the network, through a resolver that passes DNSSEC records (`mailaudit doctor` tells)"
    case .serversNotAsked: "audit over the network, with --view auto"
    case .directPortClosed:
      "audit from a machine whose network lets port 53 out, over UDP and TCP; \(Self.whereTold)"
    case .blocklistRefuses: "ask through a resolver of your own with --resolver, or with a key (--dqs-key)"
    case .blocklistUnreliable: "ask through another resolver with --resolver; if it goes on, the list is dead"
    case .blocklistUnregistered: "register the resolver's address with the list's operator"
    case .blocklistCodeUnexplained: "look the entry up at the list's operator"
    }
  }
}

extension DomainRole {
  package var sentence: String {
    switch self {
    case .mail: "a mail domain: it has MX records"
    case .implicitMail: "a mail domain without MX: its address receives, its SPF record authorises senders"
    case .sendOnly: "sends only: its SPF record authorises senders, nothing receives"
    case .parked: "parked: null MX, or an SPF record that denies everybody"
    case .noMail: "no mail domain: it has neither MX nor SPF"
    case .nonexistent: "none: the domain does not exist in the DNS"
    case .undetermined: "not known: what would tell it was not answered"
    }
  }
}

extension Severity {
  package var word: String {
    switch self {
    case .critical: "critical"
    case .high: "high"
    case .medium: "medium"
    case .low: "low"
    case .info: "info"
    }
  }
}
