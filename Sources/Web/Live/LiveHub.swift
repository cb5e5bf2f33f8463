import Acts
import NIOCore
import Record
import ServiceLifecycle
import Synchronization

/// Hands new entries to everybody who listens: each is read and written as an event once, however many listen.
///
/// Owns the mailboxes of those who listen now, guarded by a lock. When many listen, entries that come close upon one another go out
/// together: after each delivery the hub rests for a time that grows with their number, and is short beside what a person notices.
final class LiveHub: Service {
    /// How often a connection without news shows that it lives.
    static let heartbeat = Duration.seconds(15)
    /// Rest after a delivery, for each who listens; and the longest.
    static let restEach = Duration.microseconds(40)
    static let longestRest = Duration.milliseconds(120)

    private struct State {
        /// Entries before this one were handed out, or are being.
        var position: Int64
        var next = 0
        /// By what is listened to: a dossier, a part of one, or everything.
        var mailboxes: [LivePlace: [Int: LiveMailbox]] = [:]
        var count = 0
    }

    private let record: Record
    /// What an act concerns of its dossier.
    let reach: @Sendable (Entry) -> LiveReach
    private let state: Mutex<State>

    init(record: Record, reach: @escaping @Sendable (Entry) -> LiveReach = { _ in .dossier }) {
        self.record = record
        self.reach = reach
        state = Mutex(State(position: record.size))
    }

    // MARK: Listening

    /// A mailbox for what comes from now on.
    ///
    /// - Returns: the mailbox, its number for ``leave(_:_:)``, and the entry it begins with: what came before must be read.
    func join(_ place: LivePlace) -> (mailbox: LiveMailbox, number: Int, position: Int64) {
        state.withLock { state in
            state.next += 1
            state.count += 1
            let mailbox = LiveMailbox()
            state.mailboxes[place, default: [:]][state.next] = mailbox
            return (mailbox, state.next, state.position)
        }
    }

    func leave(_ place: LivePlace, _ number: Int) {
        state.withLock { state in
            guard state.mailboxes[place]?.removeValue(forKey: number) != nil else { return }
            state.count -= 1
            if state.mailboxes[place]?.isEmpty == true { state.mailboxes[place] = nil }
        }
    }

    // MARK: Delivering

    /// Delivers until the node stops, or the record closes.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.deliverEntries() }
                group.addTask { await self.beat() }
                await group.next()
                group.cancelAll()
            }
        }
        for mailbox in state.withLock({ state in state.mailboxes.values.flatMap(\.values) }) { mailbox.close() }
    }

    private func deliverEntries() async {
        while !Task.isCancelled {
            let start = state.withLock { $0.position }
            do {
                try await record.waitForEntry(at: start)
                let count = try deliver(from: start)
                try await Task.sleep(for: min(Self.restEach * count, Self.longestRest))
            } catch is CancellationError {
                return
            } catch RecordError.closed {
                return
            } catch {
                // What cannot be read now, the disk being busy with worse, is delivered later.
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// - Returns: how many listened.
    private func deliver(from start: Int64) throws -> Int {
        let entries = try record.entries(from: start, limit: 500)
        guard let last = entries.last else { return 0 }
        let events = entries.map { (dossier: $0.statement.dossier, reach: reach($0), text: LiveStream.event($0)) }
        let dossiers = Set(events.compactMap(\.dossier))
        let (mailboxes, count) = state.withLock { state in
            // Who joins from here on reads up to here for itself.
            state.position = last.index + 1
            let concerned = state.mailboxes.filter { place, _ in place.dossier.map(dossiers.contains) ?? true }
            return (concerned.mapValues { Array($0.values) }, state.count)
        }
        for (place, found) in mailboxes {
            let text = events.filter { place.hears($0.dossier, $0.reach) }.map(\.text).joined()
            guard !text.isEmpty else { continue }
            let buffer = ByteBuffer(string: text)
            for mailbox in found { mailbox.put(buffer, start..<(last.index + 1)) }
        }
        return count
    }

    private func beat() async {
        let comment = ByteBuffer(string: ": still here\n\n")
        while (try? await Task.sleep(for: Self.heartbeat)) != nil {
            let all = state.withLock { state in state.mailboxes.values.flatMap(\.values) }
            for mailbox in all { mailbox.putIfEmpty(comment) }
        }
    }
}
