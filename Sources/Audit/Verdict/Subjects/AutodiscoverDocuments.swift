import DNSData
package import Evidence
import MailDiscovery

/// What the host `autodiscover` answers at the place where Outlook asks for settings, with and without TLS. Asked for
/// by GET, which sends nothing of a user and shows what is there all the same.
package struct AutodiscoverDocument: Subject {
  package enum Problem: Hashable, Sendable {
    case servesInTheClear
    case asksInTheClear
    /// To another host, by the Location.
    case leadsIntoTheClear([UInt8])
  }

  package let document: Document
  package let problem: Problem?

  package static func observe(_ facts: Facts) -> Observation<AutodiscoverDocument> {
    if let mx = facts.mx, mx.failure != nil { return Observation([], gaps: [Gap(mx)]) }
    guard facts.role == .mail, let host = ClientConfigurationHost.autodiscover.name(for: facts.domain) else {
      return .notApplicable
    }
    guard facts.snapshot.request.probing.fetches else {
      return Observation([], gaps: [Gap(Place(host), .notTested(.notProbed))])
    }
    let path = ClientConfigurationHost.autodiscoverPath
    let fetches = [facts.fetch(.https, at: host, path), facts.fetch(.http, at: host, path)].compactMap(\.self)
    guard !fetches.isEmpty else { return Observation([], gaps: HostAddresses(host, in: facts).gaps) }
    var isWildcard = true
    if case .noSuchName = facts.wildcard(.txt)?.outcome { isWildcard = false }
    let observed = fetches.map(Document.observe)
    let documents = observed.compactMap(\.document).map { document in
      AutodiscoverDocument(document: document, problem: Problem(document, mayBeWildcard: isWildcard))
    }
    return Observation(documents, gaps: observed.flatMap(\.gaps))
  }
}

extension AutodiscoverDocument.Problem {
  /// A web site behind a wildcard may want a password that has nothing to do with mail.
  fileprivate init?(_ document: Document, mayBeWildcard: Bool) {
    let request = document.fetch.request
    if let response = document.response, response.isRedirect, let location = response.location {
      guard location.isHTTP, let other = location.urlHost, other != request.hostText.lowercased() else {
        return nil
      }
      self = .leadsIntoTheClear(location.octets)
      return
    }
    guard request.scheme == .http else { return nil }
    if let body = document.body, String(decoding: body, as: UTF8.self).contains("<Autodiscover") {
      self = .servesInTheClear
    } else if document.response?.status == 401, !mayBeWildcard {
      self = .asksInTheClear
    } else {
      return nil
    }
  }
}

extension ForeignOctets {
  /// It begins with `http:`.
  fileprivate var isHTTP: Bool {
    octets.prefix(7).map(\.lowercasedASCII) == Array("http://".utf8)
  }

  /// Of a URL, in small letters; nil for a reference without one, which stays on its host (RFC 3986 §4.2).
  package var urlHost: String? {
    let text = String(decoding: octets, as: UTF8.self).lowercased()
    let rest: Substring
    if text.hasPrefix("//") {
      rest = text.dropFirst(2)
    } else if let scheme = ["https://", "http://"].first(where: text.hasPrefix) {
      rest = text.dropFirst(scheme.count)
    } else {
      return nil
    }
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let host = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
    return host.hasSuffix(".") ? String(host.dropLast()) : String(host)
  }
}
