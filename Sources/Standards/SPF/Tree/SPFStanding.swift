// What a surveyed record comes to for a client that no term matches early.

extension SPFTree {
  /// nil for a sound record; else the result that its state, that of its includes, or a limit leads to.
  package var defect: SPFResult? {
    if let own = root.publication.defect { return own }
    let inner = Set(nodes.dropFirst().compactMap(\.publication.defect))
    let isOverLimit = lookups > SPFLimits.lookups || voids > SPFLimits.voids
    // An include of a name without SPF is a permanent error (RFC 7208 §5.2).
    if isOverLimit || inner.contains(.permerror) || inner.contains(.none) { return .permerror }
    return inner.contains(.temperror) ? .temperror : nil
  }
}

extension SPFPublication {
  fileprivate var defect: SPFResult? {
    switch self {
    case .found(let record, _): record.faults.isEmpty ? nil : .permerror
    case .absent: SPFResult.none
    case .multiple: .permerror
    case .failed: .temperror
    }
  }
}
