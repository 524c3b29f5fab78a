/// The profiles that the program brings, as text: `Rules/Profiles`.
package enum BuiltInProfile: String, CaseIterable, Sendable {
  case standard, strict, snm, flyingcircus

  package var octets: [UInt8] {
    switch self {
    case .standard: PackageResources.standard_yaml
    case .strict: PackageResources.strict_yaml
    case .snm: PackageResources.snm_yaml
    case .flyingcircus: PackageResources.flyingcircus_yaml
    }
  }
}
