/// What was asked for over HTTP, and what came, each fact by itself. One value for every report.
import Autoconfig
package import DNSData
package import Evidence
import MTASTS
import MailDiscovery

package struct DocumentList: Hashable, Sendable {
  /// Sorted by purpose and URL; empty where nothing was fetched.
  package let rows: [DocumentRow]

  package init(_ facts: Facts) {
    rows = facts.snapshot.fetches.map { DocumentRow($0, in: facts) }.sorted { $0.order < $1.order }
  }
}

/// One document from one set of addresses.
package struct DocumentRow: Hashable, Sendable {
  package enum Purpose: String, Hashable, Sendable, CaseIterable {
    /// MTA-STS (RFC 8461).
    case policy
    /// Settings for mail programs in Mozilla's format.
    case settings
    /// Settings for Outlook.
    case autodiscover
    /// Webmail, where the operator names its host.
    case webmail
    /// What an authority asks for before it issues a certificate (RFC 8555 §8.3).
    case challenge
  }

  package enum Finding: Hashable, Sendable {
    /// What was looked for, so that programs take it.
    case usable
    /// That there is an answer was all that was asked.
    case answered
    /// It is meant to be that, and programs do not take it.
    case faulty
    /// Another answer: nothing of the kind is there.
    case absent
    /// Somebody must log in first.
    case locked
    /// Where to, in the server's words; nobody went there.
    case redirected(ForeignOctets?)
    case failed(FetchFailure)
  }

  package let url: String
  package let purpose: Purpose
  /// Asked for at addresses of IPv6 alone, beside the whole of them.
  package let isOverIPv6Alone: Bool
  /// Who was connected to last, or was to be where that is one alone.
  package let address: IPAddress?
  /// nil without a response.
  package let status: Int?
  package let finding: Finding

  init(_ fetch: HTTPFetch, in facts: Facts) {
    let request = fetch.request
    let purpose = Purpose(request, for: facts.domain)
    url = request.url
    self.purpose = purpose
    isOverIPv6Alone =
      request.addresses.allSatisfy { $0.family == .v6 }
      && facts.snapshot.fetches.contains {
        $0.request.url == request.url && $0.request.addresses.count > request.addresses.count
      }
    address = fetch.responder ?? (request.addresses.count == 1 ? request.addresses.first : nil)
    status = fetch.response?.status
    finding =
      switch fetch.outcome {
      case .response(let response): Finding(response, of: purpose)
      case .failure(let failure): .failed(failure)
      }
  }

  fileprivate var order: (Int, String, Int, String) {
    (
      Purpose.allCases.firstIndex(of: purpose) ?? 0, url, isOverIPv6Alone ? 1 : 0,
      address?.description ?? ""
    )
  }
}

extension DocumentRow.Purpose {
  fileprivate init(_ request: FetchRequest, for domain: Name) {
    if request.host == MTASTSDiscovery.policyHost(for: domain) {
      self = .policy
    } else if request.path == ClientConfigurationHost.autodiscoverPath {
      self = .autodiscover
    } else if request.path == ACMEChallenge.path {
      self = .challenge
    } else if request.path == "/" {
      self = .webmail
    } else {
      self = .settings
    }
  }
}

extension DocumentRow.Finding {
  fileprivate init(_ response: HTTPResponse, of purpose: DocumentRow.Purpose) {
    let read: ([UInt8]) -> Self
    switch purpose {
    case .policy: read = Self.policy
    case .settings: read = Self.settings
    case .autodiscover: read = Self.autodiscover
    case .webmail, .challenge:
      self = .answered
      return
    }
    switch (response.status, response.ending) {
    case (401, _), (403, _): self = .locked
    case _ where response.isRedirect: self = .redirected(response.location)
    case (200, .complete): self = read(response.body.octets)
    case (200, .limitReached): self = .faulty
    case (200, .interrupted(let failure)): self = .failed(failure)
    default: self = .absent
    }
  }

  private static func policy(_ body: [UInt8]) -> Self {
    switch MTASTSPolicy(body).usability {
    case .ok: .usable
    case .error: .faulty
    case .ignored: .absent
    }
  }

  private static func settings(_ body: [UInt8]) -> Self {
    ClientConfiguration(servedAs: body).map { $0.isUsable ? .usable : .faulty } ?? .absent
  }

  private static func autodiscover(_ body: [UInt8]) -> Self {
    String(decoding: body, as: UTF8.self).contains("<Autodiscover") ? .usable : .absent
  }
}
