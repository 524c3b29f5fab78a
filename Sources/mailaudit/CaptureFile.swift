import Capture

/// A capture as a user names it.
enum CaptureFile {
  static func read(_ path: String) throws(Problem) -> Capture {
    let octets = try FileHandles.read(path, limit: Capture.maximumSize)
    do throws(CaptureError) {
      return try Capture(octets: octets)
    } catch {
      throw .usage(sentence(error, path == "-" ? "standard input" : Shown.text(path)))
    }
  }

  private static func sentence(_ error: CaptureError, _ file: String) -> String {
    switch error {
    case .notACapture: "\(file) is no capture: `mailaudit audit --capture` writes one"
    case .version(let version):
      "\(file) is a capture of version \(version); this program reads versions 1 to \(Capture.version)"
    case .unreadable(let line, let reason):
      "\(file), line \(line), cannot be read: \(Shown.path(reason))"
    case .incomplete(let expected, let found):
      "\(file) is not whole: it holds \(found) of \(expected) domains"
    }
  }
}
