import FoundationEssentials

/// A JSON file of which some values are wanted; what is not asked for is not looked at.
struct JSONInput {
  static let maximumSize = 1 << 20

  private let file: String
  /// `$.dkim.defaults`
  let path: String
  private let value: Value

  /// `-` is standard input.
  static func read(_ file: String) throws(Problem) -> JSONInput {
    let octets = try FileHandles.read(file, limit: maximumSize)
    let shown = file == "-" ? "standard input" : file
    do {
      return JSONInput(
        file: shown, path: "$", value: try JSONDecoder().decode(Value.self, from: Data(octets)))
    } catch {
      throw .usage("\(shown): this is no JSON")
    }
  }

  private enum Value: Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else if let value = try? container.decode([Value].self) {
        self = .list(value)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  /// What stands there; null is as good as nothing.
  subscript(key: String) -> JSONInput? {
    guard case .object(let values) = value, let found = values[key] else { return nil }
    if case .null = found { return nil }
    return JSONInput(file: file, path: "\(path).\(key)", value: found)
  }

  func requireObject() throws(Problem) {
    guard case .object = value else { throw fault("an object is expected here") }
  }

  /// The values of an object by their keys, sorted.
  func object() throws(Problem) -> [(key: String, value: JSONInput)] {
    guard case .object(let values) = value else { throw fault("an object is expected here") }
    return values.sorted { $0.key < $1.key }.map {
      ($0.key, JSONInput(file: file, path: "\(path).\($0.key)", value: $0.value))
    }
  }

  var isObject: Bool { if case .object = value { true } else { false } }

  func text() throws(Problem) -> String {
    guard case .text(let text) = value else { throw fault("a text is expected here") }
    return text
  }

  func flag() throws(Problem) -> Bool {
    guard case .bool(let flag) = value else { throw fault("true or false is expected here") }
    return flag
  }

  func list() throws(Problem) -> [JSONInput] {
    guard case .list(let values) = value else { throw fault("a list is expected here") }
    return values.enumerated().map { JSONInput(file: file, path: "\(path)[\($0)]", value: $1) }
  }

  func fault(_ sentence: String) -> Problem { .usage("\(file): \(Shown.path(path)): \(sentence)") }
}
