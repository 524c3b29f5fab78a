// Zones signed by real tools: those of ldnsutils, or those of BIND.
package import DNSData
import Foundation

struct SigningRequest {
  enum Tool { case ldns, bind }
  enum Denial {
    case nsec
    case nsec3(iterations: Int, salt: String)
    /// NSEC3 that leaves unsigned delegations out; BIND's tools alone do so.
    case optOut
  }

  var tool = Tool.ldns
  var algorithm = "ED25519"
  var denial = Denial.nsec
  var inception = "20260501000000"
  var expiration = "20260701000000"
}

struct SignedZone {
  var records: [WireRecord]
  /// By digest type.
  let delegation: [Int: [WireRecord]]
}

package final class SigningTools {
  private let folder: URL

  package init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "dnssec-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// `text` has relative names.
  func sign(_ zone: String, _ text: String, as request: SigningRequest) throws -> SignedZone {
    let input = folder.appending(path: "zone")
    try Data("$ORIGIN \(zone)\n$TTL 3600\n\(text)\n".utf8).write(to: input)
    let key = try makeKeys(zone, request)
    var arguments: [String]
    switch request.tool {
    case .ldns:
      arguments = ["ldns-signzone", "-i", request.inception, "-e", request.expiration]
      if case .nsec3(let iterations, let salt) = request.denial {
        arguments += ["-n", "-s", salt, "-t", "\(iterations)"]
      }
      arguments += ["-o", zone, "-f", "signed", "zone", key]
    case .bind:
      arguments = ["dnssec-signzone", "-q", "-S", "-x", "-P", "-O", "full"]
      arguments += ["-s", request.inception, "-e", request.expiration]
      if case .optOut = request.denial { arguments += ["-3", "-", "-A"] }
      arguments += ["-o", zone, "-f", "signed", "zone"]
    }
    _ = try run(arguments)
    let signed = try String(contentsOf: folder.appending(path: "signed"), encoding: .utf8)
    var delegation: [Int: [WireRecord]] = [:]
    for digest in [1, 2, 4] {
      delegation[digest] = try Self.records(run(["ldns-key2ds", "-n", "-\(digest)", "\(key).key"]))
    }
    return SignedZone(records: try Self.records(signed), delegation: delegation)
  }

  func unsigned(_ zone: String, _ text: String) throws -> SignedZone {
    SignedZone(records: try Self.records("$ORIGIN \(zone)\n$TTL 3600\n\(text)\n"), delegation: [:])
  }

  /// The file name of the key that the delegation names, without its extension.
  private func makeKeys(_ zone: String, _ request: SigningRequest) throws -> String {
    switch request.tool {
    case .ldns:
      return try run(["ldns-keygen", "-k", "-a", request.algorithm, "-b", "2048", zone])
    case .bind:
      _ = try run(["dnssec-keygen", "-q", "-a", request.algorithm, zone])
      return try run(["dnssec-keygen", "-q", "-f", "KSK", "-a", request.algorithm, zone])
    }
  }

  package func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    let complaints = Pipe()
    process.standardOutput = output
    process.standardError = complaints
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ToolFailure(arguments: arguments, complaint: complaint)
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  package func write(_ octets: [UInt8], to file: String) throws {
    try Data(octets).write(to: folder.appending(path: file))
  }

  package func read(_ file: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: file)))
  }

  struct ToolFailure: Error {
    let arguments: [String]
    let complaint: String
  }

  /// The DS record that ldns makes of `key`, in text.
  package static func delegation(_ zone: Name, _ key: DNSKEY) throws -> String {
    let tools = try SigningTools()
    try tools.write(Array("\(zone) IN DNSKEY \(RecordData.dnskey(key))\n".utf8), to: "key.key")
    return try tools.run(["ldns-key2ds", "-f", "-n", "-2", "key.key"])
  }

  /// One record a line. Types without a mnemonic of ours get their number, DNAME records the form of RFC 3597.
  static func records(_ text: String) throws -> [WireRecord] {
    let lines = try text.split(separator: "\n").map { line in
      let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let index = fields.firstIndex(of: "DNAME") ?? fields.firstIndex(of: "NSEC3PARAM") else {
        return String(line)
      }
      if index <= 3, fields[index] == "DNAME", let target = fields[safe: index + 1] {
        let wire = try Name(String(target)).wire
        return (fields[..<index] + ["TYPE39", "\\#", "\(wire.count)", "\(Encoding.hex(wire))"])
          .joined(separator: " ")
      }
      guard index > 3 else { return "" }
      return fields.map { $0 == "DNAME" ? "TYPE39" : $0 == "NSEC3PARAM" ? "TYPE51" : $0 }
        .joined(separator: " ")
    }
    return try ZoneFile(name: "signed", octets: Array(lines.joined(separator: "\n").utf8)).records
      .map(WireRecord.init)
  }
}

extension Array {
  package subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
