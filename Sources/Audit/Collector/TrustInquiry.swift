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
      guard let zone = question.name.likelyZone, trusted.insert(zone).inserted else { continue }
      let questions = validations.questions(toTrust: zone)
      keys.formUnion(isOwn(zone) ? questions : questions.filter { $0.type == .ds || $0.name.isOfRegistry })
    }
    return keys
  }
}

extension Name {
  /// What is registered; nobody registers a name that begins with an underscore (RFC 8552). Of addresses the network of
  /// 24 bits, since their zones are cut between octets.
  fileprivate var likelyZone: Name? {
    guard !isReverseOfIPv4 else { return ancestor(labelCount: 2 + 3) }
    let prefix = labels.prefix { $0.first == UInt8(ascii: "_") }.count
    return SuffixList.registrableDomain(of: ancestor(labelCount: labelCount - prefix))
  }

  /// Others register below it.
  fileprivate var isOfRegistry: Bool {
    isRoot || SuffixList.isPublicSuffix(self) || (isReverseOfIPv4 && labelCount <= 2)
  }

  private var isReverseOfIPv4: Bool {
    labels.suffix(2).elementsEqual(["in-addr", "arpa"].map { Array($0.utf8) })
  }
}
