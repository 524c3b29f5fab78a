/// The profiles that the program brings, as text: `Rules/Profiles`.
package enum BuiltInProfile: String, CaseIterable, Sendable {
  case standard, strict

  package var octets: [UInt8] {
    switch self {
    case .standard: PackageResources.standard_yaml
    case .strict: PackageResources.strict_yaml
    }
  }
}
