// Why there was no connection, out of the errors of NIO and of the system.

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

  init(_ error: any Error) {
    switch error {
    case let hindrance as ServerProbe.Hindrance: self = .notTried(hindrance)
    case is TLSSetupError: self = .notTried(.noTLSHere)
    case ChannelError.connectTimeout: self = .timedOut
    case let error as IOError: self = ConnectionFailure(errno: error.errnoCode)
    case let error as NIOConnectionError:
      self = error.connectionErrors.first.map { ConnectionFailure($0.error) } ?? .unreachable
    default: self = .unreachable
    }
  }

  private init(errno: CInt) {
    switch errno {
    case ECONNREFUSED: self = .refused
    case ETIMEDOUT: self = .timedOut
    case ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT: self = .notTried(.familyMissing)
    // This machine has no descriptor, port or memory left, which says nothing about the server.
    case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN: self = .notTried(.limitReached)
    default: self = .unreachable
    }
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
