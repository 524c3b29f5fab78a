// Questions over UDP to one server, believed only when everything about the answer fits (RFC 5452 §9.1): random
// source port, random id, random case of letters, source address and port, question octet by octet.

internal import DNSData
internal import LDNS
internal import NIOCore

actor DatagramPool {
  private nonisolated let server: SocketAddress
  private nonisolated let family: AddressFamily
  private nonisolated let capacity: Capacity
  private nonisolated let loop: any EventLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  /// By number; also those that are retired and wait for their last answers.
  private var sockets: [Int: DatagramSocket] = [:]
  private var usable: [Int] = []
  private var opening: Task<Void, Never>?
  private var nextNumber = 0
  private var isShut = false
  private var generator = SystemRandomNumberGenerator()
  private(set) var statistics = ResolverStatistics()
  /// Did anything ever come from the server's address and port?
  private(set) var hasHeard = false

  /// What is kept open for one server.
  struct Capacity {
    let sockets: Int
    /// Octets; a datagram that fills this may have been cut.
    let datagramLength: Int

    /// Answers are 1232 octets at most when a server keeps to what it was told.
    static let resolver = Capacity(sockets: 4, datagramLength: 2048)
    /// Of many servers, each asked little; the largest payload that is offered to them is 4096 octets.
    static let nameServer = Capacity(sockets: 1, datagramLength: 8192)
  }

  private static let usesPerSocket = 128
  /// Datagrams that do not fit, before a question goes to TCP.
  private static let mismatchLimit = 8
  private static let tolerance = TimeAmount.milliseconds(20)

  init(to server: SocketAddress, family: AddressFamily, capacity: Capacity, loop: any EventLoop) {
    self.server = server
    self.family = family
    self.capacity = capacity
    self.loop = loop
  }

  /// How a question over UDP ends.
  enum Ending {
    /// A message whose source, id and question fit; the rest of it is unread.
    case answered([UInt8])
    /// The same, cut short by the server or on its way.
    case truncated([UInt8])
    /// Somebody forges answers, or something on the way changes them: ask over TCP.
    case distrusted
    case silence
    case unreachable
  }

  func exchange(_ draft: QueryDraft, until deadline: NIODeadline) async -> Ending {
    guard let (number, socket) = await usableSocket() else { return .unreachable }
    let id = socket.spendID(using: &generator)
    guard var query = try? draft.query(id: id) else { return .unreachable }
    query.randomizeCase(using: &generator)
    if socket.uses >= Self.usesPerSocket { retire(number) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { send(query, on: socket, number: number, until: deadline, $0) }
    } onCancel: {
      Task { await self.end(id, on: number, .silence) }
    }
  }

  private func send(
    _ query: Query, on socket: DatagramSocket, number: Int, until deadline: NIODeadline,
    _ continuation: CheckedContinuation<Ending, Never>
  ) {
    let id = query.id
    guard sockets[number] === socket else { return continuation.resume(returning: .unreachable) }
    socket.pending[id] = PendingDatagram(
      questionOctets: query.questionOctets, continuation: continuation, deadline: deadline,
      timer: timer(id, on: number, at: deadline))
    statistics.datagramsSent += 1
    let envelope = AddressedEnvelope(remoteAddress: server, data: ByteBuffer(bytes: query.octets))
    // What the system says at once, no route for one, is said here; ICMP is not.
    socket.channel.writeAndFlush(envelope).whenFailure { _ in
      self.assumeIsolated { $0.end(id, on: number, .unreachable) }
    }
  }

  private func timer(_ id: UInt16, on number: Int, at deadline: NIODeadline) -> Scheduled<Void> {
    loop.scheduleTask(deadline: deadline) { self.assumeIsolated { $0.expire(id, on: number) } }
  }

  /// A busy event loop runs its timers late, and before it reads: what then waits in the socket was in time.
  private func expire(_ id: UInt16, on number: Int) {
    guard let pending = sockets[number]?.pending[id] else { return }
    let now = NIODeadline.now()
    if !pending.hasGrace, now - pending.deadline > Self.tolerance {
      sockets[number]?.pending[id]?.hasGrace = true
      sockets[number]?.pending[id]?.timer = timer(id, on: number, at: now + Self.tolerance)
    } else {
      end(id, on: number, pending.mismatches > 0 ? .distrusted : .silence)
    }
  }

  private func end(_ id: UInt16, on number: Int, _ ending: Ending) {
    guard let socket = sockets[number], let pending = socket.pending.removeValue(forKey: id) else { return }
    pending.timer.cancel()
    pending.continuation.resume(returning: ending)
    closeIfDone(number)
  }

  // MARK: - Receiving

  func receive(_ octets: [UInt8], from source: SocketAddress, on number: Int) {
    guard let socket = sockets[number] else { return }
    if source == server { hasHeard = true }
    guard let head = MessageHead(octets) else { return mismatch(nil, from: source, on: socket, number) }
    guard source == server, let pending = socket.pending[head.id], head.flags.isResponse,
      head.flags.opcode == 0
    else { return mismatch(head.id, from: source, on: socket, number) }
    if head.questionOctets == pending.questionOctets || head.isBareRefusalOfEDNS {
      statistics.datagramsAccepted += 1
      let isCut = head.flags.isTruncated || octets.count >= capacity.datagramLength
      end(head.id, on: number, isCut ? .truncated(octets) : .answered(octets))
    } else if head.asks(sameAsIgnoringCase: pending.questionOctets) {
      // A server that does not keep the case, or somebody who cannot see it: TCP tells.
      statistics.datagramsMismatched += 1
      end(head.id, on: number, .distrusted)
    } else {
      mismatch(head.id, from: source, on: socket, number)
    }
  }

  /// Counts against the question it claims to answer, or against all that are out to its source.
  private func mismatch(_ id: UInt16?, from source: SocketAddress, on socket: DatagramSocket, _ number: Int) {
    var aimedAt: [UInt16] = []
    if let id, socket.pending[id] != nil {
      aimedAt = [id]
    } else if source == server {
      if let id, socket.spent.contains(id) {
        statistics.datagramsLate += 1
        return
      }
      aimedAt = Array(socket.pending.keys)
    }
    statistics.datagramsMismatched += 1
    for id in aimedAt {
      socket.pending[id]?.mismatches += 1
      if let count = socket.pending[id]?.mismatches, count >= Self.mismatchLimit {
        end(id, on: number, .distrusted)
      }
    }
  }

  // MARK: - Sockets

  private func usableSocket() async -> (Int, DatagramSocket)? {
    // A second round is needed only when others use up all sockets that the first one opened.
    for _ in 0..<4 {
      if let number = usable.randomElement(using: &generator), let socket = sockets[number] {
        return (number, socket)
      }
      guard !isShut else { return nil }
      await startOpening().value
      if usable.isEmpty, opening == nil { return nil }
    }
    return nil
  }

  private func startOpening() -> Task<Void, Never> {
    if let opening { return opening }
    let task = Task {
      await openSockets()
      opening = nil
    }
    opening = task
    return task
  }

  private func openSockets() async {
    while usable.count < capacity.sockets, !isShut {
      let number = nextNumber
      nextNumber += 1
      guard
        let channel = try? await DatagramSocket.open(
          family, number: number, datagramLength: capacity.datagramLength, for: self, loop: loop)
      else { return }
      guard !isShut else {
        channel.close(promise: nil)
        return
      }
      sockets[number] = DatagramSocket(taking: channel)
      usable.append(number)
    }
  }

  /// No more questions on this socket: a port that stays the same could be found out.
  private func retire(_ number: Int) {
    usable.removeAll { $0 == number }
    if usable.count <= capacity.sockets / 2 { _ = startOpening() }
  }

  private func closeIfDone(_ number: Int) {
    guard let socket = sockets[number], socket.pending.isEmpty, !usable.contains(number) else { return }
    sockets[number] = nil
    socket.channel.close(promise: nil)
  }

  /// Nothing is asked for the time being: closes the sockets, until the next question opens others.
  func rest() {
    let unused = usable
    usable = []
    for number in unused { closeIfDone(number) }
  }

  /// The socket closed by itself: the system said of a datagram that it cannot go out.
  func lost(_ number: Int) {
    usable.removeAll { $0 == number }
    guard let socket = sockets.removeValue(forKey: number) else { return }
    for (_, pending) in socket.pending {
      pending.timer.cancel()
      pending.continuation.resume(returning: .unreachable)
    }
    socket.pending = [:]
  }

  func shutDown() async {
    isShut = true
    await opening?.value
    for (number, socket) in sockets {
      lost(number)
      try? await socket.channel.close()
    }
  }
}

extension MessageHead {
  /// Some servers that know no EDNS send back a header only; at worst, a forged one costs EDNS for one question.
  fileprivate var isBareRefusalOfEDNS: Bool {
    questionOctets.isEmpty
      && [ResponseCode.formatError, ResponseCode.notImplemented].contains(Int(flags.responseCode))
  }
}
