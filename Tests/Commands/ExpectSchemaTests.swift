import AuditTesting
import Foundation
import Testing

/// The schema that editors use against the reader, on the same files.
@Suite struct ExpectSchemaTests {
  /// Dates stay texts, as in YAML 1.2.
  private static let judge = """
    import json, sys, yaml, jsonschema
    class Loader(yaml.SafeLoader): pass
    Loader.yaml_implicit_resolvers = {
      first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
      for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    task = json.load(sys.stdin)
    schema = json.loads(task["schema"])
    jsonschema.Draft202012Validator.check_schema(schema)
    def accepts(text):
      try: document = yaml.load(text, Loader)
      except yaml.YAMLError: return False
      return jsonschema.Draft202012Validator(schema).is_valid(document)
    print(json.dumps([accepts(text) for text in task["files"]]))
    """

  private struct Task: Encodable {
    let schema: String
    let files: [String]
  }

  @Test func `the schema refuses what the reader refuses for its shape, and takes what it takes`()
    async throws
  {
    let schema = try await Program.mailaudit.run(["expect", "schema"])
    #expect(schema.status == 0)
    let sound = [ExpectationSamples.smallest, ExpectationSamples.full]
    let broken = ExpectationSamples.broken.filter { $0.fault == .shape }
    let task = Task(schema: schema.output, files: sound + broken.map(\.yaml))
    let result = try await Program(path: "/usr/bin/python3").run(
      ["-c", Self.judge], input: String(decoding: JSONEncoder().encode(task), as: UTF8.self))
    #expect(result.status == 0, "\(result.error)")
    let accepted = try JSONDecoder().decode([Bool].self, from: Data(result.output.utf8))
    try #require(accepted.count == sound.count + broken.count)
    #expect(accepted.prefix(sound.count).allSatisfy { $0 })
    for (sample, isAccepted) in zip(broken, accepted.dropFirst(sound.count)) {
      #expect(!isAccepted, "\(sample.yaml)")
    }
  }
}
