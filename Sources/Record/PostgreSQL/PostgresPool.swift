import Dispatch
import Synchronization

/// Connections for short readings, some at once, opened as they are needed.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection] = []
        /// Counts renewals, so that a connection of an earlier time is not taken back.
        var generation = 0
        var isClosed = false
    }

    private let address: PostgresAddress
    private let writes: Bool
    private let state = Mutex(State())
    // A reader waits for its turn here, blocking its thread as a query does.
    private let room: DispatchSemaphore

    init(_ address: PostgresAddress, limit: Int, writes: Bool) {
        self.address = address
        self.writes = writes
        room = DispatchSemaphore(value: limit)
    }

    /// Runs a reading; where the connection turns out to be cut off, once more on a new one.
    func reading<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
        room.wait()
        defer { room.signal() }
        let (taken, generation) = try state.withLock { state in
            if state.isClosed { throw RecordError.closed }
            return (state.idle.popLast(), state.generation)
        }
        if let taken {
            do {
                let value = try body(taken)
                giveBack(taken, generation)
                return value
            } catch let failure as PostgresFailure where failure.isCutOff {
                // It may have been idle for hours; all of its kind are as old.
                state.withLock { $0.idle = [] }
            } catch {
                giveBack(taken, generation)
                throw error
            }
        }
        let fresh = try PostgresConnection(address, writes: writes)
        do {
            let value = try body(fresh)
            giveBack(fresh, generation)
            return value
        } catch {
            giveBack(fresh, generation)
            throw error
        }
    }

    private func giveBack(_ connection: PostgresConnection, _ generation: Int) {
        connection.rollBack()
        guard connection.isUsable else { return }
        state.withLock { state in
            guard !state.isClosed, state.generation == generation else { return }
            state.idle.append(connection)
        }
    }

    /// Lets go of all connections; new ones are opened when they are needed.
    func renew() {
        state.withLock { state in
            state.generation += 1
            state.idle = []
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.idle = []
        }
    }
}
