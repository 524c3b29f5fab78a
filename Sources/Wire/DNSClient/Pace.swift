// How many questions may be in flight to one server: opens with success, closes with loss (the additive increase
// and multiplicative decrease of RFC 5681 §3.1, counted in questions).

struct Pace {
  static let initialWindow = 32.0
  static let minimumWindow = 8.0

  private let maximumWindow: Double
  private(set) var window: Double
  private(set) var inFlight = 0
  private var isStarting = true
  /// Questions sent so far, and how many had been when the window was last cut: losses among those are the same
  /// event and do not cut it again.
  private var sent = 0
  private var sentAtCut = 0

  init(maximum: Int) {
    maximumWindow = Double(max(1, maximum))
    window = min(Self.initialWindow, maximumWindow)
  }

  var isOpen: Bool { Double(inFlight) < window.rounded(.down) }

  /// The number to give back when the question ends.
  mutating func send() -> Int {
    inFlight += 1
    sent += 1
    return sent
  }

  enum Ending { case answered, lost, neither }

  mutating func end(_ number: Int, _ ending: Ending) {
    inFlight -= 1
    switch ending {
    case .answered: window = min(maximumWindow, window + (isStarting ? 1 : 1 / window))
    case .lost:
      guard number > sentAtCut else { return }
      sentAtCut = sent
      isStarting = false
      window = min(maximumWindow, max(Self.minimumWindow, window / 2))
    case .neither: break
    }
  }
}
