import Crypto
import DKIM
import DNSData

/// Files with keys that an expected configuration names. Of private keys only the public half is taken, the text is
/// wiped, and no sentence quotes it.
final class KeyFiles {
  enum Form {
    /// PEM; of several certificates the first counts.
    case certificate
    /// PEM: a private or public key, or else a certificate.
    case key
  }

  /// A record of 255 strings has less.
  static let maximumRecordSize = 16 << 10

  /// With its last slash, or empty.
  private let folder: String
  /// Many domains may share one key.
  private var read: [String: DKIMKeyPublication] = [:]

  init(folder: String) { self.folder = folder }

  private func path(_ file: String) -> String { file.hasPrefix("/") ? file : folder + file }

  /// SHA2-256 of the SubjectPublicKeyInfo.
  func digest(_ file: String, _ form: Form) throws(KeyFileError) -> [UInt8] {
    Digest.sha256(
      try open(file, limit: PEMText.maximumOctets) { pem throws(PEMError) in
        switch form {
        case .certificate: return try PEMText.certificateKey(in: pem)
        case .key:
          do throws(PEMError) {
            return try PEMText.publicKey(in: pem)
          } catch .noKey {
            guard let key = try? PEMText.certificateKey(in: pem) else { throw .noKey }
            return key
          }
        }
      })
  }

  /// Of a PEM key, or of a file that is the record, as rspamd and OpenDKIM write it.
  func publication(_ file: String, selector: String, domain: Name) throws(KeyFileError) -> DKIMKeyPublication
  {
    if let known = read[file] { return known }
    let content = try open(file, limit: Self.maximumRecordSize, Content.init)
    switch content {
    case .key(let der):
      let publication = try publication(file, der)
      read[file] = publication
      return publication
    case .record(let octets): return try record(file, octets, selector: selector, domain: domain)
    case .neither: throw KeyFileError(file, "a key in PEM or a record is expected in it")
    }
  }

  private enum Content {
    /// SubjectPublicKeyInfo.
    case key([UInt8])
    case record([UInt8])
    /// A key in DER, say, which must not be looked at as text.
    case neither

    init(_ octets: UnsafeRawBufferPointer) throws(PEMError) {
      let lines = octets.split(separator: 0x0A)
      if lines.contains(where: { $0.starts(with: Array("-----BEGIN ".utf8)) }) {
        self = .key(try PEMText.publicKey(in: octets))
      } else if octets.isEmpty || lines.contains(where: Self.hasType) {
        self = .record(Array(octets))
      } else {
        self = .neither
      }
    }

    /// ` TXT `, or that of another record.
    private static func hasType(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
      let words = line.split { $0 == 0x20 || $0 == 0x09 }
      return words.contains { $0.elementsEqual(Array("TXT".utf8)) || $0.elementsEqual(Array("IN".utf8)) }
    }
  }

  private func publication(_ file: String, _ der: [UInt8]) throws(KeyFileError) -> DKIMKeyPublication {
    let key: PublicKey
    do { key = try PublicKey(der: der) } catch { throw KeyFileError(file, "\(error)") }
    switch key.material {
    case .rsa: return try checked(file, DKIMKeyPublication(key: .rsa(der: der)))
    case .ed25519(let octets): return try checked(file, DKIMKeyPublication(key: .ed25519(octets)))
    case .other: throw KeyFileError(file, "DKIM knows RSA and Ed25519 keys, and this is another one")
    }
  }

  private func record(
    _ file: String, _ octets: [UInt8], selector: String, domain: Name
  ) throws(KeyFileError) -> DKIMKeyPublication {
    guard !octets.isEmpty else { throw KeyFileError(file, "the file is empty") }
    guard !octets.split(separator: 0x0A).contains(where: { $0.first == UInt8(ascii: "$") }) else {
      throw KeyFileError(file, "a file with a record must not hold a directive ($ORIGIN, $INCLUDE, …)")
    }
    let zone: ZoneFile
    do {
      zone = try ZoneFile(name: file, octets: octets, origin: domain)
    } catch {
      throw KeyFileError(file, "line \(error.line) cannot be read as a record")
    }
    guard let record = zone.records.first, zone.records.count == 1, zone.unread.isEmpty,
      case .txt(let text) = record.data
    else { throw KeyFileError(file, "exactly one TXT record is expected in it") }
    let name = try? domain.prepending("_domainkey").prepending(selector)
    guard record.name == name else {
      throw KeyFileError(
        file, "its record is that of \(record.name.display), and \(name?.display ?? "") is expected")
    }
    let key = DKIMKeyRecord(text.joined)
    guard let publication = key.publication else { throw KeyFileError(file, Self.reason(key)) }
    return publication
  }

  /// By the rules for records, so that no key is expected that verifiers refuse.
  private func checked(_ file: String, _ publication: DKIMKeyPublication) throws(KeyFileError)
    -> DKIMKeyPublication
  {
    let record = DKIMKeyRecord(Array(publication.description.utf8))
    guard record.usability == .ok else { throw KeyFileError(file, Self.reason(record)) }
    return publication
  }

  private static func reason(_ record: DKIMKeyRecord) -> String {
    let fault = record.faults.first { $0.kind.effect != .warns && $0.kind.effect != .notes }
    return fault.map { "\($0.kind)" } ?? "its text is no DKIM key record"
  }

  private func open<Content>(
    _ file: String, limit: Int, _ body: (UnsafeRawBufferPointer) throws(PEMError) -> Content
  ) throws(KeyFileError) -> Content {
    let result: Result<Content, PEMError>
    do throws(Problem) {
      result = try FileHandles.withSecret(path(file), limit: limit) { octets throws(Problem) in
        do throws(PEMError) { return .success(try body(octets)) } catch { return .failure(error) }
      }
    } catch {
      throw KeyFileError(whole: error.sentence)
    }
    do { return try result.get() } catch { throw KeyFileError(file, "\(error)") }
  }
}

struct KeyFileError: Error {
  let sentence: String

  init(whole sentence: String) { self.sentence = sentence }

  init(_ file: String, _ reason: String) {
    // A sentence goes on behind the colon, an abbreviation as it is.
    let isWord = reason.dropFirst().first.map { $0.isLowercase || $0 == " " } ?? false
    let clause = isWord ? reason.prefix(1).lowercased() + reason.dropFirst() : reason
    sentence = "\(Shown.text(file)): " + clause.droppingFullStop
  }
}
