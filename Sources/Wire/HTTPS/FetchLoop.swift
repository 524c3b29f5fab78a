// The thread that all transfers of a client run on, and the orders that reach it from others.

internal import CCurl
internal import DNSData
internal import Evidence
internal import Synchronization

final class FetchLoop: Sendable {
  typealias Continuation = CheckedContinuation<HTTPFetch, Never>

  struct Start {
    let id: UInt64
    let request: FetchRequest
    let continuation: Continuation

    func end(_ failure: FetchFailure) {
      continuation.resume(returning: HTTPFetch(request, .failure(failure), at: .now))
    }
  }

  /// More wait for one to end.
  static let maximumTransfers = 64
  /// Milliseconds; libcurl's own timers, and being woken up, end it earlier.
  private static let longestPoll: Int32 = 60_000

  private struct Mailbox {
    var lastID: UInt64 = 0
    var starts: [Start] = []
    /// Until they are forgotten, since a fetch may be cancelled before it is started.
    var cancelled: Set<UInt64> = []
    /// What fetches end with from now on; nil while all is well.
    var closing: FetchFailure?
    /// nil once the thread has ended.
    var multi: MultiHandle?
    var awaitingEnd: [CheckedContinuation<Void, Never>] = []
  }

  private let mailbox: Mutex<Mailbox>
  private let settings: Settings

  init(_ settings: Settings) throws(HTTPSClientError) {
    if let fault = Libcurl.fault { throw .unavailable(fault) }
    self.settings = settings
    mailbox = Mutex(Mailbox())
    guard let multi = MultiHandle() else { throw .unavailable("libcurl has no memory") }
    mailbox.withLock { $0.multi = multi }
    guard SystemThread.start({ self.run(multi) }) else {
      mailbox.withLock { $0.multi = nil }
      throw .unavailable("no thread to be had")
    }
  }

  // MARK: - From any thread

  func newID() -> UInt64 {
    mailbox.withLock {
      $0.lastID += 1
      return $0.lastID
    }
  }

  func start(_ id: UInt64, _ request: FetchRequest, _ continuation: Continuation) {
    let start = Start(id: id, request: request, continuation: continuation)
    let refusal: FetchFailure? = mailbox.withLock { box in
      if let closing = box.closing { return closing }
      guard let multi = box.multi else { return .cancelled }
      box.starts.append(start)
      multi.wakeUp()
      return nil
    }
    if let refusal { start.end(refusal) }
  }

  func cancel(_ id: UInt64) {
    mailbox.withLock {
      $0.cancelled.insert(id)
      $0.multi?.wakeUp()
    }
  }

  func forget(_ id: UInt64) { mailbox.withLock { _ = $0.cancelled.remove(id) } }

  func close(_ failure: FetchFailure = .cancelled) {
    mailbox.withLock {
      $0.closing = $0.closing ?? failure
      $0.multi?.wakeUp()
    }
  }

  func closed() async {
    await withCheckedContinuation { continuation in
      let hasEnded = mailbox.withLock { box in
        if box.multi != nil { box.awaitingEnd.append(continuation) }
        return box.multi == nil
      }
      if hasEnded { continuation.resume() }
    }
  }

  // MARK: - On the thread of the loop

  private func run(_ multi: MultiHandle) {
    var transfers = Transfers(multi: multi, settings: settings)
    var closing: FetchFailure?
    while closing == nil {
      let (starts, cancelled) = mailbox.withLock { box in
        defer { box.starts = [] }
        closing = box.closing
        return (box.starts, box.cancelled)
      }
      transfers.waiting += starts
      guard closing == nil else { break }
      transfers.cancel(cancelled)
      transfers.startWaiting(atMost: Self.maximumTransfers)
      guard multi.perform() else {
        close(.ownFailure("libcurl cannot go on"))
        continue
      }
      transfers.collectEnded()
      // What waits may have found a place.
      guard transfers.waiting.isEmpty || transfers.active.count >= Self.maximumTransfers else { continue }
      if !multi.poll(milliseconds: Self.longestPoll) { close(.ownFailure("libcurl cannot wait")) }
    }
    transfers.endAll(closing ?? .cancelled)
    let (late, awaiting) = mailbox.withLock { box in
      box.multi = nil
      defer { (box.starts, box.awaitingEnd) = ([], []) }
      return (box.starts, box.awaitingEnd)
    }
    for start in late { start.end(closing ?? .cancelled) }
    for continuation in awaiting { continuation.resume() }
  }
}

/// Those under way, and those that wait.
private struct Transfers {
  let multi: MultiHandle
  let settings: Settings
  var waiting: [FetchLoop.Start] = []
  private(set) var active: [UnsafeMutableRawPointer: (start: FetchLoop.Start, transfer: Transfer)] = [:]

  init(multi: MultiHandle, settings: Settings) {
    self.multi = multi
    self.settings = settings
  }

  mutating func startWaiting(atMost limit: Int) {
    let free = max(0, limit - active.count)
    for start in waiting.prefix(free) {
      guard let transfer = Transfer(start.request, settings) else {
        start.end(.ownFailure("libcurl has no memory"))
        continue
      }
      if let fault = transfer.fault {
        start.end(fault)
      } else if multi.add(transfer.easy) {
        active[transfer.easy.pointer] = (start, transfer)
      } else {
        start.end(.ownFailure("libcurl takes no more transfers"))
      }
    }
    waiting.removeFirst(min(free, waiting.count))
  }

  mutating func collectEnded() {
    while let (easy, code) = multi.nextEnded() {
      guard let (start, transfer) = active.removeValue(forKey: easy) else { continue }
      let fetch = transfer.result(code)
      multi.remove(transfer.easy)
      start.continuation.resume(returning: fetch)
    }
  }

  mutating func cancel(_ ids: Set<UInt64>) {
    guard !ids.isEmpty else { return }
    for start in waiting where ids.contains(start.id) { start.end(.cancelled) }
    waiting.removeAll { ids.contains($0.id) }
    for (easy, entry) in active where ids.contains(entry.start.id) { end(easy, entry, .cancelled) }
  }

  mutating func endAll(_ failure: FetchFailure) {
    for start in waiting { start.end(failure) }
    waiting = []
    for (easy, entry) in active { end(easy, entry, failure) }
  }

  private mutating func end(
    _ easy: UnsafeMutableRawPointer, _ entry: (start: FetchLoop.Start, transfer: Transfer),
    _ failure: FetchFailure
  ) {
    active[easy] = nil
    multi.remove(entry.transfer.easy)
    entry.start.end(failure)
  }
}
