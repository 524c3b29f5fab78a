import DNSData
import SeededRandom
import Testing

@testable import LDNS

@Suite struct `The walk over a foreign message` {
  private static let owner: [UInt8] = [0xC0, 12]

  /// A question for example.com, so that offset 12 is a name, and one record as given.
  private func message(_ answers: [UInt8]..., additionals: [[UInt8]] = []) throws -> [UInt8] {
    MessageBuilder(
      questions: [try MessageBuilder.question("example.com", .txt)], answers: answers,
      additionals: additionals
    ).octets
  }

  private func error(_ octets: [UInt8]) -> MessageError? {
    do throws(MessageError) {
      _ = try DNSMessage(octets)
      return nil
    } catch {
      return error
    }
  }

  private func isBadName(_ octets: [UInt8]) -> Bool {
    if case .badName = error(octets) { true } else { false }
  }

  @Test func `refuses pointers that lead in a circle or forwards`() throws {
    let here = UInt8(12 + 17)
    #expect(isBadName(try message(MessageBuilder.record([0xC0, here], 16, rdata: [0]))))
    #expect(isBadName(try message(MessageBuilder.record([1, 0x61, 0xC0, here], 16, rdata: [0]))))
    #expect(isBadName(try message(MessageBuilder.record([0xC0, here + 4], 16, rdata: [0]))))
    #expect(isBadName(try message(MessageBuilder.record([0xC0, 4], 16, rdata: [0]))))
    let inData = MessageBuilder.record(Self.owner, 5, rdata: [0xC0, here + 12])
    #expect(isBadName(try message(inData)))
  }

  @Test func `refuses unknown kinds of labels and names over 255 octets`() throws {
    #expect(isBadName(try message(MessageBuilder.record([0x41, 0], 16, rdata: [0]))))
    #expect(isBadName(try message(MessageBuilder.record([0x80, 0], 16, rdata: [0]))))
    let label: [UInt8] = [63] + Array(repeating: 0x61, count: 63)
    let long = label + label + label + [50] + Array(repeating: 0x61, count: 50)
    #expect(isBadName(try message(MessageBuilder.record(long + Self.owner, 16, rdata: [0]))))
    let fits = label + label + label + [49] + Array(repeating: 0x61, count: 49)
    #expect(error(try message(MessageBuilder.record(fits + Self.owner, 16, rdata: [0]))) == nil)
  }

  @Test func `refuses a name that a chain of pointers drags on`() throws {
    // 200 records, each with an owner that is a pointer to the owner before.
    var answers: [[UInt8]] = []
    var previous = 12
    var position = 12 + 17
    for _ in 0..<200 {
      answers.append(MessageBuilder.record((0xC000 | UInt16(previous)).wire, 1, rdata: [192, 0, 2, 1]))
      previous = position
      position += 16
    }
    let octets = MessageBuilder(
      questions: [try MessageBuilder.question("example.com", .txt)], answers: answers
    ).octets
    #expect(isBadName(octets))
  }

  @Test func `refuses names in RDATA that run past it`() throws {
    let cut = error(try message(MessageBuilder.record(Self.owner, 15, rdata: [0, 1, 3, 0x61])))
    #expect(cut == .cutShort(in: "the data of a MX record"))
    #expect(error(try message(MessageBuilder.record(Self.owner, 15, rdata: [0]))) != nil)
    #expect(error(try message(MessageBuilder.record(Self.owner, 2, rdata: []))) != nil)
  }

  @Test func `refuses 65,000 empty strings, and 257`() throws {
    let many = MessageBuilder.record(Self.owner, 16, rdata: Array(repeating: 0, count: 65_000))
    #expect(error(try message(many)) == .tooManyFields(.txt))
    let some = MessageBuilder.record(Self.owner, 16, rdata: Array(repeating: 0, count: 257))
    #expect(error(try message(some)) == .tooManyFields(.txt))
    let enough = MessageBuilder.record(Self.owner, 16, rdata: Array(repeating: 0, count: 256))
    #expect(error(try message(enough)) == nil)
    for type: UInt16 in [42, 55] {
      let list = MessageBuilder.record(Self.owner, type, rdata: Array(repeating: 0, count: 60_000))
      #expect(error(try message(list)) == .tooManyFields(RecordType(rawValue: type)))
    }
  }

