import Evidence
import Verdict

// What examples about certificates share.

extension PathError {
  static let exampleSelfSigned = PathError(code: 18, reason: "self-signed certificate", depth: 0)

  static func exampleIssuerMissing(depth: Int) -> PathError {
    PathError(code: 20, reason: "unable to get local issuer certificate", depth: depth)
  }
}

/// A policy for mail.example.com, in mode enforce.
let examplePolicy = ExampleDocument(
  "https://mta-sts.example.com/.well-known/mta-sts.txt",
  "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n")

let examplePolicyRecords = """
  _mta-sts TXT "v=STSv1; id=1;"
  mta-sts A 192.0.2.9
  """
