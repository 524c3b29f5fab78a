package import DNSData
package import Evidence

/// How far DNSSEC carries what was said (RFC 4033 §5).
package enum Trust: Hashable, Sendable {
  case secure
  /// Proven not to be protected: anybody on the way may have said it.
  case insecure(Insecurity)
  /// It should be protected, and the protection does not hold.
  case bogus(ChainBreak)
  /// What it rests on was asked for, and the answer failed.
  case unknown(Answer)
  case notTested(NotTested)

  /// What a rule cannot judge that needs to know; nil for what is decided.
  package func gap(at place: Place) -> Gap? {
    switch self {
    case .secure, .insecure, .bogus: nil
    case .unknown(let answer): Gap(place, .failed(answer))
    case .notTested(let reason): Gap(place, .notTested(reason))
    }
  }
}

extension Facts {
  /// Of the answer to `question`, aliases and denials included.
  package func trust(_ question: Question) -> Trust {
    if let validation = validations[question] { return trust(validation) }
    guard let answer = snapshot[question], case .zoneFile = answer.responder else {
      return .notTested(.notValidated)
    }
    let trusts = ([question.name] + answer.aliasTargets).map(trust(published:))
    return trusts.first { $0 != .secure } ?? .secure
  }

  /// Names whose TLSA records, or whose lack of them, are signed.
  var signedTLSANames: Set<Name> {
    let answers = snapshot.answers { $0.question.type == .tlsa && $0.failure == nil }
    return Set(answers.map(\.question).filter { trust($0) == .secure }.map(\.name))
  }

  private func trust(_ validation: Validation) -> Trust {
    switch validation.security {
    case .secure: .secure
    case .insecure(let insecurity): .insecure(insecurity)
    case .bogus(let link): .bogus(link)
    case .indeterminate(.failure(let question, let failure)) where !failure.isNotTested:
      snapshot[question].map(Trust.unknown) ?? .notTested(.notValidated)
    case .indeterminate(.aliasLoop):
      snapshot[validation.question].map(Trust.unknown) ?? .notTested(.notValidated)
    case .indeterminate(.failure), .indeterminate(.noAnchor), .indeterminate(.root): .notTested(.notValidated)
    }
  }

  /// What a file says is signed when it is published if the zone is that now, or if the user says so: then what the user
  /// does not name is not.
  private func trust(published name: Name) -> Trust {
    let assumed = snapshot.request.assumedSecure
    guard assumed.isEmpty else {
      return assumed.contains { name.isAtOrBelow($0) }
        ? .secure : .insecure(Insecurity(zone: name, reason: .unsignedDelegation))
    }
    for zone in name.selfAndAncestors {
      guard let validation = validations[Question(zone, .dnskey)] else { continue }
      if case .secure = validation.security, case .records = validation.conclusion { return .secure }
      if case .insecure(let insecurity) = validation.security { return .insecure(insecurity) }
    }
    return .notTested(.notValidated)
  }

  /// Those that do not hold, by name and type: of data, and of the keys and delegations that nothing else shows.
  package var bogus: [Validation] {
    validations.values.filter { if case .bogus = $0.security { true } else { false } }
      .sorted { $0.question < $1.question }
  }
}

extension Insecurity {
  /// NSEC3 records that cost too much to check.
  package var isOfIterations: Bool { if case .iterations = reason { true } else { false } }
}

extension Gap {
  /// Stands at the link that broke where signatures are to blame: many answers fail by the same one.
  func explained(by validations: [Question: Validation]) -> Gap {
    guard case .failed(let answer) = reason, answer.failure == .bogus,
      case .bogus(let link) = validations[answer.question]?.security
    else { return self }
    return Gap(Place(link.question.name, link.question.type), .bogus(link))
  }
}
