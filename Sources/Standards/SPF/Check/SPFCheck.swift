// The way in to an evaluation of SPF for one client and one sender (RFC 7208 §4.1
// to §4.3). It does no look-ups itself: the caller asks what is needed and
// evaluates again. What needs no client is in the survey, SPFTree.

package import DNSData

/// The arguments of check_host() (RFC 7208 §4.1) and what the macros need besides.
package struct SPFCheck: Sendable {
  package let client: IPAddress
  /// Where the evaluation starts, as given.
  package let domain: [UInt8]
  let localPart: [UInt8]
  let senderDomain: [UInt8]
  let helo: [UInt8]
  let receiver: [UInt8]
  let now: Timestamp

  /// - Parameters:
  ///   - client: an IPv4-mapped address is taken as IPv4.
  ///   - mailFrom: without angle brackets; empty for a bounce, which is checked as `postmaster@` the HELO name
  ///     (§2.4).
  ///   - domain: nil for the domain of the sender.
  ///   - receiver: the checking host's name, for `%{r}`.
  ///   - now: for `%{t}`.
  package init(
    client: IPAddress, mailFrom: String, helo: String, domain: String? = nil, receiver: String? = nil,
    now: Timestamp
  ) {
    self.client = client.unmapped
    self.helo = DomainText.withoutFinalDot(Array(helo.utf8))
    self.receiver = receiver.map { Array($0.utf8) } ?? SPFExpansion.unknown
    self.now = now
    let sender = mailFrom.isEmpty ? self.helo : Array(mailFrom.utf8)
    let at = sender.lastIndex(of: UInt8(ascii: "@"))
    let local = at.map { Array(sender[..<$0]) } ?? []
    localPart = local.isEmpty ? Array("postmaster".utf8) : local  // §4.3
    senderDomain = DomainText.withoutFinalDot(at.map { Array(sender[($0 + 1)...]) } ?? sender)
    self.domain = domain.map { DomainText.withoutFinalDot(Array($0.utf8)) } ?? senderDomain
  }

  /// The verdict, or the questions that stand in its way. A receiver would ask them in the same order; what only a
  /// later term needs is not asked ahead, because a match may make it needless.
  package func evaluate(_ answers: KnownAnswers) -> Evaluation<SPFVerdict> {
    guard let name = DomainText.initialName(domain) else {
      return .result(
        SPFVerdict(result: .none, matches: [], problem: nil, explanation: nil, lookups: 0, voids: 0))
    }
    return withoutActuallyEscaping(answers) { answers in
      var evaluator = Evaluator(check: self, answers: answers)
      return evaluator.verdict(name, text: domain)
    }
  }

  func expansion(at domain: [UInt8], validatedName: [UInt8] = SPFExpansion.unknown) -> SPFExpansion {
    SPFExpansion(
      localPart: localPart, senderDomain: senderDomain, domain: domain, helo: helo, client: client,
      receiver: receiver, now: now, validatedName: validatedName)
  }
}
