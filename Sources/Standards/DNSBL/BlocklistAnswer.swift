package import DNSData
package import Evidence

/// What a list says about one entry. Only `listed` is a listing: neither an error code, nor an address outside
/// 127.0.0.0/8, nor a code that nobody has explained, nor silence is one.
package enum BlocklistVerdict: Hashable, Sendable {
  case listed([BlocklistListing])
  case notListed
  /// The list's own error codes: it refuses to answer.
  case refused([IPv4Address])
  /// Dead and parked, or a resolver that rewrites negative answers (RFC 5782 §2.1).
  case outsideLoopback([IPv4Address])
  case unexplained([IPv4Address])
  case failed(LookupFailure)
}

/// One return code with its meaning.
package struct BlocklistListing: Hashable, Sendable {
  package let value: IPv4Address
  package let code: Blocklist.Code
}

extension Blocklist {
  /// The worst counts: one error code or foreign address beside a listing makes the whole answer worthless.
  package func judge(_ answer: Answer) -> BlocklistVerdict {
    if let failure = answer.failure { return .failed(failure) }
    let values = answer.returnValues
    // A name without an address is not listed either, such as one that only holds others up.
    guard !values.isEmpty else { return .notListed }
    let foreign = values.filter { !$0.isReturnCode }
    guard foreign.isEmpty else { return .outsideLoopback(foreign) }
    let refusals = values.filter { value in errors.contains { $0.contains(value) } }
    guard refusals.isEmpty else { return .refused(refusals) }
    let listings = values.flatMap { value in
      codes.filter { $0.values.contains(value) }.map { BlocklistListing(value: value, code: $0) }
    }
    return listings.isEmpty ? .unexplained(values) : .listed(listings)
  }
}

extension Answer {
  /// The addresses of a list's answer, sorted.
  package var returnValues: [IPv4Address] {
    records.compactMap { if case .a(let address) = $0.data { address } else { nil } }
      .sorted { $0.rawValue < $1.rawValue }
  }
}
