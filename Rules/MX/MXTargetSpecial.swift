import DNSData
package import Verdict

extension Rule {
  package static let mxTargetSpecial = Rule(
    "mx.target-special",
    "An MX leads only to addresses that are not public",
    about: MXTarget.self,
    severity: .critical,
    why: """
      Nobody outside can reach a private, loopback or otherwise reserved address: senders fail, or \
      deliver to a machine in their own network.
      """,
    fix:
      "Publish the public address of the mail host. Where inside and outside must differ, use separate views.",
    references: [.rfc(6890, "2.2"), .rfc(5321, "5.1")],
    examples: [
      .flags("private", at: ["mail.example.com."], "@ MX 10 mail\nmail A 10.0.0.1"),
      .flags("loopback", at: ["localhost."], "@ MX 10 localhost.\nlocalhost. A 127.0.0.1"),
      .flags(
        "one of two hosts", at: ["trap.example.com."], severity: .high,
        """
        @ MX 10 mail
        @ MX 20 trap
        mail A 192.0.2.1
        trap A 127.0.0.1
        """),
      .flags(
        "beside a host without an address", at: ["mail.example.com."],
        "@ MX 10 mail\n@ MX 20 old\nmail A 10.0.0.1"),
      .passes("public", "@ MX 10 mail\nmail A 192.0.2.1"),
      .passes("a public address beside", "@ MX 10 mail\nmail A 192.0.2.1\nmail A 10.0.0.1"),
    ]
  ) { target, facts in
    let addresses = target.addresses.addresses
    let blocks = addresses.compactMap { SpecialPurpose.block(of: $0, allowed: facts.allowedNetworks) }
    guard target.addresses.gaps.isEmpty, blocks.count == addresses.count, let block = blocks.first,
      let address = addresses.first, let witness = target.addresses.witness
    else { return [] }
    return [
      Fault(
        at: Place(target.host, address: address), saidBy: witness.responder,
        severity: target.isLastHope ? .critical : .high,
        "The MX host \(target.host) has only addresses that the Internet cannot reach: \(address) is "
          + "\(own: block.name).", expected: "a public address"
      ).resting(on: target.grounds)
    ]
  }
}
