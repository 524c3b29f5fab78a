import DNSData
import LDNS
import SeededRandom
import Testing

@Suite struct `A message as a value` {
  @Test func `every record type comes through as it was sent`() throws {
    for data in try everyRecordData() {
      let octets = MessageBuilder(
        questions: [try MessageBuilder.question("example.com", data.type)],
        answers: [try MessageBuilder.record("example.com", data)]
      ).octets
      let message = try DNSMessage(octets)
      #expect(message.answer == [Record(try Name("example.com"), ttl: 3600, data)])
    }
  }

  @Test func `compressed names are expanded`() throws {
    let octets = MessageBuilder(
      questions: [try MessageBuilder.question("example.com", .mx)],
      answers: [
        MessageBuilder.record([0xC0, 12], 15, rdata: [0, 10, 4, 0x6D, 0x61, 0x69, 0x6C, 0xC0, 12])
      ]
    ).octets
    let mail = MX(preference: 10, exchange: try Name("mail.example.com"))
    #expect(try DNSMessage(octets).answer == [Record(try Name("example.com"), ttl: 3600, .mx(mail))])
  }

  @Test func `octets for validators are those that were sent`() throws {
    let target = Array("\u{4}MaiL".utf8) + [0xC0, 12]
    let sent: [(UInt16, [UInt8], rdata: [UInt8])] = [
      (15, [0, 10] + target, [0, 10] + Array("\u{4}MaiL\u{7}eXample\u{3}Com\0".utf8)),
      (39, target, Array("\u{4}MaiL\u{7}eXample\u{3}Com\0".utf8)),
      // Windows with zeros at their end, and out of order: RFC 4034 §4.1.2 forbids both.
      (47, Array("\u{1}B\u{2}eX\0".utf8) + [1, 2, 0x40, 0, 0, 3, 0x40, 0, 0], []),
      (50, [1, 0, 0, 0, 0, 2, 0xAB, 0xCD, 0, 4, 0x40, 0, 0, 0], []),
    ]
    func message(_ isAnswer: Bool) throws -> DNSMessage {
      let records = sent.map { MessageBuilder.record([0xC0, 12], $0.0, rdata: $0.1) }
      let question = Array("\u{7}eXample\u{3}Com\0".utf8) + [0, 255, 0, 1]
      return try DNSMessage(
        MessageBuilder(
          questions: [question], answers: isAnswer ? records : [], authorities: isAnswer ? [] : records
        ).octets)
    }
    let name = try Name("example.com")
    let expected = sent.map {
      WireRecord(name, RecordType(rawValue: $0.0), ttl: 3600, rdata: $0.rdata.isEmpty ? $0.1 : $0.rdata)
    }
    #expect(try message(true).wireAnswer == expected)
    #expect(try message(true).wireAuthority.isEmpty)
    #expect(try message(false).wireAuthority == expected)
    #expect(try message(false).authority.map(\.type) == expected.map(\.type))
  }

  @Test func `no octet of RDATA is dropped`() throws {
    for data in try everyRecordData() {
      let record = MessageBuilder.record([0], data.type.rawValue, rdata: data.rdata + [0])
      guard let message = try? DNSMessage(MessageBuilder(answers: [record]).octets) else { continue }
      #expect(message.wireAnswer.map(\.rdata) == [data.rdata + [0]], "\(data.type)")
    }
  }

  @Test func `of a zone transfer the first record is read, however many there are`() throws {
    let records = (0..<3000).map { _ in MessageBuilder.record([0xC0, 12], 1, rdata: [192, 0, 2, 1]) }
    let question = try MessageBuilder.question("example.com", .axfr)
    let octets = MessageBuilder(questions: [question], answers: records).octets
    #expect(throws: MessageError.tooManyRecords(3000)) { try DNSMessage(octets) }
    #expect(try DNSMessage(opening: octets).answer.count == 1)
    let refusal = MessageBuilder(flags: 0x8005, questions: [question], additionals: [MessageBuilder.opt()])
    #expect(try DNSMessage(opening: refusal.octets).edns != nil)
    for length in 0..<45 {
      #expect(throws: MessageError.self) { try DNSMessage(opening: Array(octets.prefix(length))) }
    }
  }

