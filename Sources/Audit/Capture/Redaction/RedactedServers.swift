import DNSData
import Evidence

// What mail servers and web servers said. Certificates stay as they were shown: they are public, and pinned.

extension Redactor {
  mutating func probe(_ probe: ServerProbe) -> ServerProbe {
    let outcome: ServerProbe.Outcome =
      switch probe.outcome {
      case .conversed(let conversation): .conversed(self.conversation(conversation))
      case .refused, .timedOut, .unreachable, .notTried: probe.outcome
      }
    let request = ProbeRequest(
      address(probe.request.address), probe.request.service,
      serverName: probe.request.serverName.map { name($0) }, policy: probe.request.policy,
      conduct: probe.request.conduct)
    return ServerProbe(request, outcome, at: probe.time)
  }

  private mutating func conversation(_ conversation: Conversation) -> Conversation {
    Conversation(
      session: session(conversation.session), handshake: conversation.handshake.map { handshake($0) },
      certificate: conversation.certificate.map { verdicts($0) }, greetingDelay: conversation.greetingDelay)
  }

  private mutating func session(_ session: MailSession) -> MailSession {
    var redacted = MailSession(
      session.mailProtocol, port: session.port, security: session.security,
      introducedAs: session.introducedAs.map { text($0) })
    redacted.greeting = session.greeting.map { reply($0) }
    redacted.inPlaintext = listing(session.inPlaintext)
    redacted.startTLS = startTLS(session.startTLS)
    redacted.plaintextBeforeHandshake = text(session.plaintextBeforeHandshake)
    redacted.inTLS = listing(session.inTLS)
    redacted.trial = session.trial.map { trial($0) }
    redacted.stage = session.stage
    redacted.ending = ending(session.ending)
    redacted.unfinished = text(session.unfinished)
    redacted.deviations = session.deviations
    return redacted
  }

  private mutating func reply(_ reply: MailReply) -> MailReply {
    let status: MailReply.Status =
      switch reply.status {
      case .code: reply.status
      case .word(let word, let code): .word(word, responseCode: code.map { text($0) })
      }
    return MailReply(status, text: reply.text.map { text($0) })
  }

  private mutating func listing(_ listing: MailCapabilityListing) -> MailCapabilityListing {
    switch listing {
    case .unseen: .unseen
    case .refused(let reply): .refused(self.reply(reply))
    case .listed(let list):
      .listed(
        MailCapabilities(
          list.mailProtocol, reply: reply(list.reply),
          items: list.items.map { item in
            MailCapability(keyword: text(item.keyword), parameters: item.parameters.map { text($0) })
          }))
    }
  }

  private mutating func startTLS(_ startTLS: MailSession.StartTLS) -> MailSession.StartTLS {
    switch startTLS {
    case .refused(let reply): .refused(self.reply(reply))
    case .refusedUnlisted(let reply): .refusedUnlisted(self.reply(reply))
    case .implicit, .unseen, .notOffered, .ruledOutByPreauth, .unanswered, .accepted: startTLS
    }
  }

  private mutating func trial(_ trial: MailTrial) -> MailTrial {
    var redacted = MailTrial()
    redacted.nullSender = trial.nullSender.map { reply($0) }
    redacted.otherSender = trial.otherSender.map { reply($0) }
    redacted.injected = trial.injected.map { reply($0) }
    return redacted
  }

  private mutating func ending(_ ending: MailSession.Ending) -> MailSession.Ending {
    switch ending {
    case .refused(let reply): .refused(self.reply(reply))
    case .shutDown(let reply): .shutDown(self.reply(reply))
    case .completed, .interrupted, .violated, .exceeded: ending
    }
  }

  private mutating func handshake(_ handshake: TLSHandshake) -> TLSHandshake {
    TLSHandshake(
      policy: handshake.policy, serverName: handshake.serverName.map { name($0) },
      applicationProtocols: handshake.applicationProtocols, result: handshake.result, chain: handshake.chain,
      stapledResponse: handshake.stapledResponse)
  }

  private mutating func verdicts(_ verdicts: CertificateVerdicts) -> CertificateVerdicts {
    CertificateVerdicts(
      trust: verdicts.trust, dates: verdicts.dates,
      names: verdicts.names.map { NameVerdict(asked: identity($0.asked), matches: $0.matches) },
      revocation: verdicts.revocation, time: verdicts.time, store: verdicts.store)
  }

  private mutating func identity(_ identity: ServerIdentity) -> ServerIdentity {
    switch identity {
    case .name(let name): .name(self.name(name))
    case .address(let address): .address(self.address(address))
    }
  }

  // MARK: - Documents

  /// nil where its URL would be longer than URLs may be.
  mutating func fetch(_ fetch: HTTPFetch) -> HTTPFetch? {
    guard let request = request(fetch.request) else { return nil }
    let outcome: FetchOutcome =
      switch fetch.outcome {
      case .response(let response): .response(self.response(response))
      case .failure: fetch.outcome
      }
    return HTTPFetch(
      request, outcome, from: fetch.responder.map { address($0) },
      withheld: fetch.withheld.map { address($0) }, certificate: fetch.certificate, at: fetch.started)
  }

  private mutating func request(_ request: FetchRequest) -> FetchRequest? {
    try? FetchRequest(
      request.scheme, host: name(request.host), port: request.port, path: text(request.path),
      addresses: request.addresses.map { address($0) }, limits: request.limits)
  }

  private mutating func response(_ response: HTTPResponse) -> HTTPResponse {
    HTTPResponse(
      status: response.status, contentType: response.contentType.map { octets($0) },
      location: response.location.map { octets($0) }, body: octets(response.body), ending: response.ending)
  }

  private mutating func octets(_ foreign: ForeignOctets) -> ForeignOctets {
    ForeignOctets(text(foreign.octets))
  }
}
