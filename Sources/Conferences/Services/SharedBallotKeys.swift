import Acts
import Foundation
import Record
import Synchronization

/// Private keys of secret ballots in the database that the processes of one record share, sealed with a key that the processes have and the
/// database has not. All lie in one value: what is destroyed is gone with the next version of it, save what the database's own log and
/// backups keep for their time.
struct SharedBallotKeys: Sendable {
    let memory: SharedMemory
    /// Seals bytes under a name.
    let seal: @Sendable ([UInt8], String) throws -> [UInt8]
    /// Opens them; `nil` where they are not this node's.
    let open: @Sendable ([UInt8], String) -> [UInt8]?

    /// The name of the value.
    private static let place = "conferences/ballot-keys"
    /// Keys at the most, which is far more ballots than are ever open at once, and well below a value's length.
    static let most = 1_000

    /// What cannot be kept, and the way out.
    struct Failure: Error, CustomStringConvertible {
        var description: String { "\(SharedBallotKeys.most) secret ballots are open already: open the boxes of some, or wait ten minutes" }
    }

    /// A key as it is kept.
    private struct Kept {
        var sealed: [UInt8]
        var made: Moment
    }

    func make() async throws -> BallotKey {
        let key = try BallotKey()
        let name = BallotKeys.name(key.published)
        let kept = Kept(sealed: try seal(key.der, name), made: .now)
        try await change { keys in
            guard keys.count < Self.most else { throw Failure() }
            keys[name] = kept
        }
        return key
    }

    func key(_ published: String) async throws -> BallotKey? {
        let name = BallotKeys.name(published)
        guard let kept = Self.read(try await memory.value(Self.place))[name], let der = open(kept.sealed, name) else { return nil }
        return try? BallotKey(der: der)
    }

    func destroy(_ published: String) async throws {
        let name = BallotKeys.name(published)
        guard Self.read(try await memory.value(Self.place))[name] != nil else { return }
        try await change { $0[name] = nil }
    }

    func sweep(needed: [String], before: Date) async throws -> Int {
        let kept = Set(needed.map(BallotKeys.name))
        let limit = Int64(before.timeIntervalSince1970 * 1_000)
        let isOver: @Sendable (String, Kept) -> Bool = { name, key in !kept.contains(name) && key.made.milliseconds < limit }
        // Asked without a lock first: mostly there is nothing to do.
        guard Self.read(try await memory.value(Self.place)).contains(where: { isOver($0.key, $0.value) }) else { return 0 }
        let count = Mutex(0)
        try await change { keys in
            let over = keys.filter { isOver($0.key, $0.value) }
            for name in over.keys { keys[name] = nil }
            count.withLock { $0 = over.count }
        }
        return count.withLock { $0 }
    }

    private func change(_ body: @escaping @Sendable (inout [String: Kept]) throws -> Void) async throws {
        try await memory.change([Self.place]) { values in
            var keys = Self.read(values[Self.place])
            try body(&keys)
            return [Self.place: Self.written(keys)]
        }
    }

    // MARK: As bytes

    /// What cannot be read is as if it were not there: a ballot whose key is lost is held anew.
    private static func read(_ bytes: [UInt8]?) -> [String: Kept] {
        let limits = JSONParser.Limits(bytes: SharedMemory.longestValue, depth: 4)
        guard let bytes, let object = (try? JSONParser.parse(bytes, limits: limits))?.object else { return [:] }
        var keys: [String: Kept] = [:]
        for member in object.members {
            guard let sealed = member.value["sealed"]?.string.flatMap({ Base64.decode($0) }),
                let made = member.value["made"]?.string.flatMap({ Moment($0) })
            else { continue }
            keys[member.name] = Kept(sealed: sealed, made: made)
        }
        return keys
    }

    private static func written(_ keys: [String: Kept]) -> [UInt8] {
        JSON.object(
            JSONObject(
                keys.map { ($0.key, ["sealed": .string(Base64.encode($0.value.sealed)), "made": .string($0.value.made.description)]) })
        ).canonicalBytes
    }
}