  @Test func `refuses a string that runs past its record`() throws {
    #expect(error(try message(MessageBuilder.record(Self.owner, 16, rdata: [5, 0x61]))) != nil)
  }

  @Test(arguments: [24, 249, 250] as [UInt16])
  func `refuses TSIG, TKEY and SIG(0)`(type: UInt16) throws {
    let record = MessageBuilder.record([0], type, rdata: Array(repeating: 0, count: 30), class: 255)
    #expect(error(try message(additionals: [record])) == .signed(RecordType(rawValue: type)))
  }

  @Test func `takes one OPT, at the root, in the additional section`() throws {
    let opt = MessageBuilder.opt()
    #expect(error(try message(additionals: [opt])) == nil)
    #expect(error(try message(additionals: [opt, opt])) == .misplacedOPT)
    #expect(error(try message(opt)) == .misplacedOPT)
    #expect(error(try message(additionals: [Self.owner + opt.dropFirst()])) == .misplacedOPT)
  }

  @Test func `refuses counts over the limits or over what is there`() throws {
    var builder = MessageBuilder(questions: [try MessageBuilder.question("example.com", .a)])
    builder.counts = [1, 500, 500, 1]
    #expect(error(builder.octets) == .tooManyRecords(1001))
    builder.counts = [1, .max, .max, .max]
    #expect(error(builder.octets) == .tooManyRecords(3 * 65_535))
    builder.counts = [2, 0, 0, 0]
    #expect(error(builder.octets) == .tooManyQuestions(2))
    builder.counts = [1, 1, 0, 0]
    #expect(error(builder.octets) == .cutShort(in: "a record's name"))
    #expect(error(Array(repeating: 0, count: 65_536)) == .tooLong(octets: 65_536))
  }

  @Test func `says which record does not decode`() throws {
    let octets = try message(MessageBuilder.record(Self.owner, 1, rdata: [192, 0, 2]))
    switch error(octets) {
    case .badRecord(let type, _): #expect(type == .a)
    case .notParsed: break
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  @Test func `a good message cut at any octet is refused`() throws {
    let answers = try everyRecordData().map { try MessageBuilder.record("example.com", $0) }
    let octets = MessageBuilder(
      questions: [try MessageBuilder.question("example.com", .mx)], answers: answers,
      additionals: [MessageBuilder.opt(options: [0, 15, 0, 3, 0, 22, 0x21])]
    ).octets
    #expect(error(octets) == nil)
    for length in 0..<octets.count {
      #expect(error(Array(octets.prefix(length))) != nil, "cut to \(length) octets")
    }
  }

  @Test func `flipped bits and random octets never trap`() throws {
    var generator = SeededGenerator(seed: 9)
    let answers = try everyRecordData().map {
      MessageBuilder.record(Self.owner, $0.type.rawValue, rdata: $0.rdata)
    }
    let good = try message(additionals: answers + [MessageBuilder.opt(options: [0, 15, 0, 2, 0, 22])])
    for _ in 0..<20_000 {
      var octets = good
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        octets[Int.random(in: 0..<octets.count, using: &generator)] = generator.next()
      }
      exercise(octets)
    }
    for _ in 0..<5_000 {
      var octets = Array(good.prefix(Int.random(in: 0...40, using: &generator)))
      for _ in 0..<Int.random(in: 0...200, using: &generator) { octets.append(generator.next()) }
      exercise(octets)
    }
  }

  /// What is read must be readable all the way.
  private func exercise(_ octets: [UInt8]) {
    guard let message = try? DNSMessage(octets) else { return }
    if let question = message.question { _ = message.reading(of: question) }
    for record in message.answer + message.additional {
      #expect((try? RecordData(type: record.type, rdata: record.data.rdata)) != nil)
    }
  }
}
