import DNSData
import Expectation
import SPF

/// Compares SPF records by their terms, and where these differ by whom they let send.
///
/// Terms of a live record that lead elsewhere by name are some provider's, which somebody put there for a reason: a
/// mend keeps them. Addresses that the site does not have go, and the mend says so.
struct SPFComparer {
  private let comparer: RecordComparer

  init(_ comparer: RecordComparer) { self.comparer = comparer }

  private var wanted: WantedRecordSet { comparer.wanted }

  var comparison: RecordComparison {
    let published = comparer.answer.records.filter { record in
      if case .txt(let text) = record.data { SPFRecord.isSPF(text.joined) } else { false }
    }
    guard let meant = wanted.records.first?.spf else {
      return comparer.comparison(published: published, lacking: [], surplus: published)
    }
    guard published.count == 1, let standing = published.first, let live = standing.spf, live.faults.isEmpty
    else { return replaced(published, by: merged(meant, with: published.compactMap(\.spf)), note: nil) }
    guard !isSame(meant, live) else {
      return comparer.comparison(published: published, lacking: [], surplus: [])
    }
    let merged = merged(meant, with: [live])
    // Nothing but terms of others beside what is wanted.
    if let merged = SPFRecord(merged), isSame(merged, live) {
      let more = RecordComparison(
        wanted, answer: comparer.answer, standing: .extra, published: published, lacking: [],
        surplus: published, mend: nil)
      return comparer.facts.isTolerated(wanted)
        ? comparer.comparison(published: published, lacking: [], surplus: []) : more
    }
    return replaced(published, by: merged, note: note(dropping: live, for: merged))
  }

  private func replaced(_ published: [Record], by text: String, note: String?) -> RecordComparison {
    let record = wanted.records.first.map { Record($0.name, ttl: $0.ttl, .txt(TXT(text))) }
    // A record behind an alias is not here to be removed.
    let isAliased = !comparer.answer.aliases.isEmpty
    let mend = Mend(publish: record.map { [$0] } ?? [], remove: isAliased ? [] : published, note: note)
    return RecordComparison(
      wanted, answer: comparer.answer, standing: published.isEmpty ? .missing : .wrong, published: published,
      lacking: wanted.records, surplus: published, mend: isAliased ? nil : mend)
  }

  // MARK: - Terms of others

  private func merged(_ meant: SPFRecord, with live: [SPFRecord]) -> String {
    let own = meant.terms.filter { !$0.isAll }.map(\.description)
    let others = live.flatMap(\.terms).compactMap(foreignText).filter { !own.contains($0) }
    let unique = others.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let ending = meant.terms.filter(\.isAll).map(\.description)
    return (["v=spf1"] + own + unique + ending).joined(separator: " ")
  }

  /// nil for a term of the domain's own. What a redirect leads to is included: beside `all` it would not count.
  private func foreignText(_ term: SPFTerm) -> String? {
    switch term.content {
    case .directive(.pass, .include(let spec)) where spec.description != own: term.description
    case .directive(.pass, .exists): term.description
    case .directive(.pass, .a(let spec?, _)), .directive(.pass, .mx(let spec?, _)):
      isForeign(spec) ? term.description : nil
    case .modifier(.redirect(let spec)): "include:\(spec)"
    case .directive, .modifier: nil
    }
  }

  private var own: String { wanted.name.display }

  private func isForeign(_ spec: SPFDomainSpec) -> Bool {
    guard let name = try? Name(spec.description) else { return true }
    return comparer.facts.ownership(of: name) == .thirdParty
  }

  private func note(dropping live: SPFRecord, for text: String) -> String? {
    let kept = Set(SPFRecord(text)?.terms.map(\.description) ?? [])
    let dropped = live.terms.filter { term in
      switch term.content {
      case .directive(_, .all): false
      case .modifier(.redirect(let spec)): !kept.contains("include:\(spec)")
      case .directive, .modifier: !kept.contains(term.description)
      }
    }
    guard !dropped.isEmpty else { return nil }
    // Canonical text is made of parsed fields, and macros apart of nothing else.
    let terms = dropped.map(\.description).joined(separator: ", ")
    return "Not kept: \(terms). Name it as a sender in the expected configuration if it is one."
  }

