/// The text of a key record to publish. It is built from the key's octets and the known flags, so that
/// nothing of a foreign record gets into a zone.
import DNSData

extension DKIMKeyPublication: CustomStringConvertible {
  /// The text of the TXT record, before it is split into strings of 255 octets.
  package var description: String {
    var tags = ["v=DKIM1"]
    switch key {
    case .rsa: tags.append("k=rsa")
    case .ed25519: tags.append("k=ed25519")
    case .revoked: break
    }
    // In a fixed order, so that the same record always has the same text.
    let flags = DKIMKeyFlag.allCases.filter { self.flags.contains($0) }.map(\.rawValue)
    if !flags.isEmpty { tags.append("t=" + flags.joined(separator: ":")) }
    switch key {
    case .rsa(let octets), .ed25519(let octets): tags.append("p=" + Encoding.base64(octets))
    case .revoked: tags.append("p=")
    }
    return tags.joined(separator: "; ")
  }
}
