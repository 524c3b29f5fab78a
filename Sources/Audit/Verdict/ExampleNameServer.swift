package import DNSData
package import Evidence

/// A name server of example.com. in an example. It is healthy, and serves the example's zone text, but for what is said
/// here. Where the text has no NS record for the domain, each server gets one, and an address record.
package struct ExampleNameServer: Hashable, Sendable {
  package enum Quirk: Hashable, Sendable {
    case silent
    case withoutUDP, withoutTCP
    /// To everything: REFUSED, SERVFAIL and the like.
    case responds(Int)
    /// It has the zone from somewhere, and does not speak for it.
    case notAuthoritative
    /// It sends resolvers to the root.
    case refersUp
    /// To what is asked in such a manner: nothing, or this response code.
    case drops(ServerQuestion.Manner)
    case rejects(ServerQuestion.Manner, Int)
    /// To what is asked for this type.
    case dropsType(RecordType)
    case rejectsType(RecordType, Int)
    /// The same once, as where rates are limited.
    case holdsBack(RecordType, Int)
    /// Its answers are without an OPT record.
    case knowsNoEDNS
    /// It looks things up for anybody, and hands the zone to anybody.
    case recurses, transfers
    /// Names that exist because of what stands below them alone.
    case deniesEmptyNonTerminals
    /// Over UDP, whatever is offered.
    case truncates
    /// Answers for this type are so large.
    case sends(octets: Int, RecordType)
  }

  /// Relative to example.com.
  package let name: String
  package let address: String
  package let quirks: [Quirk]
  /// Record sets that it has in place of those of the zone text.
  package let changes: String
  /// What it has in place of the whole text, with the SOA record that the text of every example begins with.
  package let zone: String?

  package init(
    _ name: String, _ address: String, _ quirks: [Quirk] = [], changes: String = "", zone: String? = nil
  ) {
    self.name = name
    self.address = address
    self.quirks = quirks
    self.changes = changes
    self.zone = zone
  }
}

extension [ExampleNameServer] {
  /// Two names, in two networks, each with both families.
  package static let sound: [ExampleNameServer] = sick()

  /// The same; what is said here is of ns2 alone, at both its addresses.
  package static func sick(
    _ quirks: ExampleNameServer.Quirk..., changes: String = "", zone: String? = nil
  ) -> [ExampleNameServer] {
    ExampleNameServer.places.map { name, address in
      name == "ns2"
        ? ExampleNameServer(name, address, quirks, changes: changes, zone: zone)
        : ExampleNameServer(name, address)
    }
  }

  /// The same; what is said here is of all.
  package static func allSick(_ quirks: ExampleNameServer.Quirk...) -> [ExampleNameServer] {
    ExampleNameServer.places.map { ExampleNameServer($0, $1, quirks) }
  }
}

extension ExampleNameServer {
  fileprivate static let places = [
    ("ns1", "192.0.2.53"), ("ns1", "2001:db8::53"), ("ns2", "198.51.100.53"), ("ns2", "2001:db8:1::53"),
  ]
}
