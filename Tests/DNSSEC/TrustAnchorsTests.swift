import DNSData
import Testing

@testable import DNSSEC

@Suite struct TrustAnchorsTests {
  /// KSK-2017 and KSK-2024 as the root zone has them.
  private static let rootKeys = """
    . IN DNSKEY 257 3 8 (
      AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7S
      WXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3
      rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilB
      mSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU= )
    . IN DNSKEY 257 3 8 (
      AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlFNKF2jBosZBU5eeHsp
      aQWOmOElZsjICMQMC3aeHbGiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiRAAxm9qy
      JNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqpdVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNa
      tX2XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUeayffKC73PYc= )
    """

  private func anchors(_ text: String) throws -> TrustAnchors {
    try TrustAnchors(file: "anchors", octets: Array(text.utf8))
  }

  @Test func `IANA's anchors are those of the root's keys`() throws {
    let keys = try #require(try anchors(Self.rootKeys).anchors[.root]).keys
    #expect(keys.map(\.keyTag) == [20326, 38696])
    let root = try #require(TrustAnchors.iana.anchors[.root])
    #expect(root.signers.count == 2)
    for (signer, key) in zip(root.signers, keys) { #expect(signer.names(key, of: .root)) }
    #expect(!root.signers[0].names(keys[1], of: .root))
  }

  @Test func `anchors are read as DS and as DNSKEY records, of any zone`() throws {
    let read = try anchors(
      "example. 3600 IN DS 1 13 2 (\n \(String(repeating: "ab", count: 32)) )\n" + Self.rootKeys)
    #expect(read.anchors[.root]?.keys.count == 2)
    #expect(try read.anchors[Name("example")]?.signers.count == 1)
  }

  @Test(arguments: [
    ("", "anchors:1: there is no trust anchor in this file: DS or DNSKEY records are expected"),
    (
      "; comment\nexample. IN A 192.0.2.1",
      "anchors:2: a A record is no trust anchor: DS or DNSKEY records are expected"
    ),
    (
      ". IN DNSKEY 385 3 15 AAAA",
      "anchors:1: this DNSKEY is revoked or no zone key, so that nothing can be trusted by it"
    ),
    (". IN DS 1 2 3", nil),
  ])
  func `what is no anchor is refused with its line`(text: String, message: String?) throws {
    let error = #expect(throws: ZoneFileError.self) { try anchors(text) }
    if let message { #expect(error?.description == message) }
  }
}
