/// A root, an intermediate below it, and servers below that.
package struct TestAuthority: Sendable {
  package let root: TestCertificate
  package let intermediate: TestCertificate

  package init(_ name: String = "Test") throws {
    root = try TestCertificate(.authority("\(name) Root"))
    intermediate = try TestCertificate(
      .authority("\(name) Intermediate").with { $0.serial = 2 }, issuer: root)
  }

  package func server(
    _ names: String? = "DNS:mx.example.com", _ change: (inout TestCertificate.Contents) -> Void = { _ in }
  ) throws -> TestCertificate {
    try TestCertificate(.server(names).with(change).with { $0.serial = 3 }, issuer: intermediate)
  }
}
