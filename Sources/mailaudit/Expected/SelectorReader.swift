import DKIM
import DNSData
import Evidence
import Expectation
import Yams

/// The DKIM keys of one domain, each in its state.
struct SelectorReader {
  enum State: String, CaseIterable {
    case planned, published, signing, retiring, retired, revoked
  }

  let fields: ExpectationFields
  /// nil: what they hold is not looked at.
  let files: KeyFiles?

  func selectors(_ node: Node?, of domain: ExpectedDomain) throws(Problem) -> [ExpectedSelector] {
    guard let node else { return [] }
    var selectors: [ExpectedSelector] = []
    for (key, value) in try fields.yaml.mapping(node) {
      let selector = try selector(try label(key, of: domain), value, of: domain)
      let name = DKIMName.of(selector: selector.label, domain: domain.name)
      guard !selectors.contains(where: { DKIMName.of(selector: $0.label, domain: domain.name) == name })
      else {
        throw fields.yaml.fault(key, "the selector \(Shown.text(selector.label)) stands here twice")
      }
      selectors.append(selector)
    }
    return selectors
  }

  private func label(_ node: Node, of domain: ExpectedDomain) throws(Problem) -> String {
    let text = try fields.text(node, "a selector")
    guard text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }),
      !text.lowercased().contains("_domainkey"), DKIMName.of(selector: text, domain: domain.name) != nil
    else {
      throw fields.yaml.fault(
        node, "\(Shown.text(text)) is no DKIM selector: name it alone, as s= of a DKIM-Signature does")
    }
    return text
  }

  private func selector(_ label: String, _ node: Node, of domain: ExpectedDomain) throws(Problem)
    -> ExpectedSelector
  {
    guard let values = node.mapping else {
      let state = try state(try fields.word(node, "state"), since: nil, of: domain, at: node)
      return ExpectedSelector(label, state)
    }
    try fields.yaml.check(values, against: ["state", "since", "key", "record"])
    let word: State =
      try values["state"].map { node throws(Problem) in try fields.word(node, "state") } ?? .signing
    let state = try state(word, since: values["since"], of: domain, at: values["state"] ?? node)
    guard let source = values["key"] ?? values["record"] else { return ExpectedSelector(label, state) }
    guard values["key"] == nil || values["record"] == nil else {
      throw fields.yaml.fault(values["record"], "the keys key and record name the same thing: leave one out")
    }
    guard word != .revoked else {
      throw fields.yaml.fault(source, "a revoked selector has an empty key: leave the file out")
    }
    let file = try fields.text(source, "a file").replacing(
      DomainReader.placeholder, with: domain.name.display)
    guard let files else { return ExpectedSelector(label, state, file: file) }
    do throws(KeyFileError) {
      let key = try files.publication(file, selector: label, domain: domain.name)
      return ExpectedSelector(label, state, key: key, file: file)
    } catch {
      throw fields.yaml.fault(source, error.sentence)
    }
  }

  private func state(
    _ state: State, since: Node?, of domain: ExpectedDomain, at node: Node
  ) throws(Problem) -> ExpectedSelector.State {
    guard state == .retiring || since == nil else {
      throw fields.yaml.fault(since, "the key since belongs to the state retiring")
    }
    switch state {
    case .planned, .published, .signing:
      guard domain.role.sends else {
        throw fields.yaml.fault(
          node,
          "a domain of the role \(domain.role.rawValue) signs nothing: retiring, retired or revoked is left")
      }
      return state == .planned ? .planned : state == .published ? .published : .signing
    case .retiring:
      guard let since else {
        throw fields.yaml.fault(node, "the state retiring needs the key since: when signing stopped")
      }
      return .retiring(since: try fields.time(since, "since").time)
    case .retired: return .retired
    case .revoked: return .revoked
    }
  }
}
