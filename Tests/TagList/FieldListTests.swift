/// The field lists of RFC 8461 §3.1; those of RFC 6376 and RFC 9989 are tested with DKIM and DMARC.
import Testing

@testable import TagList

@Suite struct FieldListTests {
  @Test(
    "Faults of a field list have their kind and place",
    arguments: [
      ("v=STSv1; id=1; a.b-c_9=x", [], []), ("v=STSv1;id=1;", [], []), ("v=STSv1\t;\tid=1 ; ", [], []),
      ("v=STSv1; id = 1", [.spaceAroundEquals], [11..<14]),
      ("v=STSv1; id= 1", [.spaceAroundEquals], [11..<13]),
      ("v=STSv1; id=", [.emptyValue], [9..<12]), ("v=STSv1;; id=1", [.emptyElement], [8..<8]),
      ("v=STSv1; id", [.missingEquals], [9..<11]), ("v=STSv1; _a=1", [.illegalName], [9..<11]),
      ("v=STSv1; id=1; id=2", [.duplicate], [15..<17]), ("v=STSv1; =1", [.emptyName], [8..<10]),
      (
        "v=STSv1; abcdefghijklmnopqrstuvwxyz0123456=1", [.illegalName], [9..<42]
      ),
    ] as [(String, [TagFault.Kind], [Range<Int>])])
  func faults(text: String, kinds: [TagFault.Kind], ranges: [Range<Int>]) {
    let tags = TagSequence(Array(text.utf8), grammar: .rfc8461)
    #expect(tags.faults.map(\.kind) == kinds)
    #expect(tags.faults.map(\.range) == ranges)
  }

  @Test("The other grammars do not mind white space around an equals sign", arguments: ["v = X1; p\t=\ty"])
  func others(text: String) {
    #expect(TagSequence(Array(text.utf8), grammar: .rfc6376).faults.isEmpty)
    #expect(TagSequence(Array(text.utf8), grammar: .rfc9989).faults.isEmpty)
  }

  @Test("Every miss has a sentence that names the version")
  func sentences() {
    for miss in VersionMiss.allCases {
      let sentence = miss.sentence(version: "STSv1")
      #expect(sentence.hasSuffix(".") && sentence.contains("v=STSv1") || miss == .wrongVersion)
    }
  }
}
