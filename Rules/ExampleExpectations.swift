import Crypto
import DKIM
import DNSData
import Expectation

// Expected configurations for the examples of rules, at the time that examples are judged at.

extension ExpectedSite {
  /// Nothing of example.com but its DKIM keys.
  static func keys(_ selectors: ExpectedSelector...) -> ExpectedSite? {
    guard let name = try? Name("example.com") else { return nil }
    var domain = ExpectedDomain(name, role: .full)
    domain.selectors = selectors
    return ExpectedSite(domains: [domain])
  }
}

extension DKIMKeyPublication {
  static let rsa2048 = of(ExampleKey.rsa2048)
  static let rsa1024 = of(ExampleKey.rsa1024)

  private static func of(_ key: String) -> DKIMKeyPublication? {
    Encoding.decodeBase64(Array(key.utf8)).map { DKIMKeyPublication(key: .rsa(der: $0)) }
  }
}

extension Timestamp {
  /// Days from the moment at which examples are judged.
  static func exampleDay(_ days: Int64) -> Timestamp { Timestamp(seconds: 1_795_233_906 + days * 86_400) }
}
