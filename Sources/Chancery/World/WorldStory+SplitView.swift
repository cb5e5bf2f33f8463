import Acts
import Foundation

/// An operator who keeps two histories: a copy of its folder, with its keys, goes on in another way; whoever has cosigned the first
/// notices the second.
extension WorldStory {
    func splitView() async throws -> WorldReport.Step {
        let observer = try world.node(WorldCast.observer)
        let secretariat = try world.node(WorldCast.secretariat)
        let watchers = [WorldCast.secretariat] + WorldCast.states
        for member in watchers {
            try await accept(WorldCast.observer, at: member)
            try await accept(member, at: WorldCast.observer)
        }
        if try await evidence(at: secretariat) == nil { try await lie(observer) }
        let found = try await world.wait(for: "the secretariat to find the two histories") { try await evidence(at: secretariat) }
        guard let entry = found["entry"]?.integer, let known = found["known"]?.string, let other = found["found"]?.string else {
            throw WorldProblem("The secretariat's evidence of the two histories is not whole.")
        }
        let first = try CheckpointLines(known)
        let second = try CheckpointLines(other)
        guard first.origin == second.origin, first.size == second.size, first.root != second.root else {
            throw WorldProblem("The secretariat's evidence does not contradict itself, so it is none.")
        }
        return .init(
            key: "split-view",
            words: [
                "A copy of the observer's folder, with its keys, went on in another way and was shown to the others.",
                "They had cosigned the first history of \(first.size) entries, and found that the second of \(second.size) contradicts it.",
                "Both checkpoints, signed by the observer's own key, are entered as evidence; the page of nodes says so before all else.",
                "The observer runs on with its first history. What it says is for people to judge now.",
            ], address: "\(secretariat.origin)/nodes",
            facts: ["evidence": .integer(entry), "log": .string(first.origin), "size": .integer(first.size)])
    }

    private func evidence(at node: WorldNode) async throws -> JSON? {
        let log = "\(try world.node(WorldCast.observer).authority)/record"
        return try await nodes(at: node)["splitViews"]?.array?.first { $0["log"]?.string == log }
    }

    /// Stops the observer, copies it, lets both go on for the same number of entries, and shows the second to those who cosigned the
    /// first.
    private func lie(_ observer: WorldNode) async throws {
        let copy = WorldNode(fork: observer, folder: observer.folder + "-other-history")
        await observer.stop()
        do {
            try? FileManager.default.removeItem(atPath: copy.folder)
            try FileManager.default.copyItem(atPath: observer.folder, toPath: copy.folder)
        } catch {
            throw WorldProblem("\(observer.folder) cannot be copied: \(error.localizedDescription)", code: 75)
        }
        // The history that the others see.
        try await world.start(observer)
        try await world.people.establish("press", named: "Press office", of: nil, at: observer)
        try await world.people.establish("visits", named: "Office of visits", of: nil, at: observer)
        let size = try await world.wait(for: "the others to cosign the observer's record") { () -> Int64? in
            let state = try await nodes(at: observer)
            guard let size = state["size"]?.integer, state["witnessed"]?["size"]?.integer == size else { return nil }
            let behind = state["peers"]?.array?.filter { $0["cosignedSize"]?.integer != size } ?? []
            return behind.isEmpty ? size : nil
        }
        await observer.stop()
        do {
            try await otherHistory(copy, upTo: size)
        } catch {
            await copy.stop()
            throw error
        }
        try await world.start(observer)
    }

    /// The copy goes on unseen until it is as long as the first, then it is shown.
    private func otherHistory(_ copy: WorldNode, upTo size: Int64) async throws {
        try copy.configure(isCut: true)
        let link = try await copy.administratorLink()
        let administrator = WorldVisitor("the administrator of the copy", at: copy.origin, client: world.client)
        let printed = try await copy.start(administrator)
        guard let link = printed ?? link else { throw WorldProblem("\(copy.title) gave no sign-in link.") }
        try await administrator.signIn(by: link)
        // A node that prints a link as it starts enters one act then, and it is started once more.
        let size = size - (printed == nil ? 0 : 1)
        var now = try await administrator.json("/nodes")["size"]?.integer ?? 0
        while now < size {
            let form = try await administrator.form("establish-office", on: "/offices")
            try await administrator.enter(form, [("name", "Another office \(now)"), ("office", "other-\(now)")])
            now = try await administrator.json("/nodes")["size"]?.integer ?? size
        }
        guard now == size else { throw WorldProblem("The copy's record has \(now) entries, where \(size) were wanted.") }
        await copy.stop()
        try copy.configure()
        _ = try await copy.start(administrator)
        let secretariat = try world.node(WorldCast.secretariat)
        _ = try await world.wait(for: "the others to notice the second history") { try await evidence(at: secretariat) }
        await copy.stop()
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
