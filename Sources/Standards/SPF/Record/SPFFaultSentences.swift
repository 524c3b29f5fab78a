// Each kind of fault as one sentence, without foreign text.

extension SPFFaultKind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .syntax: "A term is neither a mechanism nor a modifier."
    case .unknownMechanism(let name): "There is no mechanism \(name)."
    case .qualifiedModifier(let name):
      "The modifier \(name) has a qualifier in front, which only mechanisms may have."
    case .duplicateModifier(let name): "The modifier \(name) stands a second time."
    case .unexpectedArgument: "The mechanism all takes nothing behind it."
    case .missingDomain: "A term lacks its domain."
    case .missingAddress: "A term lacks its address."
    case .badIP4(.otherFamily): "An ip4 term has an IPv6 address."
    case .badIP4(.leadingZero): "An ip4 term has an octet with a leading zero."
    case .badIP4(.malformed): "An ip4 term has no IPv4 address."
    case .badIP6(.otherFamily): "An ip6 term has an IPv4 address."
    case .badIP6(.leadingZero), .badIP6(.malformed): "An ip6 term has no IPv6 address."
    case .badPrefixLength: "A prefix length is no number, or too large."
    case .unexpectedPrefixLength: "A prefix length stands where none may stand."
    case .badMacro(let fault): fault.description
    case .malformedDomain(let fault): fault.description
    case .trailingGarbage: "A term goes on after its end; SPF has no lists and no ports."
    case .nonASCII: "A term has characters outside ASCII."
    case .illegalCharacter: "A control character stands in the record; only spaces separate terms."
    }
  }
}

extension SPFMacroFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .strayPercent: "A per cent sign begins no macro."
    case .unterminated: "A macro has no closing brace."
    case .missingLetter: "A macro has no letter."
    case .unknownLetter: "A macro has a letter that does not exist."
    case .explanationOnly: "A macro has a letter that only explanations may have."
    case .zeroLabels: "A macro asks for zero labels."
    case .badTransformer: "Something other than digits, r and delimiters stands in a macro."
    }
  }
}

extension SPFDomainFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .address: "A term that takes a host name has an address."
    case .singleLabel: "A domain has one label only."
    case .numericTopLabel: "The last label of a domain is a number."
    case .badTopLabel: "The last label of a domain is no label of a host name."
    }
  }
}

extension SPFRemarkKind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .hostBits: "A network has bits behind its prefix length, which receivers ignore."
    case .mappedAddress: "An ip6 term has an IPv4-mapped address, which never matches."
    case .listInDomain: "A list of domains stands where one may stand; receivers take it for one name."
    case .mechanismAsModifier(let name):
      "The mechanism \(name) is written with an equals sign: receivers take it for a modifier and ignore it."
    case .secondVersion: "A second v=spf1 stands in the record: two records were pasted into one."
    }
  }
}
