import DNSData
import Expectation
import Testing

@Suite struct WantedRecordTests {
  private func lines(_ site: ExpectedSite, _ domain: String) throws -> [String] {
    let domain = try #require(site.domain(try Name(domain)))
    return site.wanted(for: domain).flatMap { set in
      set.records.map { "\($0.name) \($0.type) \($0.data)" }
    }
  }

  @Test func `a site of the one manual wants what the manual prints`() throws {
    let lines = try lines(Sites.snm, "example.com")
    for line in [
      "example.com. MX 10 mail.example.com.", #"example.com. TXT "v=spf1 mx -all""#,
      "mail.example.com. A 192.0.2.1", "mail.example.com. AAAA 2001:db8::1",
      "1.2.0.192.in-addr.arpa. PTR mail.example.com.", #"mail.example.com. TXT "v=spf1 a -all""#,
      #"_dmarc.example.com. TXT "v=DMARC1; p=reject; np=reject; rua=mailto:dmarc@example.com""#,
      "_submissions._tcp.example.com. SRV 0 1 465 mail.example.com.",
      "_imaps._tcp.example.com. SRV 0 1 993 mail.example.com.", "_imap._tcp.example.com. SRV 0 0 0 .",
      "mta-sts.example.com. CNAME mail.example.com.", "autoconfig.example.com. CNAME mail.example.com.",
      #"example.com. CAA 0 issue "letsencrypt.org""#,
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(lines.count { $0.hasPrefix("_25._tcp.mail.example.com. TLSA 3 1 1 ") } == 2)
    #expect(!lines.contains { $0.hasPrefix("_143._tcp.mail.example.com.") })
    #expect(lines.contains { $0.hasPrefix("mail._domainkey.example.com. TXT") })
    #expect(Set(lines).count == lines.count)
  }

  @Test func `one of the other manual names addresses, and the legacy services behind the better ones`()
    throws
  {
    let lines = try lines(Sites.flyingcircus, "example.com")
    for line in [
      #"example.com. TXT "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all""#,
      "_imap._tcp.example.com. SRV 10 1 143 mail.example.com.",
      "_imaps._tcp.example.com. SRV 0 1 993 mail.example.com.",
      "_sieve._tcp.example.com. SRV 0 1 4190 mail.example.com.", "webmail.example.com. A 192.0.2.1",
    ] { #expect(lines.contains(line), "\(line)") }
  }

  @Test func `a parked domain takes no mail and sends none`() throws {
    let lines = try lines(Sites.snm, "parked.example.com")
    #expect(lines.contains("parked.example.com. MX 0 ."))
    #expect(lines.contains(#"parked.example.com. TXT "v=spf1 -all""#))
    #expect(!lines.contains { $0.contains(" A ") })
  }

  @Test func `senders that are no exchangers are named beside them`() throws {
    var site = Sites.snm
    site.domains[0].senders = ["198.51.100.7"].compactMap(IPAddress.init)
    #expect(try lines(site, "example.com").contains(#"example.com. TXT "v=spf1 mx ip4:198.51.100.7 -all""#))
  }

  @Test func `the id of a policy changes with it`() throws {
    let before = try lines(Sites.snm, "example.com").first { $0.hasPrefix("_mta-sts") }
    var site = Sites.snm
    site.domains[0].mtasts?.maxAge = 604_800
    let after = try lines(site, "example.com").first { $0.hasPrefix("_mta-sts") }
    #expect(before != after)
    site.domains[0].mtasts?.id = "20260101"
    #expect(try lines(site, "example.com").contains(#"_mta-sts.example.com. TXT "v=STSv1; id=20260101;""#))
  }

  @Test(arguments: [
    (ExpectedSelector.State.planned, 0), (.published, 1), (.signing, 1),
    (.retiring(since: Timestamp(seconds: 0)), 1), (.retired, 0), (.revoked, 1),
  ])
  func `a key is wanted in the states in which somebody asks for it`(
    state: ExpectedSelector.State, count: Int
  ) throws {
    var site = Sites.snm
    let key = try #require(site.domains[0].selectors.first?.key)
    site.domains[0].selectors = [ExpectedSelector("mail", state, key: key, file: nil)]
    let keys = try lines(site, "example.com").filter { $0.contains("_domainkey") }
    #expect(keys.count == count)
    if state == .revoked { #expect(keys.allSatisfy { $0.hasSuffix(#"p=""#) }, "\(keys)") }
  }
}
