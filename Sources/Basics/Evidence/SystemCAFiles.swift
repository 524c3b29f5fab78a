/// Where systems keep the certification authorities that they trust, in PEM: Debian, Fedora, openSUSE, Alpine. The
/// first that is there counts. The environment is not asked: it must not turn an audit.
package enum SystemCAFiles {
  package static let paths = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]
}
