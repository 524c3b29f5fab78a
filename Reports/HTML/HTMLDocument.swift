import Verdict

/// A document that was asked for over HTTP, and what came.
struct HTMLDocument {
  let url: HTMLText
  let purpose: String
  let status: String
  let words: HTMLText
  let isFault: Bool

  init(_ row: DocumentRow) {
    url = HTMLText(row.url)
    purpose = row.purpose.words
    status = row.status.map(String.init) ?? "none"
    words = HTMLText(row.sentence)
    isFault = row.finding == .faulty
  }
}
