import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Learns on a connection and a thread of its own when the record has grown, whoever appended: by LISTEN, and by asking now and then,
/// so that nothing hangs on a notification that was lost with a connection, or that an engine does not know.
final class PostgresListener: Sendable {
    private struct State {
        var isStopped = false
        var told: (@Sendable () -> Void)?
    }

    private let address: PostgresAddress
    private let grown: @Sendable (Int64) -> Void
    private let state = Mutex(State())

    /// Milliseconds between two questions where notifications come, and where they do not.
    private static let pauses: (listening: CInt, asking: CInt) = (1000, 200)

    /// - Parameter grown: told the store's end whenever it may have changed, from the listener's thread.
    init(_ address: PostgresAddress, grown: @escaping @Sendable (Int64) -> Void) {
        self.address = address
        self.grown = grown
    }

    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "chancery.listener"
        thread.start()
    }

    func watch(_ told: @escaping @Sendable () -> Void) {
        state.withLock { $0.told = told }
    }

    /// The thread ends within a second.
    func stop() {
        state.withLock {
            $0.isStopped = true
            $0.told = nil
        }
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func run() {
        var pause: UInt32 = 100_000
        while !isStopped {
            do {
                try listen { pause = 100_000 }
            } catch {
                // Whoever appends or reads meets the same, and says so.
                usleep(pause)
                pause = min(pause * 2, 2_000_000)
            }
        }
    }

    private func listen(_ connected: () -> Void) throws {
        let connection = try PostgresConnection(address)
        let listens = (try? connection.run("LISTEN \(address.channel)")) != nil
        connected()
        var known: Int64 = -1
        while !isStopped {
            let end = try PostgresQueries.end(connection)
            if end != known {
                known = end
                grown(end)
                state.withLock { $0.told }?()
            }
            // What was notified during the query has been read with its answer.
            if try listens && connection.takeNotifications() { continue }
            var waiting = pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0)
            _ = poll(&waiting, 1, listens ? PostgresListener.pauses.listening : PostgresListener.pauses.asking)
            _ = try connection.takeNotifications()
        }
    }
}
