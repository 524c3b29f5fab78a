import Glibc

/// The first Ctrl-C or SIGTERM, which ends a run in order. The second one ends the program at once.
enum Interruption {
  private static let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)

  /// A handler may do next to nothing (signal-safety(7)): it wakes a thread, which lives as long as the program.
  private static nonisolated(unsafe) let raised: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    var thread = pthread_t()
    let isStarted = pthread_create(
      &thread, nil,
      { _ in
        while sem_wait(Interruption.raised) != 0 {}
        Interruption.arrival.yield()
        return nil
      }, nil)
    if isStarted == 0 { pthread_detach(thread) }
    return semaphore
  }()

  /// From now on signals do not end the program by themselves, until the first has come.
  static func expect() {
    _ = raised
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
        sem_post(Interruption.raised)
      }
    }
  }

  /// Returns after the first signal, or when the task is cancelled.
  static func first() async {
    for await _ in arrivals { return }
  }
}
