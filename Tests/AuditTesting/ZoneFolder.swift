package import DNSData
package import Foundation

extension ZoneFile {
  /// The zone files of a folder that can be read, by name.
  package static func readable(in folder: URL) -> [ZoneFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".zone") }.sorted().compactMap { name in
      guard let data = FileManager.default.contents(atPath: folder.appending(path: name).path) else {
        return nil
      }
      return try? ZoneFile(name: name, octets: Array(data))
    }
  }
}
