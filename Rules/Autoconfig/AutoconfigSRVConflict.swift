import Autoconfig
import DNSData
package import Verdict

extension Rule {
  package static let autoconfigSRVConflict = Rule(
    "autoconfig.srv-conflict",
    "The settings and the SRV records name different hosts",
    about: SettingsBesideSRV.self,
    severity: .low,
    why: "Which server an account gets depends on the program; one of the two is likely to be out of date.",
    fix: "Name the same hosts in both.",
    references: [.rfc(6186, "3"), .practice("draft-ietf-mailmaint-autoconfig")],
    examples: [
      .flags(
        "another host", at: ["autoconfig.example.com."], documents: [.settings()],
        """
        \(ExampleDocument.settingsZone)
        imap A 192.0.2.2
        _imaps._tcp SRV 0 1 993 imap
        """),
      .passes(
        "the same", documents: [.settings()],
        "\(ExampleDocument.settingsZone)\n_imaps._tcp SRV 0 1 993 mail"),
      .passes(
        "another name of the same server", documents: [.settings()],
        "\(ExampleDocument.settingsZone)\nimap A 192.0.2.1\n_imaps._tcp SRV 0 1 993 imap"),
      .passes(
        "another protocol", documents: [.settings()],
        "\(ExampleDocument.settingsZone)\npop A 192.0.2.2\n_pop3s._tcp SRV 0 1 995 pop"),
      .passes("no SRV records", documents: [.settings()], ExampleDocument.settingsZone),
    ]
  ) { both, facts in
    let types: [ServerType] = [.imap, .pop3, .smtp]
    return types.compactMap { type in
      let named = Set(
        both.settings.servers.filter { $0.service == type }.compactMap { $0.host(for: facts.domain) })
      let announced = Set(both.announced[type] ?? [])
      guard !named.isEmpty, !announced.isEmpty, named.isDisjoint(with: announced),
        facts.addresses(of: named).isDisjoint(with: facts.addresses(of: announced))
      else { return nil }
      return both.settings.document.fault(
        "The settings name \(named.words), and the SRV records \(announced.words).")
    }
  }
}

extension Facts {
  fileprivate func addresses(of hosts: Set<Name>) -> Set<IPAddress> {
    Set(hosts.flatMap { HostAddresses($0, in: self).addresses })
  }
}

extension Set<Name> {
  fileprivate var words: Message { sorted().map { "\($0)" as Message }.enumeration }
}
