import Glibc
import Verdict

/// Files and standard streams, whole and in order.
enum FileHandles {
  /// A report that cannot be written is no report. Whoever closed the pipe has read enough.
  static func standardOutput(_ text: String) throws(Problem) {
    guard !write(text, to: STDOUT_FILENO), errno != EPIPE else { return }
    throw .usage("cannot write to standard output: \(reason(errno))")
  }

  static func standardError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// Columns, where that is a terminal; the usual number where it does not say.
  static var standardErrorWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }
  static var standardOutputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// At most `limit` octets; more is a Problem, because a part of a file is never judged.
  static func read(_ path: String, limit: Int) throws(Problem) -> [UInt8] {
    let shown = path == "-" ? "standard input" : Shown.text(path)
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .usage("cannot read \(shown): \(reason(errno))") }
    defer { if path != "-" { close(descriptor) } }
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .usage("cannot read \(shown): \(reason(errno))") }
      guard count > 0 else { return octets }
      octets += buffer.prefix(count)
      guard octets.count <= limit else { throw .usage("\(shown) is larger than \(limit >> 10) KiB") }
    }
  }

  /// For files that may hold a private key: read into one place, which is wiped after `body`. Regular files only.
  static func withSecret<Result>(
    _ path: String, limit: Int, _ body: (UnsafeRawBufferPointer) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let shown = Shown.text(path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .usage("cannot read \(shown): \(reason(errno))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .usage("cannot read \(shown): it is no file")
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: limit + 1, alignment: 1)
    defer {
      if let start = buffer.baseAddress { explicit_bzero(start, buffer.count) }
      buffer.deallocate()
    }
    var length = 0
    while length <= limit {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[length...])
      let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .usage("cannot read \(shown): \(reason(errno))") }
      guard count > 0 else { return try body(UnsafeRawBufferPointer(rebasing: buffer[..<length])) }
      length += count
    }
    throw .usage("\(shown) is larger than \(limit >> 10) KiB")
  }

  /// Written beside and renamed, so that nobody ever reads half a report; into devices and pipes as they are.
  static func replace(_ path: String, with text: String) throws(Problem) {
    let shown = Shown.text(path)
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      let isWritten = descriptor >= 0 && write(text, to: descriptor)
      let problem = errno
      guard descriptor >= 0, close(descriptor) == 0, isWritten else {
        throw .usage("cannot write \(shown): \(reason(problem))")
      }
      return
    }
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .usage("cannot write \(shown): \(reason(errno))") }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let mode = isThere ? status.st_mode & 0o777 : usualMode
    let isWritten = write(text, to: descriptor) && fchmod(descriptor, mode) == 0 && fsync(descriptor) == 0
    let problem = errno
    guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw .usage("cannot write \(shown): \(reason(isWritten ? errno : problem))")
    }
  }

  /// Of a file that is made anew: umask(2) tells its mask only to who sets one.
  private static var usualMode: mode_t {
    let mask = umask(0o077)
    umask(mask)
    return 0o666 & ~mask
  }

  /// Throws where `path` is in no folder.
  static func checkFolder(of path: String) throws(Problem) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    var status = stat()
    guard stat(folder, &status) == 0 else {
      throw .usage("cannot write \(Shown.text(path)): \(reason(errno))")
    }
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func reason(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
  }
}
