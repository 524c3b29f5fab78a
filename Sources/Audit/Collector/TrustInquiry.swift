import DNSData
import DNSSEC
import PublicSuffix

// What validation needs to know beside the data (RFC 4035 §5).

extension Inquiry {
  /// DS and DNSKEY records of the zones that the names are likely in, asked beside the data: so signed data takes no more
  /// rounds than unsigned. Of a third party's zone only the delegation, since most have no keys.
  func keys(beside questions: Set<Question>, _ validations: Validations) -> Set<Question> {
    var trusted: Set<Name> = []
    var keys: Set<Question> = []
    for question in questions {
      guard let zone = SuffixList.registrableDomain(of: question.name.withoutServiceLabels),
        trusted.insert(zone).inserted
      else { continue }
      let questions = validations.questions(toTrust: zone)
      keys.formUnion(isOwn(zone) ? questions : questions.filter { $0 != Question(zone, .dnskey) })
    }
    return keys
  }
}

extension Name {
  /// Nobody registers a name that begins with an underscore (RFC 8552).
  fileprivate var withoutServiceLabels: Name {
    let prefix = labels.prefix { $0.first == UInt8(ascii: "_") }.count
    return ancestor(labelCount: labelCount - prefix)
  }
}
