package import Evidence

/// Fetches each document once, whoever asks for it.
package actor SharedDocuments: FetchSource {
  private let source: any FetchSource
  private var fetches: [FetchRequest: Task<HTTPFetch, Never>] = [:]

  package init(_ source: any FetchSource) { self.source = source }

  package func fetch(_ request: FetchRequest) async -> HTTPFetch {
    if let running = fetches[request] { return await running.value }
    let task = Task { await source.fetch(request) }
    fetches[request] = task
    return await task.value
  }
}
