/// Fetches small documents (policies, client configurations) over HTTPS with libcurl: from the addresses given with
/// the request, following nothing, asking the DNS nothing, keeping nothing between fetches.
///
/// What a document means, and whether another is to be fetched (behind a redirect, say), is decided elsewhere.

package import DNSData
package import Evidence

package final class HTTPSClient: FetchSource {
  let loop: FetchLoop

  /// - Parameters:
  ///   - caFile: certificates in PEM that a server's chain must lead to; nil for the first of `SystemCAFiles` that is
  ///     there. It is read with the first fetch; one that is none makes every fetch end as `ownFailure`.
  ///   - allowed: special-purpose networks that are meant here.
  package init(caFile: String? = nil, allowed: [IPNetwork] = []) throws(HTTPSClientError) {
    let candidates = caFile.map { [$0] } ?? SystemCAFiles.paths
    guard let file = candidates.first(where: isReadable) else { throw .noCAFile }
    loop = try FetchLoop(Settings(caFile: file, allowed: allowed))
  }

  deinit { loop.close() }

  /// Always answers; a failure is an outcome, not an error. Cancelling the task ends it as `cancelled`. What is over
  /// `FetchLoop.maximumTransfers` waits its turn, and its time does not run.
  package func fetch(_ request: FetchRequest) async -> HTTPFetch {
    let id = loop.newID()
    let fetch = await withTaskCancellationHandler {
      await withCheckedContinuation { loop.start(id, request, $0) }
    } onCancel: {
      loop.cancel(id)
    }
    loop.forget(id)
    return fetch
  }

  /// Ends what is under way as `cancelled`, and returns when nothing runs any more. A fetch after it ends so too.
  package func shutDown() async {
    loop.close()
    await loop.closed()
  }
}

package enum HTTPSClientError: Error, Hashable, Sendable {
  /// The file that was named cannot be read, or none of `SystemCAFiles` is there.
  case noCAFile
  /// This libcurl or this system cannot do it, for this reason.
  case unavailable(String)
}

/// What all fetches of a client have in common.
struct Settings: Sendable {
  let caFile: String
  let allowed: [IPNetwork]
}
