import ArgumentParser
import DNSData
import Evidence

/// Which blocklists are asked, and how. None unless the user says so: their operators learn what is asked.
struct BlocklistOptions: ParsableArguments {
  @Flag(help: "Also ask blocklists about the senders and the domain's names; their operators learn of it.")
  var blocklists = false

  @Option(
    name: .customLong("dqs-key"), parsing: .unconditional,
    help: .init("Ask Spamhaus by its Data Query Service with this key; no report shows it.", valueName: "key")
  )
  var key: String?

  @Option(
    name: .customLong("blocklist-file"), parsing: .unconditional,
    help: .init("Ask the lists of this YAML file in place of the built-in ones.", valueName: "file"))
  var file: String?

  func validate() throws {
    guard blocklists || (key == nil && file == nil) else {
      throw ValidationError("--dqs-key and --blocklist-file take --blocklists beside them")
    }
    // The sentence does not repeat what may be a key with a typing error.
    guard let key else { return }
    guard (1...Name.maximumLabelLength).contains(key.utf8.count), key.utf8.allSatisfy(\.isASCIIAlphanumeric)
    else {
      throw ValidationError("--dqs-key takes letters and digits, at most \(Name.maximumLabelLength)")
    }
  }

  func choice() throws(Problem) -> BlocklistChoice {
    guard blocklists else { return .none }
    let lists =
      if let file { try BlocklistFile.lists(in: file) } else { try BlocklistFile.builtIn() }
    guard key == nil || lists.contains(where: { $0.keyedZone != nil }) else {
      throw .usage("--dqs-key is of no use: no list has a keyed-zone")
    }
    return BlocklistChoice(lists: lists, key: key)
  }
}

/// The lists to ask, and the user's key, which goes to the wire and nowhere else.
struct BlocklistChoice {
  static let none = BlocklistChoice(lists: [], key: nil)

  let lists: [Blocklist]
  let key: String?
}
