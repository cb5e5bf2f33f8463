import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the processes of one record remember together beside it: small values by name, and who of them does what.
///
/// It is no part of the record, and is not copied with it. A record in a data folder has one process and no such memory.
public final class SharedMemory: Sendable {
    /// The longest name, in bytes.
    public static let longestName = 200
    /// The longest value, in bytes.
    public static let longestValue = 4 << 20

    private let store: any SharedRecordStore
    /// This process's name among the holders of claims.
    private let holder: String
    /// Until when this process surely holds a claim, by its own clock.
    private let claims = Mutex<[String: ContinuousClock.Instant]>([:])
    /// Until when it does not ask again for what another holds.
    private let refused = Mutex<[String: ContinuousClock.Instant]>([:])
    private let queue = DispatchQueue(label: "chancery.memory", qos: .userInitiated)

    init(_ store: any SharedRecordStore, holder: String) {
        self.store = store
        self.holder = holder
    }

    /// The name of whoever has a data folder open, which one process at a time has: so a process that was killed and comes back goes on with
    /// what it had in hand. A copy of the folder, or the same folder on another machine, is another.
    static func holder(_ layout: FolderLayout) throws -> String {
        let path = layout.folder + "/process"
        let known = try PosixFile.contents(of: path).flatMap { UUID(uuidString: String(decoding: $0.prefix(36), as: UTF8.self)) }
        let own = known ?? UUID()
        if known == nil { try PosixFile.replace(path, with: Array("\(own.uuidString)\n".utf8)) }
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let machine = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(own.uuidString) \(machine) \(URL(filePath: layout.folder).standardizedFileURL.path)"
    }

    /// Reads values and stores new ones in one durable transaction, in which nobody else reads or changes them.
    ///
    /// Blocks the thread.
    ///
    /// - Parameter decide: is given the values that are there, and returns those to be stored. It may be called again where the
    ///   server was lost on the way, and changes nothing itself.
    public func update(_ names: Set<String>, _ decide: ([String: [UInt8]]) throws -> [String: [UInt8]]) throws {
        try store.remember(names.sorted(), decide)
    }

    /// The same as ``update(_:_:)``, away from the caller's thread.
    public func change(
        _ names: Set<String>, _ decide: @escaping @Sendable ([String: [UInt8]]) throws -> [String: [UInt8]]
    ) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result { try self.update(names, decide) }) }
        }
    }

    /// The value of that name, away from the caller's thread; `nil` where there is none.
    public func value(_ name: String) async throws -> [UInt8]? {
        let store = store
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try store.remembered(name) }) }
        }
    }

    /// Takes in hand what only one process at a time does, or goes on doing it. Who ends without a word holds it until its time is over.
    ///
    /// - Parameter seconds: how long it is held at the most unless it is taken again.
    /// - Returns: whether this process does it now.
    func claim(_ name: String, seconds: Int) async throws -> Bool {
        let begin = ContinuousClock.now
        // Less than half of the time is left: then it is taken again in good time.
        if let until = claims.withLock({ $0[name] }), begin + .seconds(seconds) / 2 < until { return true }
        if let until = refused.withLock({ $0[name] }), begin < until { return false }
        let (store, holder) = (store, holder)
        let isHeld: Bool = try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try store.claim(name, holder: holder, seconds: seconds) }) }
        }
        // The server counts from a later instant, so it lets nobody else in before this one.
        claims.withLock { $0[name] = isHeld ? begin + .seconds(seconds) : nil }
        refused.withLock { $0[name] = isHeld ? nil : begin + .seconds(2) }
        return isHeld
    }

    /// Whether this process has something in hand, as far as it knows.
    func holds(_ name: String) -> Bool { claims.withLock { $0[name].map { .now < $0 } ?? false } }

    /// Where the record ends, in the store itself.
    func end() async throws -> Int64 {
        let store = store
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try store.end() }) }
        }
    }

    /// Gives everything back that this process holds, when it ends in order.
    func giveUpAll() {
        let names = claims.withLock { claims in
            defer { claims = [:] }
            return Array(claims.keys)
        }
        for name in names { try? store.giveUp(name, holder: holder) }
    }
}

extension Record {
    /// Takes in hand what only one process of the record at a time does, such as sending mail.
    ///
    /// A process that is stopped for longer than that, by the system or by hand, and then goes on, may do a thing that another has
    /// begun: what is done must bear being done twice all the same, and only seldom is.
    ///
    /// - Returns: always `true` where the record has one process only.
    public func claim(_ name: String, seconds: Int = 15) async throws -> Bool {
        guard let sharedMemory else { return true }
        let hadIt = sharedMemory.holds(name)
        guard try await sharedMemory.claim(name, seconds: seconds) else { return false }
        // Who takes over reads all that the one before it has entered, before it decides what is still to be done.
        if !hadIt {
            let end = try await sharedMemory.end()
            if end > size { try await waitForEntry(at: end - 1) }
        }
        return true
    }
}
