/// One thread for many fetches: side by side, cancelled, shut down.
import DNSData
import Evidence
import Testing

@testable import HTTPS

@Suite struct ClientTests {
  @Test func `fetches run side by side, more than there are places`() async throws {
    let count = FetchLoop.maximumTransfers * 2 + 5
    let requests = try (0..<count).map { try FetchRequest.sample(path: "/echo?\($0)") }
    let client = try PolicyServer.client.get()
    let fetches = await withTaskGroup(of: HTTPFetch.self) { group in
      for request in requests { group.addTask { await client.fetch(request) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(fetches.count == count)
    for fetch in fetches {
      let body = try #require(fetch.response?.body.text, "\(fetch.outcome)")
      #expect(body.hasPrefix("GET \(fetch.request.path) "))
    }
  }

  @Test func `a cancelled fetch ends at once, and the others go on`() async throws {
    let client = try PolicyServer.client.get()
    let request = try FetchRequest.sample(path: "/silent", milliseconds: 60_000)
    let start = ContinuousClock.now
    let task = Task { await client.fetch(request) }
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    #expect(await task.value.failure == .cancelled)
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(try await fetch(.sample()).response != nil)
  }

  @Test func `a fetch that is cancelled before it begins ends too`() async throws {
    let client = try PolicyServer.client.get()
    let request = try FetchRequest.sample(path: "/silent", milliseconds: 60_000)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await client.fetch(request)
    }
    #expect(await task.value.failure == .cancelled)
  }

  @Test func `a client that is shut down ends what is under way, and takes no more`() async throws {
    let client = try HTTPSClient(caFile: PolicyServer.shared.get().caFile, allowed: PolicyServer.loopback)
    let request = try FetchRequest.sample(path: "/silent", milliseconds: 60_000)
    let fetches = Task {
      await withTaskGroup(of: HTTPFetch.self) { group in
        for _ in 0..<(FetchLoop.maximumTransfers + 3) { group.addTask { await client.fetch(request) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    await client.shutDown()
    #expect(await fetches.value.allSatisfy { $0.failure == .cancelled })
    #expect(await client.fetch(request).failure == .cancelled)
    await client.shutDown()
  }

  @Test func `a client that nobody holds any more ends its thread`() async throws {
    weak var loop: FetchLoop?
    try await { [caFile = try PolicyServer.shared.get().caFile] in
      let client = try HTTPSClient(caFile: caFile, allowed: PolicyServer.loopback)
      loop = client.loop
      _ = try await client.fetch(.sample())
    }()
    for _ in 0..<200 where loop != nil { try await Task.sleep(for: .milliseconds(50)) }
    #expect(loop == nil)
  }

  @Test func `nothing is kept between fetches`() async throws {
    let first = try await fetch(.sample(path: "/echo"))
    let second = try await fetch(.sample(path: "/echo"))
    #expect(first.response == second.response)
  }
}
