// Why there was no connection, out of the errors of NIO and of the system.

internal import DNSData
internal import Evidence
internal import NIOCore
internal import NIOPosix
internal import TLS

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

enum ConnectionFailure: Hashable {
  case refused
  case timedOut
  case unreachable
  case notTried(ServerProbe.Hindrance)

  /// `hasRoute`: whether this machine knows a way to where it connected.
  init(_ error: any Error, hasRoute: @autoclosure () -> Bool) {
    switch error {
    case let hindrance as ServerProbe.Hindrance: self = .notTried(hindrance)
    case is TLSSetupError: self = .notTried(.noTLSHere)
    case ChannelError.connectTimeout: self = .timedOut
    case let error as IOError: self = ConnectionFailure(errno: error.errnoCode, hasRoute: hasRoute())
    case let error as NIOConnectionError:
      self =
        error.connectionErrors.first.map { ConnectionFailure($0.error, hasRoute: hasRoute()) } ?? .unreachable
    default: self = .unreachable
    }
  }

  private init(errno: CInt, hasRoute: @autoclosure () -> Bool) {
    switch errno {
    case ECONNREFUSED: self = .refused
    case ETIMEDOUT: self = .timedOut
    // A router on the way says it too.
    case ENETUNREACH where hasRoute(): self = .unreachable
    case ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT: self = .notTried(.familyMissing)
    // This machine has no descriptor, port or memory left, which says nothing about the server.
    case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN: self = .notTried(.limitReached)
    default: self = .unreachable
    }
  }

  /// A refusal is ECONNREFUSED: who resets had taken the connection, and did so before this program saw that.
  static func wasTaken(_ error: any Error) -> Bool {
    (error as? IOError)?.errnoCode == ECONNRESET
  }

  var probeOutcome: ServerProbe.Outcome {
    switch self {
    case .refused: .refused
    case .timedOut: .timedOut
    case .unreachable: .unreachable
    case .notTried(let hindrance): .notTried(hindrance)
    }
  }

  var handshakeOutcome: HandshakeOutcome {
    switch self {
    case .refused: .refused
    case .timedOut: .timedOut
    case .unreachable: .unreachable
    case .notTried(let hindrance): .notTried(hindrance)
    }
  }
}

enum OwnRoutes {
  /// Whether this machine has a route to the address: a datagram socket can be connected to it, which sends nothing.
  /// True where that cannot be found out, since then nothing is known about this machine.
  static func lead(to address: IPAddress) -> Bool {
    guard let server = try? SocketAddress(ipAddress: address.description, port: 53) else { return true }
    let family = address.family == .v4 ? AF_INET : AF_INET6
    let socket = socket(family, Self.datagrams, 0)
    guard socket >= 0 else { return errno != EAFNOSUPPORT }
    defer { close(socket) }
    let result = server.withSockAddr { connect(socket, $0, socklen_t($1)) }
    return result == 0 || errno != ENETUNREACH
  }

  #if canImport(Glibc)
    private static let datagrams = CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
  #else
    private static let datagrams = SOCK_DGRAM | SOCK_CLOEXEC
  #endif
}
