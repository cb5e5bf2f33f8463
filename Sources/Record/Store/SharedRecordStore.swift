import Acts
import Ledger

/// A store that several processes have open at once, each with views of its own.
///
/// Correctness rests on ``RecordStore``'s second promise alone. What is here spares useless contests, and keeps beside the
/// entries what was signed over them, so that all processes hold the record against it.
protocol SharedRecordStore: RecordStore {
    /// Begins this process's turn to append, after others have ended theirs; where that cannot be had in time, goes on without.
    ///
    /// - Returns: what the store shows then. It stays so until the turn ends, unless somebody appends out of turn.
    func beginTurn() throws -> SharedState

    /// Ends a turn that was not ended by an append.
    func endTurn()

    /// The same as ``RecordStore/append(_:at:erasing:tiles:)``, with the checkpoint signed over what results, and the end of the turn.
    func append(
        _ entries: [StoredEntry], at position: Int64, erasing erased: [Int64],
        covering: () throws -> (tiles: [Tile], checkpoint: SignedCheckpoint?)
    ) throws

    /// What the store shows now.
    func state() throws -> SharedState

    /// Keeps a checkpoint over entries that are there, unless a newer one is kept.
    func keep(_ checkpoint: SignedCheckpoint) throws

    /// Removes the checkpoint that is kept, after a loss was accepted.
    func forgetCheckpoint() throws

    /// Returns when all that the store has shown so far is as durable as what it acknowledges. Where a server waits for a standby,
    /// something may be seen that the standby does not have yet: after a restart, or when the wait was broken off.
    func assure() throws

    /// Has somebody told, from a thread of the store's own, when the store may have grown; at most one is told.
    func watch(_ told: @escaping @Sendable () -> Void)

    /// Reads values and stores new ones in one durable transaction, in which nobody else reads or changes them.
    ///
    /// - Parameters:
    ///   - names: sorted.
    ///   - decide: is given the values that are there; it may be called again.
    func remember(_ names: [String], _ decide: ([String: [UInt8]]) throws -> [String: [UInt8]]) throws

    /// The value of that name; `nil` where there is none.
    func remembered(_ name: String) throws -> [UInt8]?

    /// Takes something in hand for so long, where nobody else has or its time is over.
    func claim(_ name: String, holder: String, seconds: Int) throws -> Bool

    /// Gives it back.
    func giveUp(_ name: String, holder: String) throws
}

/// A store's end, and the newest checkpoint that was kept in it.
struct SharedState: Sendable {
    let end: Int64
    let checkpoint: SignedCheckpoint?
}
