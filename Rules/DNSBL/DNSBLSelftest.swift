import DNSBL
import DNSData
package import Verdict

extension Rule {
  package static let dnsblSelftest = Rule(
    "dnsbl.selftest",
    "A blocklist fails its own test",
    about: AskedBlocklist.self,
    severity: .info,
    why: """
      Every list holds one test entry and lacks another. One that lists both lists everything, as dead lists do to be \
      noticed; one that lists neither is empty. Nothing that it says counts here.
      """,
    fix: "Take the list out of every mail filter: it refuses all mail, or none.",
    references: [.rfc(5782, "5"), .rfc(6471, "3.4")],
    examples: [
      .flags(
        "it lists everything", at: ["1.0.0.127.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        *.bl.example. A 127.0.0.2
        """),
      .flags(
        "it lists nothing", at: ["2.0.0.127.bl.example."], senders: ["192.0.2.1"],
        blocklists: ExampleBlocklist.addresses,
        """
        @ MX 10 mail
        """),
      .flags(
        "names", at: ["invalid.names.example."], blocklists: ExampleBlocklist.names,
        """
        @ MX 10 mail
        *.names.example. A 127.0.0.2
        """),
      .passes(
        "one entry of two", senders: ["192.0.2.1"], blocklists: ExampleBlocklist.addresses,
        """
        2.0.0.127.bl.example. A 127.0.0.2
        @ MX 10 mail
        """),
      .passes(
        "one name of two", blocklists: ExampleBlocklist.names,
        """
        test.names.example. A 127.0.0.2
        @ MX 10 mail
        """),
    ]
  ) { asked, _ in
    switch asked.selfTest {
    case .listsEverything(let answer):
      [
        Fault(
          in: answer, "\(asked.list.zone) lists what must not be listed, and so everything.",
          observed: answer.returnValues.enumeration, expected: "no address")
      ]
    case .listsNothing(let answer):
      [
        Fault(
          in: answer, "\(asked.list.zone) does not list its test entry, and so nothing.",
          expected: "an address in 127.0.0.0/8")
      ]
    case .notOffered, .passed, .refused, .outsideLoopback, .unanswered: []
    }
  }
}
