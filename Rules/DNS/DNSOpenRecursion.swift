import DNSData
import Evidence
package import Verdict

extension Rule {
  package static let dnsOpenRecursion = Rule(
    "dns.open-recursion",
    "A name server looks up foreign names for anybody",
    about: ZoneServers.self,
    severity: .medium,
    why: """
      It lends itself to attacks on others (small questions, large answers, forged senders), and what it \
      remembers of foreign names can be poisoned.
      """,
    fix: "Switch recursion off, or allow it to own networks alone.",
    references: [.rfc(5358, "4")],
    examples: [
      .flags(
        "one does", at: ["ns2.example.com."], nameServers: .sick(.recurses),
        "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("none does", nameServers: .sound, "@ MX 10 mail\nmail A 192.0.2.1"),
    ]
  ) { zone, _ in
    guard let parent = zone.authority.parent else { return [] }
    let foreign = Question(parent, .soa)
    return zone.speaking.compactMap { view in
      // With authority it would be an answer about a zone that the server has too.
      guard let message = view.answer(foreign, .recursive)?.message, !message.isAuthoritative,
        message.offersRecursion, case .records = message.outcome
      else { return nil }
      return Fault(
        at: view.place, saidBy: view.responder,
        "\(view.title) looks up \(parent), which is none of its zones, for strangers.", expected: "REFUSED")
    }
  }
}
