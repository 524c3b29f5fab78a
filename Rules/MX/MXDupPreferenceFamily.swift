package import Verdict

extension Rule {
  package static let mxDupPreferenceFamily = Rule(
    "mx.dup-preference-family",
    "A backup MX is the host that senders have tried already",
    about: BackupMX.self,
    severity: .low,
    why: "When the host is down, senders try it a second time. As a backup the record is worth nothing.",
    fix: "Remove the record. One host needs one MX record: senders keep mail for days and try again.",
    references: [.rfc(5321, "5.1")],
    examples: [
      .flags("the same name", at: ["example.com."], "@ MX 10 mail\n@ MX 20 mail\nmail A 192.0.2.1"),
      .flags(
        "another name of the same address", at: ["example.com."],
        "@ MX 10 mail\n@ MX 20 mx2\nmail A 192.0.2.1\nmx2 A 192.0.2.1"),
      .passes(
        "another host", "@ MX 10 mail\n@ MX 20 mx2\nmail A 192.0.2.1\nmx2 A 192.0.2.2"),
      .passes(
        "an address more", "@ MX 10 mail\n@ MX 20 mx2\nmail A 192.0.2.1\nmx2 A 192.0.2.1\nmx2 A 192.0.2.2"),
      .passes("two hosts of one preference", "@ MX 10 a\n@ MX 10 b\na A 192.0.2.1\nb A 192.0.2.1"),
    ]
  ) { backup, _ in
    let own = Set(backup.target.addresses.addresses)
    let tried = Set(backup.preferred.flatMap(\.addresses.addresses))
    let isSameName = backup.preferred.contains { $0.host == backup.target.host }
    let isSameHost = backup.target.addresses.gaps.isEmpty && !own.isEmpty && own.isSubset(of: tried)
    guard isSameName || isSameHost else { return [] }
    return [
      Fault(
        in: backup.target.answer,
        "The backup \(backup.target.host) has no address that a more preferred MX host does not have.",
        expected: "a host of its own, or no backup", mend: Mend(remove: backup.target.records))
    ]
  }
}