  // MARK: - The same

  private func isSame(_ one: SPFRecord, _ other: SPFRecord) -> Bool {
    SPFOutline(one) == SPFOutline(other) || admitsTheSame(one, other)
  }

  private func admitsTheSame(_ one: SPFRecord, _ other: SPFRecord) -> Bool {
    guard let left = reach(of: one), let right = reach(of: other) else { return false }
    return left == right
  }

  /// A look-up that failed where it would tell whether another record comes to the same.
  var gap: Gap? {
    guard let meant = wanted.records.first?.spf,
      let live = comparer.answer.records.compactMap(\.spf).first, SPFOutline(meant) != SPFOutline(live)
    else { return nil }
    let failures = [meant, live].compactMap(tree).flatMap(\.nodes).flatMap(\.terms).flatMap(\.failures)
    return failures.lazy.compactMap { comparer.facts.snapshot[$0.question] }.first.map(Gap.init)
  }

  /// Whom `record` would let send if it stood here; nil where that cannot be told.
  private func reach(of record: SPFRecord) -> SPFReach? { tree(of: record).flatMap(SPFReach.init) }

  private func tree(of record: SPFRecord) -> SPFTree? {
    let question = Question(wanted.name, .txt)
    let answer = Answer(
      question, .records([Record(wanted.name, ttl: 0, .txt(TXT(joined: record.octets)))], aliases: []),
      from: comparer.answer.responder, at: comparer.answer.time)
    return SPFTree.evaluate(wanted.name) { $0 == question ? answer : comparer.facts.snapshot[$0] }.value
  }
}

/// The terms of a record as far as their order counts.
private struct SPFOutline: Equatable {
  let terms: [String]
  let ending: SPFQualifier
  let modifiers: Set<String>

  init(_ record: SPFRecord) {
    let cutOff = record.unreachableTerms
    let directives = record.terms.filter { term in
      term.qualifier != nil && !term.isAll && !cutOff.contains(term)
    }
    // Among terms of one result nobody can tell which came first.
    let isUniform = Set(directives.map(\.qualifier)).count < 2
    terms =
      isUniform ? Set(directives.map(\.description)).sorted() : directives.map(\.description)
    ending = record.all?.qualifier ?? .neutral
    modifiers = Set(
      record.terms.filter { term in
        if case .redirect = term.modifier { !cutOff.contains(term) } else { false }
      }.map(\.description))
  }
}

/// Whom a record lets send, where that is a matter of networks alone.
private struct SPFReach: Equatable {
  private let networks: Set<IPNetwork>
  private let ending: SPFQualifier

  /// nil if look-ups failed, or if something hangs on the client or says other than pass.
  init?(_ tree: SPFTree) {
    let terms = tree.nodes.flatMap(\.terms).filter { $0.reach == .evaluated }
    guard tree.limitsReached.isEmpty, let root = tree.root.record, root.faults.isEmpty,
      terms.allSatisfy({ $0.failures.isEmpty && $0.isPlain }),
      tree.nodes.allSatisfy({ $0.record?.faults.isEmpty == true }),
      // Included, it lets everybody send.
      tree.nodes.dropFirst().allSatisfy({ $0.record?.all?.qualifier != .pass })
    else { return nil }
    let admitted = tree.ranges.filter { !$0.term.isAll }.map(\.network)
    networks = Set(
      admitted.filter { network in
        !admitted.contains { $0 != network && $0.contains(network) && !network.contains($0) }
      })
    ending = root.all?.qualifier ?? .neutral
  }
}

extension SPFSurveyedTerm {
  /// Its clients are known whoever asks.
  fileprivate var isPlain: Bool {
    switch term.content {
    case .directive(_, .all): true
    case .directive(.pass, .include), .directive(.pass, .a), .directive(.pass, .mx), .directive(.pass, .ip4),
      .directive(.pass, .ip6), .modifier(.unknown), .modifier(.exp):
      target != .dependsOnClient
    case .directive, .modifier(.redirect): false
    }
  }
}

extension Record {
  fileprivate var spf: SPFRecord? {
    if case .txt(let text) = data { SPFRecord(text.joined) } else { nil }
  }
}
