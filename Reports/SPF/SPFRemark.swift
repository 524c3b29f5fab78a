import DNSData
import SPF

/// What is to be said of a record or a term.
struct SPFRemark {
  enum Mark: String {
    case fault = "!"
    case unknown = "?"
    case note = " "
  }

  let mark: Mark
  let sentence: String

  init(_ mark: Mark, _ sentence: String) {
    self.mark = mark
    self.sentence = sentence
  }

  var text: String { "\(mark.rawValue) \(sentence)" }
}

extension SPFPublication {
  var remarks: [SPFRemark] {
    switch self {
    case .found(let record, _):
      record.faults.map { .init(.fault, "at octet \($0.range.lowerBound + 1): \($0.kind)") }
        + record.remarks.map { .init(.fault, "at octet \($0.range.lowerBound + 1): \($0.kind)") }
    case .absent(.noSuchName): [.init(.fault, "the name does not exist")]
    case .absent(.noTexts): [.init(.fault, "there is no TXT record")]
    case .absent(.otherTexts): [.init(.fault, "no TXT record begins with v=spf1")]
    case .multiple(let texts):
      [.init(.fault, "there are \(texts.count) SPF records; receivers take none of them")]
    case .failed(let failure): [.init(.unknown, failure.sentence)]
    }
  }
}

extension SPFSurveyedTerm {
  var remarks: [SPFRemark] {
    var remarks: [SPFRemark] = []
    switch reach {
    case .evaluated: break
    case .cutOffByAll: remarks.append(.init(.fault, "never reached, because of all"))
    }
    switch following {
    case .loop: remarks.append(.init(.fault, "leads back to a record that is being evaluated"))
    case .limitReached:
      remarks.append(.init(.unknown, "not followed, because a limit of this survey was reached"))
    case .nowhere, .node: break
    }
    switch target {
    case .dependsOnClient: remarks.append(.init(.note, "depends on the client"))
    case .malformed: remarks.append(.init(.fault, "leads to what is no domain name"))
    case .notNeeded, .name: break
    }
    if isVoid { remarks.append(.init(.fault, "finds nothing")) }
    remarks += failures.map { .init(.unknown, "\($0.question): \($0.failure.sentence)") }
    return remarks
  }
}
