import ArgumentParser

/// How the small commands write their result.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
