import DNSData
import Evidence
import SPF
import Verdict

/// A host at an address, with its ports.
struct HTMLServerPlace {
  let host: HTMLText
  let address: HTMLText
  var ports: [Port]

  static func all(_ matrix: ServerMatrix) -> [HTMLServerPlace] {
    var places: [HTMLServerPlace] = []
    var last: ServerRow?
    for row in matrix.rows where row.isOfInterest {
      if last?.host != row.host || last?.address != row.address {
        places.append(
          HTMLServerPlace(
            host: HTMLText(row.host.display), address: HTMLText(row.address.description), ports: []))
      }
      last = row
      places[places.count - 1].ports.append(Port(row))
    }
    return places
  }

  struct Port {
    let number: Int
    let service: String
    let security: String
    let facts: Facts?
    let remarks: [HTMLText]
    /// The remarks stand in place of the facts.
    let isWithoutTLS: Bool

    init(_ row: ServerRow) {
      number = Int(row.service.port)
      service = row.service.mailProtocol.word
      security = row.service.security.word
      facts = row.tls.map(Facts.init)
      remarks = row.remarks.map(HTMLText.init)
      isWithoutTLS = row.tls == nil
    }
  }

  struct Facts {
    let version: HTMLText
    let cells: [Cell]

    init(_ tls: TLSFacts) {
      version = HTMLText(tls.parameters.version.description)
      cells = [
        Cell(tls.chainWord, isFault: tls.trust.map { $0 != .trusted } ?? false),
        Cell(tls.nameWord, isFault: tls.nameMatches == false),
        Cell(tls.endWord, isFault: tls.dates?.word != nil),
        Cell(tls.tlsa.word, isFault: tls.tlsa.isFault),
      ]
    }
  }

  struct Cell {
    let words: HTMLText
    let isFault: Bool

    init(_ words: String, isFault: Bool) {
      self.words = HTMLText(words)
      self.isFault = isFault
    }
  }
}

extension TLSAStanding {
  fileprivate var isFault: Bool {
    switch self {
    case .mismatches, .matchesPartly, .unusable: true
    case .notAsked, .unknown, .none, .matches: false
    }
  }
}

/// What senders do with mail for one MX host.
struct HTMLDelivery {
  let host: HTMLText
  let preference: Int
  let dane: HTMLServerPlace.Cell
  let policy: HTMLServerPlace.Cell

  init(_ delivery: HostDelivery) {
    host = HTMLText(delivery.host.display)
    preference = Int(delivery.preference)
    dane = HTMLServerPlace.Cell(delivery.daneWords, isFault: delivery.isFaultOfDANE)
    policy = HTMLServerPlace.Cell(delivery.policyWords, isFault: delivery.isFaultOfPolicy)
  }
}

/// What SPF says of the expected senders under one name.
struct HTMLSender {
  let identity: HTMLText
  let rows: [Row]

  struct Row {
    let address: HTMLText
    let result: String
    let isFault: Bool
    let term: HTMLText

    init(_ verdict: SenderVerdict) {
      address = HTMLText(verdict.address.description)
      result = verdict.result?.rawValue ?? "unknown"
      isFault =
        switch verdict.result {
        case .fail, .softfail, .permerror, .temperror: true
        case .pass, .neutral, .some(.none), nil: false
        }
      term = HTMLText(verdict.term ?? "no term")
    }
  }

  static func all(_ verdicts: [SenderVerdict]) -> [HTMLSender] {
    let identities = verdicts.reduce(into: [Name]()) { names, verdict in
      if !names.contains(verdict.identity) { names.append(verdict.identity) }
    }
    return identities.map { identity in
      HTMLSender(
        identity: HTMLText(identity.display),
        rows: verdicts.filter { $0.identity == identity }.map(Row.init))
    }
  }
}
