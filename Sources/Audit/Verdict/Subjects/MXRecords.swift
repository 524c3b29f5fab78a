package import DNSData

/// A record that says that the domain takes no mail (RFC 7505).
package struct NullMX: Subject {
  package let answer: Answer
  package let record: Record
  package let preference: UInt16

  package static func observe(_ facts: Facts) -> Observation<NullMX> {
    guard let answer = facts.mx else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    return Observation(
      answer.records.compactMap { record in
        guard let mx = record.exchanger, mx.isNull else { return nil }
        return NullMX(answer: answer, record: record, preference: mx.preference)
      })
  }
}

/// All hosts that the MX records name.
package struct MXSet: Subject {
  package let answer: Answer
  package let hosts: [Name]

  package static func observe(_ facts: Facts) -> Observation<MXSet> {
    guard let answer = facts.mx else { return .notApplicable }
    guard answer.failure == nil else { return Observation([], gaps: [Gap(answer)]) }
    let hosts = facts.exchangers
    return hosts.isEmpty ? .notApplicable : Observation([MXSet(answer: answer, hosts: hosts)])
  }
}

/// An MX record that senders try after others.
package struct BackupMX: Subject {
  package let target: MXTarget
  /// Those that are tried before.
  package let preferred: [MXTarget]

  package static func observe(_ facts: Facts) -> Observation<BackupMX> {
    let targets = facts.observation(of: MXTarget.self).subjects
    let backups = targets.compactMap { target in
      let preferred = targets.filter { $0.preference < target.preference }
      return preferred.isEmpty ? nil : BackupMX(target: target, preferred: preferred)
    }
    let gaps = facts.mx.map { $0.failure == nil ? [] : [Gap($0)] } ?? []
    return Observation(backups, gaps: gaps + backups.flatMap(\.target.addresses.gaps))
  }
}

extension MXTarget {
  /// The records that name this host with this preference.
  package var records: [Record] {
    answer.records.filter { $0.exchanger == MX(preference: preference, exchange: host) }
  }
}
