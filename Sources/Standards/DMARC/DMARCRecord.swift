/// A DMARC policy record (RFC 9989 §4.7, §4.8): what the octets of one TXT record mean to a receiver, and
/// everything that is wrong with them. What RFC 7489 receivers do differently shows in the faults only.
///
/// Where records are looked for, and which one counts, is `DMARCDiscovery`.
package import TagList

package struct DMARCRecord: Hashable, Sendable {
  /// The strings of the TXT record joined without anything between them (RFC 9989 §4.5).
  package let octets: [UInt8]
  package let tags: TagSequence
  /// In the order of the text.
  package let faults: [DMARCFault]
  package let standing: DMARCStanding
  /// What the valid tags say; defaults for the others.
  package let settings: DMARCSettings
  package let treatment: DMARCTreatment

  package init(_ octets: [UInt8]) {
    var reader = DMARCReader(octets)
    reader.read()
    self.octets = octets
    self.tags = reader.tags
    self.faults = reader.faults.sorted { $0.range.lowerBound < $1.range.lowerBound }
    self.standing = reader.standing
    self.settings = reader.settings
    self.treatment = reader.treatment
  }

  /// What the record asks for mail that fails; nil if receivers apply no DMARC at all because of its faults.
  package func preference(for subject: DMARCSubject) -> DMARCPreference? {
    switch treatment {
    case .noProcessing: return nil
    case .monitoring: return DMARCPreference(tag: .p, policy: .none, mode: settings.mode)
    case .asPublished: break
    }
    // RFC 9989 §4.7, "np" and "sp": np falls back to sp, sp to p.
    let candidates: [(DMARCPolicyTag, DMARCPolicy?)] =
      switch subject {
      case .publishingDomain: [(.p, settings.policy)]
      case .existingSubdomain: [(.sp, settings.subdomainPolicy), (.p, settings.policy)]
      case .nonexistentSubdomain:
        [(.np, settings.nonexistentPolicy), (.sp, settings.subdomainPolicy), (.p, settings.policy)]
      }
    for (tag, policy) in candidates {
      if let policy { return DMARCPreference(tag: tag, policy: policy, mode: settings.mode) }
    }
    return nil
  }

  /// The verdict in one word.
  package var usability: DMARCUsability {
    switch standing {
    case .unrelated: .ignored
    case .nearMiss: .error
    case .policyRecord:
      switch treatment {
      case .asPublished: .ok
      case .noProcessing: .error
      // A record without p is a legal way to ask for reports; an invalid policy is one that is discarded.
      case .monitoring: faults.contains { $0.kind.discardsPolicies } ? .error : .ok
      }
    }
  }
}

/// Whether receivers take the text for a DMARC record (RFC 9989 §4.10 step 2).
package enum DMARCStanding: Hashable, Sendable {
  case policyRecord
  /// Meant as one, and ignored by every receiver.
  case nearMiss(DMARCNearMiss)
  /// Any other TXT record that happens to be there.
  case unrelated
}

/// What a receiver makes of a policy record (RFC 9989 §4.10.1).
package enum DMARCTreatment: Hashable, Sendable {
  case asPublished
  /// `p` is missing, or one of `p`, `sp`, `np` is invalid: as if it were `p=none`, since reports can be sent.
  case monitoring
  /// The same without a valid `rua`: no DMARC at all.
  case noProcessing
}

package enum DMARCUsability: String, Hashable, Sendable, CaseIterable {
  case ok
  /// No DMARC record; receivers do not look at it.
  case ignored
  /// Meant as one; receivers discard it, or its policy.
  case error
}

/// Whom a record is asked about.
package enum DMARCSubject: Hashable, Sendable {
  /// The domain at which the record is.
  case publishingDomain
  case existingSubdomain
  /// One for which the DNS says NXDOMAIN (RFC 9989 §3.2.13).
  case nonexistentSubdomain
}

package enum DMARCPolicyTag: String, Hashable, Sendable, CaseIterable {
  case p, sp, np
}

package struct DMARCPreference: Hashable, Sendable {
  /// The tag that the policy is taken from.
  package let tag: DMARCPolicyTag
  package let policy: DMARCPolicy
  package let mode: DMARCMode

  /// What is to be applied: one level weaker in test mode (RFC 9989 §4.7, "t").
  package var applied: DMARCPolicy {
    switch (mode, policy) {
    case (.enforced, _), (.testing, .none): policy
    case (.testing, .quarantine): .none
    case (.testing, .reject): .quarantine
    }
  }
}
