package import DMARC
package import DNSData
package import SPF

/// What a change does to mail, beyond the findings of rules: a rule sees one world, and some losses show in neither
/// alone.
package struct Consequence: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The domain took mail, and would not any more, or at another place.
    case roleLost(DomainRole, DomainRole)
    /// Mail that shows `identity` and comes from there.
    case senderLosesPass(IPAddress, identity: Name, SPFResult)
    case senderGainsPass(IPAddress, identity: Name)
    /// A host that sends gets an address that SPF does not pass.
    case newAddressWithoutPass(IPAddress, host: Name, SPFResult)
    case selectorWithdrawn(label: String, DKIMSelector.Use, left: Int)
    /// Another key stands at a selector: nothing that was signed before verifies any more.
    case keyReplaced(label: String, DKIMSelector.Use)
    /// Senders keep the policy that is served now until then (RFC 8461 §3.2), whatever becomes of the record.
    case exchangerOutsidePolicy(Name, until: Timestamp, PolicyMode)
    /// The certificate that the server shows now is none that the records pin.
    case pinMismatch(Name, IPAddress, port: UInt16)
    /// What receivers are asked to do with mail that fails; nil: no record applies.
    case policyLoosened(DMARCPolicy, DMARCPolicy?)
  }

  package enum PolicyMode: String, Hashable, Sendable, CaseIterable { case enforce, testing }
  package enum Effect: String, Hashable, Sendable, CaseIterable { case loss, gain }

  package let kind: Kind
  package let severity: Severity
}

extension Consequence.Kind {
  package var effect: Consequence.Effect {
    switch self {
    case .senderGainsPass: .gain
    case .roleLost, .senderLosesPass, .newAddressWithoutPass, .selectorWithdrawn, .keyReplaced,
      .exchangerOutsidePolicy, .pinMismatch, .policyLoosened:
      .loss
    }
  }
}
