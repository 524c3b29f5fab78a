import DKIM
import DMARC
import DNSData
import Evidence
import Expectation
import Glibc
import IDN
import Verdict

/// What an importer has made: a configuration, and what it could not know.
struct ImportedSite {
  var site = ExpectedSite()
  var notes: [SiteNote] = []

  mutating func note(_ place: SiteNote.Place, _ text: String) { notes.append(SiteNote(place, text)) }

  /// Where the configuration does not tell the addresses of a host, those that it has in the DNS, marked so.
  mutating func completeAddresses(asking source: any AnswerSource, at now: Timestamp) async {
    for index in site.hosts.indices where site.hosts[index].addresses.isEmpty {
      let host = site.hosts[index].name
      async let v4 = source.answer(Question(host, .a))
      async let v6 = source.answer(Question(host, .aaaa))
      let answers = await [v4, v6]
      let addresses = answers.flatMap(\.records).compactMap(\.address)
      site.hosts[index].addresses = addresses
      site.hosts[index].sendingAddresses = addresses
      guard !addresses.isEmpty else {
        note(
          .host(host),
          "addresses: [...]: the configuration does not tell them; add them here, or use --address")
        continue
      }
      note(
        .host(host),
        "addresses: from the DNS on \(now.description.prefix(10)); the configuration does not tell them")
      for answer in answers where answer.failure != nil {
        note(.host(host), "addresses: not answered, and so not here: \(host.display) \(answer.question.type)")
      }
    }
  }

  mutating func notePolicies() {
    note(
      .top,
      "The manual asks for dmarc: { p: none } at least; where reports go is not known: dmarc: { rua: ... }, tls-rpt"
    )
  }

  mutating func noteKey(_ file: String, _ selector: String, of domain: Name) {
    note(
      .domain(domain),
      "dkim: { \(selector): { record: \(file) } } cannot be read here; copy it and name it, or use --keys")
  }

  /// As a file, which has been read back: what is printed is accepted.
  func text() throws(Problem) -> String {
    let text = SiteText(site: site, notes: notes).text
    _ = try ExpectationFile.read(Array(text.utf8), file: "the imported configuration", folder: "")
    return text
  }
}

extension ExpectedDomain {
  /// With mail of its own on one host, as the manuals ask it: MX, SPF, and DMARC at least.
  static func served(_ name: Name, by host: ExpectedHost, spf own: ExpectedSPF.Own) -> ExpectedDomain {
    var domain = ExpectedDomain(name, role: .full)
    domain.mx = [ExpectedExchanger(host.name)]
    domain.spf = ExpectedSPF(own: own)
    var dmarc = DMARCSettings()
    dmarc.policy = DMARCPolicy.none
    domain.dmarc = dmarc
    return domain
  }
}

extension JSONInput {
  func hostName() throws(Problem) -> Name {
    let text = try text()
    guard let name = try? Name(userInput: text), name.isMailDomain, IPAddress(text) == nil else {
      throw fault("\(Shown.text(text)) is no name of a host or a domain")
    }
    return name
  }

  func address() throws(Problem) -> IPAddress {
    let text = try text()
    guard let address = IPAddress(text) else { throw fault("\(Shown.text(text)) is no IPv4 or IPv6 address") }
    return address
  }
}

/// Where a mail server keeps the records of its DKIM keys, named as Simple NixOS Mailserver names them.
struct KeyDirectory {
  let path: String

  /// The directory that the configuration names, or that of copies on this machine.
  init(_ path: String, copies: String?) {
    guard let copies else {
      self.path = path
      return
    }
    // Read from wherever the new file will lie.
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    self.path =
      realpath(copies, &buffer) == nil
      ? copies : String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func file(_ selector: String, of domain: Name) -> String {
    let folder = path.hasSuffix("/") ? path : path + "/"
    return folder + domain.display + "." + selector + ".txt"
  }

  /// With its key if the record can be read here.
  func selector(_ label: String, of domain: Name) -> ExpectedSelector {
    let file = file(label, of: domain)
    guard let key = try? KeyFiles(folder: "").publication(file, selector: label, domain: domain) else {
      return ExpectedSelector(label, .signing)
    }
    return ExpectedSelector(label, .signing, key: key, file: file)
  }
}
