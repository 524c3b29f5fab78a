import DNSData
import Verdict

/// Where something is, in every report for programs.
struct PlaceDocument: Encodable {
  let name: String
  let type: String?
  let address: String?
  let port: UInt16?

  init(_ place: Place) {
    name = place.name.display
    type = place.type?.description
    address = place.address?.description
    port = place.port
  }
}
