import ChangePlan
import DNSData
import Evidence

// What the steps of a plan say.

extension Plan.Procedure.Subject {
  func sentence(_ domain: Name) -> String {
    switch self {
    case .dkim: "DKIM keys of \(domain.display)"
    case .tlsa(let host): "TLSA records of \(host.display)"
    case .mtasts: "MTA-STS and the MX records of \(domain.display)"
    }
  }
}

extension Plan.Action {
  /// The stable word of reports for programs.
  var word: String {
    switch self {
    case .makeKey: "make-key"
    case .publishKey: "publish-key"
    case .startSigning: "start-signing"
    case .stopSigning: "stop-signing"
    case .removeKey: "remove-key"
    case .revokeKey: "revoke-key"
    case .publishPin: "publish-pin"
    case .deployCertificate: "deploy-certificate"
    case .removePins: "remove-pins"
    case .publishPolicy: "publish-policy"
    case .changeExchangers: "change-mx"
    case .withdrawPolicy: "withdraw-policy"
    case .removePolicy: "remove-policy"
    }
  }

  /// Selectors and files are the operator's words: quoted and escaped as foreign ones are.
  var sentence: String {
    func quoted(_ text: String) -> String { "\"" + Printable.text(Array(text.utf8)) + "\"" }
    switch self {
    case .makeKey(let selector):
      return "Make an RSA key of 2048 bits under a selector that was never used, such as \(quoted(selector))."
    case .publishKey(let selector): return "Publish the key record of the selector \(quoted(selector))."
    case .startSigning(let selector): return "Let the signer sign with \(quoted(selector))."
    case .stopSigning(let selector):
      return
        "Let the signer stop signing with \(quoted(selector)), and note the day: the record must stay for now."
    case .removeKey(let selector):
      return "Remove the key record of \(quoted(selector)), or publish it with an empty key."
    case .revokeKey(let selector):
      return "Revoke the key of \(quoted(selector)): publish its record with an empty key."
    case .publishPin(let file):
      return "Publish the TLSA record for the key of \(quoted(file)) beside the current one."
    case .deployCertificate(let file):
      return "Let the server use the certificate with the key of \(quoted(file))."
    case .removePins: return "Remove the other TLSA records, once the server shows the new certificate."
    case .publishPolicy(let hosts):
      return
        "Serve a policy that names \(hosts.map(\.display).joined(separator: ", ")), then publish a new id."
    case .changeExchangers: return "Change the MX records."
    case .withdrawPolicy: return "Serve a policy with `mode: none`, then publish a new id."
    case .removePolicy: return "Remove the record, then the policy and its host."
    }
  }
}

extension Plan.Wait {
  var sentence: String {
    let time = Self.duration(seconds)
    switch reason {
    case .caches(let ttl, let negative):
      return
        "Wait \(time): resolvers may hold an old record for \(ttl) s, and that there was none for \(negative) s."
    case .queues(let ttl):
      return
        "Wait \(time): mail that was signed before may be in a queue for five days; the record's TTL is \(ttl) s."
    case .pins(let ttl):
      return "Wait \(time), two TTLs of \(ttl) s: then no resolver holds the set without the next key."
    case .policies(let ttl, let maxAge):
      return
        "Wait \(time): senders look for a new id (TTL \(ttl) s) once a day, and keep a policy for \(maxAge) s."
    case .exchangers(let ttl):
      return "Wait \(time): resolvers may hold the old MX records for \(ttl) s."
    case .expiry(let maxAge):
      return "Wait \(time): senders keep the policy that was served before for its max_age of \(maxAge) s."
    }
  }

  static func duration(_ seconds: Int64) -> String {
    let units: [(Int64, String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
    for (size, unit) in units where seconds > 0 && seconds.isMultiple(of: size) {
      let count = seconds / size
      return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
    return "\(seconds) seconds"
  }
}
