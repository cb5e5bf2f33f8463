import Acts
import Foundation

/// A note verbale between two ministries: drafted, approved, delivered, receipted, acknowledged, answered.
extension WorldStory {
    func correspondence() async throws -> WorldReport.Step {
        let sender = try world.node(WorldCast.sender)
        let addressee = try world.node(WorldCast.addressee)
        let drafter = try await world.people.person(WorldCast.secondSecretary, at: sender)
        let reader = try await world.people.person(WorldCast.secondSecretary, at: addressee)
        // The note goes out.
        if try await note(WorldCast.noteSubject, in: "outgoing", drafter) == nil {
            try await write(WorldCast.noteSubject, WorldCast.noteBody, to: addressee, at: sender, on: "/correspondence/new")
        }
        guard let sent = try await note(WorldCast.noteSubject, in: "outgoing", drafter)?["entry"]?.integer else {
            throw WorldProblem("Indonesia's ministry does not list the note it sent.")
        }
        let received = try await world.wait(for: "the note to arrive in Uruguay") {
            try await note(WorldCast.noteSubject, in: "incoming", reader)?["entry"]?.integer
        }
        // It is receipted by Uruguay's node, and acknowledged by a person there.
        if try await state(of: sent, drafter) != "acknowledged" {
            let page = try await reader.get("/correspondence/\(received)").text
            if let form = PageForm.all(in: page).first(where: { $0.attributes["data-test"] == "acknowledge" }) {
                try await reader.enter(form)
            }
        }
        _ = try await world.wait(for: "Uruguay's acknowledgement to reach Indonesia") { () -> Bool? in
            try await state(of: sent, drafter) == "acknowledged" ? true : nil
        }
        guard let receipt = try await receipt(of: sent, drafter) else {
            throw WorldProblem("Indonesia's record holds no receipt of the note with a proof of Uruguay's record.")
        }
        // And answered in the same thread.
        if try await note(WorldCast.answerSubject, in: "outgoing", reader) == nil {
            try await write(
                WorldCast.answerSubject, WorldCast.answerBody, to: sender, at: addressee, on: "/correspondence/new?reply=\(received)")
        }
        let answer = try await world.wait(for: "the answer to arrive in Indonesia") {
            try await note(WorldCast.answerSubject, in: "incoming", drafter)?["entry"]?.integer
        }
        return .init(
            key: "correspondence",
            words: [
                "The Second Secretary of Indonesia drafted a note, the Head of Chancery approved it, and it was sealed to Uruguay's ministry.",
                "Uruguay's node gave a receipt with a proof of its own record; a person there acknowledged the note and answered it.",
                "Nobody else can read either, and each side can prove what was sent and received.",
            ], address: "\(sender.origin)/correspondence/\(sent)",
            facts: [
                "sent": .integer(sent), "received": .integer(received), "receipt": .integer(receipt), "answer": .integer(answer),
                "subject": .string(WorldCast.noteSubject),
            ])
    }

    private func note(_ subject: String, in list: String, _ reader: WorldVisitor) async throws -> JSON? {
        let notes = try await reader.json("/correspondence")[list]?.array ?? []
        return notes.first { $0["subject"]?.string == subject }
    }

    private func state(of note: Int64, _ reader: WorldVisitor) async throws -> String? {
        try await reader.json("/correspondence/\(note)")["to"]?.array?.first?["state"]?.string
    }

    /// Drafts a note as the Second Secretary and sends it as the Head of Chancery. A draft that waits since an earlier start is sent.
    private func write(_ subject: String, _ body: String, to other: WorldNode, at node: WorldNode, on path: String) async throws {
        let drafter = try await world.people.person(WorldCast.secondSecretary, at: node)
        let approver = try await world.people.person(WorldCast.headOfChancery, at: node)
        let waiting = try await drafter.json("/correspondence")["drafts"]?.array?.first?["draft"]?.integer
        let draft: String
        if let waiting {
            draft = "/correspondence/drafts/\(waiting)"
        } else {
            let address = "\(other.authority)/\(WorldCast.ministry)"
            // The other's ministry is known once its node's document was read anew.
            let form = try await world.wait(for: "\(node.title) to know the ministry at \(other.title)") { () -> PageForm? in
                let page = try await drafter.get(path).text
                guard page.contains("value=\"\(address)\"") else { return nil }
                return PageForm.all(in: page).first { $0.attributes["data-test"] == "write" }
            }
            draft = try await drafter.enter(
                form,
                [("from", WorldCast.ministry), ("kind", "note-verbale"), ("to", address), ("subject", subject), ("body", body)])
        }
        try await approver.enter(try await approver.form("send", on: draft))
    }

    /// The entry in which the sender's node keeps the other's receipt for an entry of its own.
    private func receipt(of sent: Int64, _ reader: WorldVisitor) async throws -> Int64? {
        let acts = try await reader.json("/record/acts?kind=exchange.delivered@1")["acts"]?.array ?? []
        for act in acts {
            guard let entry = act["entry"]?.integer else { continue }
            let payload = try await reader.json("/record/acts/\(entry)")["payload"]
            if payload?["entry"]?.integer == sent, payload?["receipt"]?["proof"]?.string?.hasPrefix("c2sp.org/tlog-proof@v1") ?? false {
                return entry
            }
        }
        return nil
    }
}
