// A query without its id.

internal import DNSData
internal import LDNS

struct QueryDraft: Sendable {
  let question: Question
  let recursion: Query.Recursion
  let checking: Query.Checking
  var edns = Query.EDNS.standard

  func query(id: UInt16) throws(QueryError) -> Query {
    try Query(question, id: id, recursion: recursion, checking: checking, edns: edns)
  }
}
