/// The candidate that takes the fewest edits.
enum NearestMatch {
  static func of(_ text: String, among candidates: [String]) -> String {
    let typed = Array(text.utf8.prefix(64))
    return candidates.min { distance(typed, Array($0.utf8)) < distance(typed, Array($1.utf8)) } ?? ""
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row.last ?? 0
  }
}
