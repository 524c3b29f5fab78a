// One server as who asks it sees it: its sockets, its pace, and whether it is there at all.

internal import DNSData
internal import NIOCore

/// Runs on the event loop of its owner, like everything in this module.
actor Destination {
  nonisolated let server: ServerAddress
  nonisolated let datagrams: DatagramPool
  nonisolated let address: SocketAddress
  private nonisolated let loop: any EventLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

  private var pace: Pace
  /// Waiting in the order of their numbers, from `first` on.
  private var waiting: [Int: CheckedContinuation<Entry, Never>] = [:]
  private var first = 0
  private var next = 0

  /// Losses since the last answer, and the moment of the first of them.
  private var losses = 0
  private var silentSince: NIODeadline?
  private var isProbing = false
  private var refusesStreams = false
  private nonisolated let patience: TimeAmount

  /// nil when the address cannot be written as a socket address.
  init?(
    _ server: ServerAddress, capacity: DatagramPool.Capacity, maximumInFlight: Int, timeout: TimeAmount,
    loop: any EventLoop
  ) {
    let octets = ByteBuffer(bytes: server.address.octets)
    guard let address = try? SocketAddress(packedIPAddress: octets, port: Int(server.port)) else {
      return nil
    }
    self.server = server
    self.address = address
    self.loop = loop
    pace = Pace(maximum: maximumInFlight)
    patience = .nanoseconds(timeout.nanoseconds * Self.patienceInTimeouts)
    datagrams = DatagramPool(to: address, family: server.address.family, capacity: capacity, loop: loop)
  }

  // MARK: - Entering and leaving

  enum Entry: Equatable {
    /// Ask; give the number back to `leave`.
    case granted(Int)
    /// Time ran out in the queue, or the task was cancelled.
    case late
    /// The server has been silent for so long that only one question at a time tries it.
    case silent
    case unreachable
  }

  /// Waits for its turn, at most until `deadline`.
  func enter(until deadline: NIODeadline?) async -> Entry {
    if isRefusing {
      startProbe()
      return .unreachable
    }
    if isGone, pace.inFlight > 0 { return .silent }
    if pace.isOpen, waiting.isEmpty { return .granted(pace.send()) }
    let number = next
    next += 1
    let timer = deadline.map { deadline in
      loop.scheduleTask(deadline: deadline) { self.assumeIsolated { $0.giveUp(number) } }
    }
    defer { timer?.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { waiting[number] = $0 }
    } onCancel: {
      Task { await self.giveUp(number) }
    }
  }

  func leave(_ number: Int, _ ending: Pace.Ending) {
    pace.end(number, ending)
    switch ending {
    case .answered:
      losses = 0
      silentSince = nil
    case .lost:
      losses += 1
      silentSince = silentSince ?? .now()
      startProbe()
    case .neither: break
    }
    admit()
  }

  private func giveUp(_ number: Int) { waiting.removeValue(forKey: number)?.resume(returning: .late) }

  private func admit() {
    while first < next, pace.isOpen || isRefusing || isGone {
      if let continuation = waiting.removeValue(forKey: first) {
        if isRefusing {
          continuation.resume(returning: .unreachable)
        } else if isGone, pace.inFlight > 0 {
          continuation.resume(returning: .silent)
        } else {
          continuation.resume(returning: .granted(pace.send()))
        }
      }
      first += 1
    }
  }

  // MARK: - Is it there?

  private static let patienceInTimeouts: Int64 = 3
  private static let lossesOfAGoneServer = 16
  private static let lossesOfARefusingServer = 3

  /// How many questions in a row it left unanswered.
  var silence: Int { losses }

  /// Silent for long and often: a queue of a thousand questions must not wait for each one's own deadline.
  private var isGone: Bool {
    guard losses >= Self.lossesOfAGoneServer, let silentSince else { return false }
    return NIODeadline.now() - silentSince > patience
  }

  /// Never heard of over UDP, and its host refuses TCP: nothing listens. ICMP does not reach unconnected sockets,
  /// so a refused connection has to tell.
  private var isRefusing: Bool { refusesStreams && losses >= Self.lossesOfARefusingServer && !hasHeard }

  private var hasHeard: Bool { datagrams.assumeIsolated { $0.hasHeard } }

  /// What its silence means.
  var failure: LookupFailure { refusesStreams && !hasHeard ? .unreachable : .timeout }

  private func startProbe() {
    guard !isProbing, !hasHeard else { return }
    isProbing = true
    Task {
      refusesStreams = await StreamExchange.isRefused(by: address, within: .seconds(1), on: loop)
      isProbing = false
      admit()
    }
  }

  func shutDown() async {
    // A probe that is still out ends by itself within its second.
    for (_, continuation) in waiting { continuation.resume(returning: .late) }
    waiting = [:]
    await datagrams.shutDown()
  }
}
