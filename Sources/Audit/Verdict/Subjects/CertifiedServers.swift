package import Crypto
import DNSData
package import Evidence

/// A mail server whose certificate could be read and was compared with the CA store and the host's name.
package struct CertifiedServer: Subject {
  package let tls: TLSServer
  package let certificate: Certificate
  package let verdicts: CertificateVerdicts

  package var server: MailServer { tls.server }

  package static func observe(_ facts: Facts) -> Observation<CertifiedServer> {
    let servers = TLSServer.observe(facts)
    let certified = servers.subjects.compactMap(CertifiedServer.init)
    let judged = Set(certified.map(\.server.place))
    let gaps = servers.subjects.filter { !judged.contains($0.server.place) }.map {
      $0.server.gap(.notTested(.noTLSHere))
    }
    return Observation(certified, gaps: servers.gaps + gaps)
  }

  private init?(_ tls: TLSServer) {
    guard let certificate = tls.certificate, let verdicts = tls.verdicts else { return nil }
    self.tls = tls
    self.certificate = certificate
    self.verdicts = verdicts
  }
}

extension TLSServer {
  /// The certificate that MTA-STS senders accept (RFC 8461 §4.2): trusted, in date, for the host's name. Known of a
  /// `CertifiedServer` alone; false where there are no verdicts.
  package var satisfiesWebPKI: Bool { verdicts?.satisfyWebPKI ?? false }
}

extension CertificateVerdicts {
  package var satisfyWebPKI: Bool { trust == .trusted && dates == .inDate && matchName }

  /// The certificate is for the host.
  package var matchName: Bool { !names.isEmpty && names.allSatisfy(\.matches) }
}
