package import Evidence

/// Looks at the servers again and again, until all of them serve what is waited for at one time.
package struct PublicationWatch: Sendable {
  private let interval: Duration
  private let limit: Duration

  package init(every interval: Duration, for limit: Duration) {
    self.interval = interval
    self.limit = limit
  }

  /// The last look begins when the time is over. `elapsed` is since the beginning; a `sleep` ends early when the task is
  /// cancelled, and then what the look before saw is the result. Each look must ask anew.
  package func wait(
    elapsed: () -> Duration, sleep: (Duration) async -> Void, tell: (PublicationState) -> Void,
    look: () async -> PublicationState
  ) async -> (state: PublicationState, ending: WaitEnding) {
    var last: PublicationState?
    while true {
      let begun = elapsed()
      let state = await look()
      if Task.isCancelled { return (last ?? state, .interrupted) }
      tell(state)
      if state.standing == .served { return (state, .served) }
      guard begun < limit else { return (state, .timeOver) }
      last = state
      let now = elapsed()
      await sleep(max(.zero, min(begun + interval, limit) - now))
      if Task.isCancelled { return (state, .interrupted) }
    }
  }
}