  @Test func `what a validator gets has a question and a code`() throws {
    let question = Question(try Name("example.com"), .a)
    func signed(_ code: UInt16) throws -> SignedAnswer? {
      try DNSMessage(
        MessageBuilder(
          flags: 0x8180 | code, questions: [try MessageBuilder.question("example.com", .a)],
          authorities: [MessageBuilder.record([0xC0, 12], 2, rdata: [0])]
        ).octets
      ).signedAnswer(to: question)
    }
    let authority = [WireRecord(question.name, .ns, ttl: 3600, rdata: [0])]
    #expect(
      try signed(0) == SignedAnswer(question, .response(.noError, answer: [], authority: authority)))
    #expect(
      try signed(3) == SignedAnswer(question, .response(.nameError, answer: [], authority: authority)))
    for code: UInt16 in [1, 2, 4, 5, 9] { #expect(try signed(code) == nil) }
  }

  @Test func `header, EDNS and extended errors`() throws {
    let option: [UInt8] = [0, 15, 0, 5, 0, 6, 0x62, 0x61, 0x64]
    var builder = MessageBuilder(questions: [try MessageBuilder.question("example.com", .a)])
    builder.flags = 0x85B2
    builder.additionals = [
      MessageBuilder.opt(extendedCode: 1, options: [0, 10, 0, 1, 9] + option + [0, 15, 0, 99, 1])
    ]
    let message = try DNSMessage(builder.octets)
    #expect(message.id == 0x1234)
    #expect(message.responseCode == 18)
    #expect(message.question == Question(try Name("example.com"), .a))
    #expect(message.flags.isResponse && message.flags.isAuthoritative && message.flags.authenticData)
    #expect(message.flags.checkingDisabled && message.flags.recursionAvailable)
    #expect(!message.flags.isTruncated)
    #expect(message.edns?.payload == 1232)
    #expect(message.additional.isEmpty)
    #expect(message.extendedErrors == [ExtendedError(code: 6, text: Array("bad".utf8))])
  }

  @Test func `records of other classes are left out`() throws {
    let chaos = MessageBuilder.record([0], 16, rdata: [1, 0x61], class: 3)
    let message = try DNSMessage(MessageBuilder(answers: [chaos]).octets)
    #expect(message.answer.isEmpty)
    #expect(message.edns == nil)
  }

  @Test func `octets after the last record are let pass`() throws {
    let octets = MessageBuilder(questions: [try MessageBuilder.question("example.com", .a)]).octets
    #expect(throws: Never.self) { try DNSMessage(octets + [1, 2, 3]) }
  }
}

@Suite struct `A query` {
  @Test func `holds what was asked for and nothing else`() throws {
    let question = Question(try Name("_dmarc.example.com"), .txt)
    let query = try Query(question, id: 0xBEEF, recursion: .desired)
    let expected =
      [0xBE, 0xEF, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1] + question.name.wire + [0, 16, 0, 1]
      + [0, 0, 41, 0x04, 0xD0, 0, 0, 0x80, 0, 0, 0]
    #expect(query.octets == expected)
    let plain = try Query(question, id: 1, recursion: .notDesired, checking: .disabled, edns: .none)
    #expect(plain.octets.prefix(12) == [0, 1, 0x00, 0x10, 0, 1, 0, 0, 0, 0, 0, 0])
    #expect(plain.octets.count == 12 + question.name.wire.count + 4)
  }

  @Test func `can hold what no server knows`() throws {
    let question = Question(try Name("example.com"), .soa)
    func opt(_ edns: Query.EDNS) throws -> [UInt8] {
      let query = try Query(question, id: 1, recursion: .notDesired, edns: edns)
      return Array(query.octets.dropFirst(12 + query.questionOctets.count))
    }
    #expect(try opt(.standard(with: .option)) == [0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 4, 0, 100, 0, 0])
    #expect(try opt(.standard(with: .flag)) == [0, 0, 41, 4, 208, 0, 0, 0x80, 0x40, 0, 0])
    #expect(try opt(.standard(with: .version)) == [0, 0, 41, 4, 208, 0, 1, 0x80, 0, 0, 0])
    #expect(try opt(.dnssecOK(payload: 4096)) == [0, 0, 41, 16, 0, 0, 0, 0x80, 0, 0, 0])
  }

  @Test func `can be asked for every type and the longest names`() throws {
    let label = Array(repeating: UInt8(0x61), count: 63)
    let longest = try Name(labels: [label, label, label, Array(label.prefix(61))])
    for name in [Name.root, longest] {
      for type in try everyRecordData().map(\.type) {
        let query = try Query(Question(name, type), id: 7, recursion: .desired)
        #expect(MessageHead(query.octets)?.questionOctets == query.questionOctets)
      }
    }
    #expect(throws: QueryError.self) {
      try Query(Question(.root, RecordType(rawValue: 0)), id: 7, recursion: .desired)
    }
  }

  @Test func `mixes the case of letters only`() throws {
    let question = Question(try Name("mail-1.a\\000\\065.example.com"), .mx)
    let plain = try Query(question, id: 1, recursion: .desired)
    var generator = SeededGenerator(seed: 1)
    var spellings: Set<[UInt8]> = []
    for _ in 0..<50 {
      var mixed = plain
      mixed.randomizeCase(using: &generator)
      spellings.insert(mixed.octets)
      #expect(MessageHead(mixed.octets)?.asks(sameAsIgnoringCase: plain.questionOctets) == true)
      #expect(try DNSMessage(mixed.octets).question == question)
    }
    #expect(spellings.count > 40)
  }
}

@Suite struct `The head of a message` {
  @Test func `is refused when it is cut short`() throws {
    let octets = MessageBuilder(questions: [try MessageBuilder.question("example.com", .a)]).octets
    #expect(MessageHead(octets)?.questionOctets == octets[12...])
    for length in 0..<octets.count { #expect(MessageHead(Array(octets.prefix(length))) == nil) }
    #expect(MessageHead(Array(octets.prefix(4)) + [0, 0] + octets[6..<12])?.questionOctets.isEmpty == true)
  }
}
