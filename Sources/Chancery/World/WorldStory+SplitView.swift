import Acts
import Foundation

/// An operator who keeps two histories: a copy of its folder, with its keys, goes on in another way and is shown to others. Those who
/// witness the one and those who witness the other compare what they were shown, and find it.
extension WorldStory {
    /// Who is shown the first history, and who the second.
    private static let firstReaders = [WorldCast.secretariat, WorldCast.signatory]
    private static let secondReaders = [WorldCast.sender, WorldCast.addressee]
    private static let reason = "It has signed two histories of its record."

    func splitView() async throws -> WorldReport.Step {
        let observer = try world.node(WorldCast.observer)
        let secretariat = try world.node(WorldCast.secretariat)
        if try await evidence(at: secretariat) == nil { try await showTwoHistories(observer) }
        guard let found = try await evidence(at: secretariat), let entry = found["entry"]?.integer, let known = found["known"]?.string,
            let other = found["found"]?.string
        else {
            throw WorldProblem("The secretariat's evidence of the two histories is not whole.")
        }
        let first = try CheckpointLines(known)
        let second = try CheckpointLines(other)
        guard first.origin == second.origin, first.size == second.size, first.root != second.root else {
            throw WorldProblem("The secretariat's evidence does not contradict itself, so it is none.")
        }
        try await breakOff(with: observer)
        return .init(
            key: "split-view",
            words: [
                "The observer's operator copied its folder, with its keys, before anybody knew it, and let both go on.",
                "The secretariat and Kenya cosigned the one history of \(first.size) entries, Indonesia and Uruguay another of \(second.size).",
                "They compare what they were shown, and found it. Both checkpoints, signed by the observer's own key, are entered as",
                "evidence that anybody can check, and the page of nodes says so before all else. Indonesia and Uruguay have ended their",
                "dealings with the observer; its first history runs on, for the others to ask it about.",
            ], address: "\(secretariat.origin)/nodes",
            facts: ["evidence": .integer(entry), "log": .string(first.origin), "size": .integer(first.size)])
    }

    private func evidence(at node: WorldNode) async throws -> JSON? {
        let log = "\(try world.node(WorldCast.observer).authority)/record"
        return try await nodes(at: node)["splitViews"]?.array?.first { $0["log"]?.string == log }
    }

    /// Copies the observer's folder while nobody knows it, shows the one history to some and the other to others, on one port one after
    /// the other, and leaves the first running.
    private func showTwoHistories(_ observer: WorldNode) async throws {
        let copy = WorldNode(fork: observer, folder: observer.folder + "-other-history")
        await observer.stop()
        // A world that was stopped in the middle goes on with the copy that was taken.
        if !FileManager.default.fileExists(atPath: copy.folder) {
            do {
                try FileManager.default.copyItem(atPath: observer.folder, toPath: copy.folder)
            } catch {
                throw WorldProblem("\(observer.folder) cannot be copied: \(error.localizedDescription)", code: 75)
            }
        }
        try await world.start(observer)
        let size = try await show(observer, to: Self.firstReaders) { _ in
            for (office, name) in [("press", "Press office"), ("visits", "Office of visits")]
            where try await !world.people.hasOffice(office, at: observer) {
                try await world.people.establish(office, named: name, of: nil, at: observer)
            }
        }
        await observer.stop()
        do {
            try await world.start(copy)
            let other = try await show(copy, to: Self.secondReaders) { now in
                for place in now..<max(now, size) {
                    try await world.people.establish("other-\(place)", named: "Another office", of: nil, at: copy)
                }
            }
            guard other == size else {
                throw WorldProblem(
                    "The second history has \(other) entries and the first \(size), so they cannot be compared. Begin again in a new folder."
                )
            }
            // Nodes compare checkpoints of one size, so neither history goes on before everybody has found the other.
            for reader in Self.firstReaders + Self.secondReaders {
                let node = try world.node(reader)
                _ = try await world.wait(for: "\(node.title) to find the two histories", seconds: 60) { try await evidence(at: node) }
            }
        } catch {
            await copy.stop()
            throw error
        }
        await copy.stop()
        try await world.start(observer)
    }

    /// Introduces a process of the observer to some, lets something happen there, and waits until they have cosigned all of it.
    ///
    /// - Parameter happens: told how many entries the record has by then.
    /// - Returns: how many entries they cosigned.
    private func show(
        _ process: WorldNode, to readers: [WorldCast.Member], happens: (Int64) async throws -> Void
    ) async throws -> Int64 {
        for reader in readers {
            let node = try world.node(reader)
            try await accept(process, at: node)
            try await accept(node, at: process)
        }
        try await happens(try await nodes(at: process)["size"]?.integer ?? 0)
        return try await world.wait(for: "the observer's record to be cosigned by \(readers.map(\.name).joined(separator: " and "))") {
            let state = try await nodes(at: process)
            guard let size = state["size"]?.integer else { return nil }
            let peers = state["peers"]?.array ?? []
            return peers.count == readers.count && peers.allSatisfy { $0["cosignedSize"]?.integer == size } ? size : nil
        }
    }

    /// Those who were shown the second history end their dealings with the observer.
    private func breakOff(with observer: WorldNode) async throws {
        for member in Self.secondReaders {
            let node = try world.node(member)
            guard try await peer(observer, at: node) != nil else { continue }
            let administrator = try world.people.administrator(of: node)
            try await administrator.enter(
                try await administrator.form("end-node", on: "/nodes/\(observer.authority)"), [("reason", Self.reason)])
        }
    }

    /// The three lines of a checkpoint (C2SP tlog-checkpoint).
    private struct CheckpointLines {
        let origin: String
        let size: Int64
        let root: String

        init(_ note: String) throws {
            let lines = note.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            guard lines.count > 3, let size = Int64(lines[1]) else { throw WorldProblem("The evidence holds what is no checkpoint.") }
            origin = lines[0]
            self.size = size
            root = lines[2]
        }
    }
}
