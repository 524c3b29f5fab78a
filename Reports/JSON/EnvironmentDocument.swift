import DNSData
import Evidence
import Verdict

/// Where an audit looked, and what stood in its way, in the reports for programs.
struct EnvironmentDocument: Encodable {
  let offline: Bool
  let resolvers: [String]
  let zoneFiles: [String]
  let suffixList: String
  let network: NetworkDocument?
  let port25: String
  let remarks: [Remark]

  init(_ snapshot: Snapshot) {
    let environment = snapshot.environment
    offline = environment.isOffline
    resolvers = environment.resolvers.map(\.description)
    zoneFiles = environment.zoneFiles
    suffixList = environment.suffixList
    network = environment.network.map(NetworkDocument.init)
    port25 = OutgoingSMTP(snapshot.probes).rawValue
    remarks = MachineSentences(snapshot).remarks.map(Remark.init)
  }

  struct Remark: Encodable {
    let weight: String
    let text: String

    init(_ remark: MachineSentences.Remark) {
      weight = remark.weight.rawValue
      text = remark.text
    }
  }
}

struct NetworkDocument: Encodable {
  let resolvers: [Resolver]
  let directPorts: [DirectPort]
  let clock: Clock

  init(_ network: NetworkFacts) {
    resolvers = network.resolvers.map(Resolver.init)
    directPorts = network.directPorts.map(DirectPort.init)
    clock = Clock(network.clock)
  }

  struct Resolver: Encodable {
    let address: String
    let standing: String
    let problem: String?
    let signatures: String
    let claimsValidation: Bool
    let denials: [String]
    let invented: [String]
    let tcp: Bool

    init(_ facts: ResolverFacts) {
      address = facts.server.description
      invented = facts.inventedAddresses.map(\.description)
      claimsValidation = facts.claimsValidation
      tcp = facts.streamFailure == nil
      switch facts.standing {
      case .answers: (standing, problem) = ("answers", nil)
      case .deniesRoot: (standing, problem) = ("deniesRoot", nil)
      case .fails(let failure): (standing, problem) = ("fails", failure.sentence)
      }
      signatures =
        switch facts.signatures {
        case .passed: "passed"
        case .missing: "missing"
        case .noKeys: "noKeys"
        case .unknown: "unknown"
        }
      denials = facts.denials.map { denial in
        switch denial {
        case .truthful: "truthful"
        case .invented: "invented"
        case .noData: "noData"
        case .unknown: "unknown"
        }
      }
    }
  }

  struct DirectPort: Encodable {
    let family: String
    let asked: [String]
    let udp: String
    let tcp: String

    init(_ facts: DirectPortFacts) {
      family = facts.family.word
      asked = facts.asked.map(\.description)
      udp = Self.word(facts.datagrams)
      tcp = Self.word(facts.stream)
    }

    private static func word(_ passage: DirectPortFacts.Passage) -> String {
      switch passage {
      case .open: "open"
      case .silent: "silent"
      case .unreachable: "unreachable"
      case .intercepted: "intercepted"
      case .failed: "failed"
      case .notTested: "notTested"
      }
    }
  }

  struct Clock: Encodable {
    let standing: String
    let seconds: Int?

    init(_ clock: ClockStanding) {
      switch clock {
      case .fits: (standing, seconds) = ("fits", nil)
      case .behind(let difference): (standing, seconds) = ("behind", difference)
      case .ahead(let difference): (standing, seconds) = ("ahead", difference)
      case .unknown: (standing, seconds) = ("unknown", nil)
      }
    }
  }
}
