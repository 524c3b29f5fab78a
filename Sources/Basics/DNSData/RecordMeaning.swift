extension RecordData {
  /// Equal where two records say the same: where a text is cut into strings is nothing (RFC 7208 §3.3, RFC 6376
  /// §3.6.2.2), property tags of CAA are case-insensitive, and of its flags one counts (RFC 8659 §4.1).
  package var meaning: RecordData {
    switch self {
    case .txt(let text): .txt(TXT(joined: text.joined))
    case .caa(let caa):
      .caa(CAA(flags: caa.flags & 128, tag: caa.tag.map(\.lowercasedASCII), value: caa.value))
    case .a, .aaaa, .ns, .cname, .ptr, .mx, .soa, .srv, .tlsa, .ds, .dnskey, .rrsig, .nsec, .nsec3, .unknown:
      self
    }
  }
}
