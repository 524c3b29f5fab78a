import Synchronization

/// Those of one `Facts`, by their subjects.
final class Observations: Sendable {
  private let known = Mutex<[ObjectIdentifier: any Sendable]>([:])

  func observation<S: Subject>(of subject: S.Type, in facts: Facts) -> Observation<S> {
    let id = ObjectIdentifier(subject)
    if let known = known.withLock({ $0[id] }) as? Observation<S> { return known }
    // Not under the lock: subjects rest on others.
    let observation = S.observe(facts)
    known.withLock { $0[id] = observation }
    return observation
  }
}
