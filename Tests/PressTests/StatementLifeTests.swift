import Acts
import Foundation
import GRDB
import Record
import TestSupport
import Testing

@testable import Press
@testable import Web

/// A statement's life on a real node: from the draft that nobody else sees to what everybody may check.
@Suite("A statement's life")
struct StatementLifeTests {
    static let secret = "Zanzibarite-communique-7731"

    @Test("Whoever drafted it neither clears nor releases it, and nothing is released before every clearance")
    func twoPersons() async throws {
        let node = try await PressNode()
        let draft = try await node.drafted(by: PressNode.secondDrafter)
        // Not cleared yet.
        let early = try await node.act(PressNode.approver, draft, "approve", [("hour", "now")])
        #expect(early.status == 422 && early.text.contains("legal"), "\(early.text)")
        // The approver of another office gives no clearance; the drafter none either; a stranger does not even see the draft.
        #expect(try await node.act(PressNode.approver, draft, "clear", [("step", "legal")]).status == 403)
        #expect(try await node.visit(PressNode.stranger) { try await $0.get(draft).status } == 404)
        #expect(try await node.visit(nil) { try await $0.get(draft).status } == 401)
        #expect(try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")]).status == 303)
        let own = try await node.act(PressNode.secondDrafter, draft, "approve", [("hour", "now")])
        #expect(own.status == 403 && own.text.contains("Whoever wrote a statement"), "\(own.text)")
        let released = try await node.act(PressNode.approver, draft, "approve", [("hour", "now")])
        #expect(released.status == 303 && released.location?.hasPrefix("/statements/") == true)
        let page = try await node.visit(nil) { try await $0.get(released.location ?? "") }
        #expect(page.status == 200 && page.text.contains("It calls on all parties to respect it in full."), "\(page.text.prefix(2000))")
    }

    @Test("Above TLP:CLEAR two persons approve, neither of them twice")
    func twoApprovals() async throws {
        let node = try await PressNode(clearances: [])
        let draft = try await node.drafted([("label", "TLP:AMBER")])
        let first = try await node.act(PressNode.approver, draft, "approve", [("hour", "now")])
        #expect(first.location == draft)
        #expect(try await node.act(PressNode.approver, draft, "approve", [("hour", "now")]).status == 403)
        let second = try await node.act(PressNode.secondApprover, draft, "approve", [("hour", "now")])
        #expect(second.location?.hasPrefix("/statements/") == true, "\(second.text)")
    }

    @Test("Until its release nothing of a statement is in tiles, public pages, feeds, answers or the log")
    func confidential() async throws {
        let node = try await PressNode()
        let draft = try await node.drafted([
            ("title.en", Self.secret), ("body.en", "About \(Self.secret).\n\nAnd more."), ("phrases.en", Self.secret),
            ("phrases.fr", "phrase"),
        ])
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        let scheduled = try await node.act(PressNode.approver, draft, "approve", [("hour", "at"), ("at", "2026-11-20T13:00")])
        #expect(scheduled.location == draft, "\(scheduled.text)")
        let entry = try #require(draft.split(separator: "/").last)
        let size = node.record.size
        try await node.visit(nil) { visitor in
            var paths = [
                "/statements", "/statements/feed.atom", "/statements/feed.rss", "/statements/feed.json", "/statements/sitemap.xml",
                "/press",
                draft, "\(draft)/media/0", "/record/acts", "/v", "/record/tile/0/000.p/\(size)", "/record/tile/entries/000.p/\(size)",
                "/record/payloads/000.p/\(size)", "/record/acts/\(entry)", "/record/acts/\(entry).tlog-proof", "/openapi.json",
            ]
            paths += (0..<size).map { "/record/acts/\($0)" }
            for path in paths {
                for accept in ["text/html", "application/json"] {
                    let answer = try await visitor.get(path, accept: accept)
                    #expect(!answer.text.contains(Self.secret), "\(path) as \(accept)")
                }
            }
            for asked in [Self.secret, "About \(Self.secret).", "About \(Self.secret). And more."] {
                let answer = try await visitor.post("/v", json: ["text": .string(asked)])
                #expect(answer.text.contains("not-ours") && answer.status == 200, "\(answer.text)")
            }
        }
        #expect(!node.log.lines.contains { $0.contains(Self.secret) })
        // The code is worked out from the text, so that the prepared one must not be known either.
        let sealed = try await node.record.read { try PressQueries(database: $0).draft(Int64(entry) ?? 0) }?.sealed
        let code = try #require(try sealed?.json()["code"]?.string)
        #expect(try await node.json("/v/\(code)?format=json")["verdict"] == "not-ours")
    }

    @Test("At the hour the node releases the very bytes that were sealed, once")
    func embargo() async throws {
        let node = try await PressNode()
        let draft = try await node.drafted()
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        _ = try await node.act(PressNode.approver, draft, "approve", [("hour", "at"), ("at", "2026-11-20T13:00")])
        let entry = try #require(draft.split(separator: "/").last.flatMap { Int64($0) })
        let sealed = try #require(try await node.record.read { try PressQueries(database: $0).draft(entry) }?.sealed)
        let watch = EmbargoWatch(record: node.record, logger: node.logger, now: { [clock = node.clock] in clock.now })
        node.clock.advance(minutes: 59)
        try await watch.pass()
        #expect(try await node.json("/statements?format=json")["statements"] == [])
        let hour = try #require(Moment("2026-11-20T13:00:00.000Z"))
        let next = { [record = node.record] (moment: Moment) in
            try await record.read { try PressQueries(database: $0).nextHour(after: moment) }
        }
        #expect(try await next(node.clock.now) == hour)
        node.clock.advance(minutes: 1)
        // An hour that has come is not waited for: where its release is refused, that would be a wait of nothing, without end.
        #expect(try await next(node.clock.now) == nil)
        try await watch.pass()
        try await watch.pass()
        let acts = try node.record.entries(from: 0, limit: 1_000).filter { $0.kind == StatementReleased.kind }
        #expect(acts.count == 1)
        #expect(acts.first?.statement.payloadCommitment == sealed.commitment)
        #expect(acts.first?.statement.author == "node" && acts.first?.statement.marking == .public)
    }

    @Test("The kill switch works down to the last moment, and the draft can be written anew")
    func killSwitch() async throws {
        let node = try await PressNode()
        let draft = try await node.drafted()
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        _ = try await node.act(PressNode.approver, draft, "approve", [("hour", "at"), ("at", "2026-11-20T13:00")])
        node.clock.advance(minutes: 60)
        #expect(try await node.act(PressNode.drafter, draft, "stop", [("reason", "The talks broke down.")]).status == 303)
        try await EmbargoWatch(record: node.record, logger: node.logger, now: { [clock = node.clock] in clock.now }).pass()
        #expect(try await node.json("/statements?format=json")["statements"] == [])
        let page = try await node.visit(PressNode.drafter) { try await $0.get(draft) }
        #expect(page.text.contains("The talks broke down.") && page.text.contains("data-test=\"edit\""))
        // Written anew, every clearance is open again.
        _ = try await node.drafted(from: "\(draft)/edit")
        #expect(try await node.act(PressNode.approver, draft, "approve", [("hour", "now")]).status == 422)
    }

    @Test("A holding statement stands ready and is released by a person who did not write it")
    func holding() async throws {
        let node = try await PressNode()
        let draft = try await node.drafted([("form", "holding")])
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        #expect(try await node.act(PressNode.approver, draft, "approve", [("hour", "call")]).location == draft)
        #expect(try await node.act(PressNode.drafter, draft, "release").status == 403)
        #expect(try await node.act(PressNode.secondApprover, draft, "release").location?.hasPrefix("/statements/") == true)
    }

    @Test("All languages of a version are released together, or none")
    func parity() async throws {
        let node = try await PressNode(clearances: [])
        let short = try await node.drafted([("body.fr", "Le Gouvernement se félicite du cessez-le-feu.")])
        let refused = try await node.act(PressNode.approver, short, "approve", [("hour", "now")])
        #expect(refused.status == 422 && refused.text.contains("paragraph"), "\(refused.text)")
        let missing = try await node.drafted([("title.fr", ""), ("body.fr", "")])
        let without = try await node.act(PressNode.approver, missing, "approve", [("hour", "now")])
        #expect(without.status == 422 && without.text.contains("fr"), "\(without.text)")
    }

    @Test("No file goes without words that stand for it, in every language")
    func alternatives() async throws {
        let node = try await PressNode(clearances: [])
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(repeating: 7, count: 40)
        let bare = try await node.visit(PressNode.drafter) {
            try await $0.upload("/press/new", to: "/press/new", PressNode.fields, file: ("a.png", "image/png", png))
        }
        #expect(bare.status == 422 && bare.text.contains("alternative text"), "\(bare.text.prefix(3000))")
        let half = try await node.visit(PressNode.drafter) {
            try await $0.upload(
                "/press/new", to: "/press/new", PressNode.fields + [("alternative.en", "The delegations shake hands.")],
                file: ("a.png", "image/png", png))
        }
        let draft = try #require(half.location)
        #expect(try await node.act(PressNode.approver, draft, "approve", [("hour", "now")]).status == 422)
        let whole = try await node.visit(PressNode.drafter) {
            try await $0.upload(
                "/press/new", to: "/press/new",
                PressNode.fields + [
                    ("alternative.en", "The delegations shake hands."), ("alternative.fr", "Les délégations se serrent la main."),
                ],
                file: ("a.png", "image/png", png))
        }
        let complete = try #require(whole.location)
        let address = try #require(try await node.act(PressNode.approver, complete, "approve", [("hour", "now")]).location)
        try await node.visit(nil) { visitor in
            let page = try await visitor.get("\(address)?text=fr")
            #expect(page.text.contains("alt=\"Les délégations se serrent la main.\""), "\(page.text)")
            let file = try await visitor.get("\(address)/media/0", accept: "*/*")
            #expect(file.body == png && file.type == "image/png")
            // The file is known again by its bytes.
            let check = try await visitor.upload("/v", to: "/v?format=json", [], file: ("b.png", "image/png", png))
            #expect(check.text.contains("\"verdict\":\"genuine\""), "\(check.text)")
        }
    }

    @Test("A correction is a linked version, and the old one stays readable and marked; a withdrawn statement stays too")
    func corrected() async throws {
        let node = try await PressNode(clearances: [])
        let draft = try await node.drafted()
        let address = try #require(try await node.act(PressNode.approver, draft, "approve", [("hour", "now")]).location)
        let identifier = try #require(address.split(separator: "/").last.map(String.init))
        let correcting = "/press/new?corrects=\(identifier)"
        let unsaid = try await node.visit(PressNode.drafter) {
            try await $0.submit(correcting, to: "/press/new", PressNode.fields + [("corrects", identifier)])
        }
        #expect(unsaid.status == 400 && unsaid.text.contains("what the correction changes"), "\(unsaid.text)")
        let correction = try await node.drafted(
            [
                ("corrects", identifier), ("correction.en", "The ceasefire was agreed yesterday, not today."),
                ("body.en", "The Government welcomes the ceasefire agreed yesterday.\n\nIt calls on all parties to respect it in full."),
            ], from: correcting)
        #expect(try await node.act(PressNode.approver, correction, "approve", [("hour", "now")]).location == address)
        let newest = try await node.json("\(address)?format=json")
        #expect(newest["version"] == 2 && newest["standing"] == "current")
        let old = try await node.json("\(address)?format=json&version=1")
        #expect(old["standing"] == "superseded" && newest["corrects"] == old["code"])
        try await node.visit(nil) { visitor in
            let page = try await visitor.get("\(address)?version=1")
            #expect(page.text.contains("agreed today") && page.text.contains("data-test=\"superseded\""))
            let new = try await visitor.get(address)
            #expect(new.text.contains("The ceasefire was agreed yesterday, not today.") && new.text.contains("data-test=\"version\""))
            #expect(!new.text.contains("data-test=\"superseded\""))
        }
        let code = try #require(old["code"]?.string)
        #expect(try await node.json("/v/\(code.lowercased())?format=json")["verdict"] == "superseded")

        let gone = try await node.visit(PressNode.approver) {
            try await $0.submit(
                "/press/statements/\(identifier)/withdraw", to: "/press/statements/\(identifier)/withdraw",
                [("reason.en", "The ceasefire did not hold.")])
        }
        #expect(gone.location == address, "\(gone.text)")
        try await node.visit(nil) { visitor in
            for path in [address, "\(address)?version=1"] {
                let page = try await visitor.get(path)
                #expect(page.status == 200 && page.text.contains("data-test=\"withdrawn\"") && page.text.contains("did not hold"))
            }
            let feed = try await visitor.get("/statements/feed.atom", accept: "application/atom+xml")
            #expect(feed.text.contains("[withdrawn]") && feed.text.contains("did not hold"), "\(feed.text)")
        }
        #expect(try await node.json("/v/\(code)?format=json")["verdict"] == "withdrawn")
        // What is withdrawn is neither corrected nor withdrawn again.
        let again = try await node.visit(PressNode.drafter) {
            try await $0.submit(correcting, to: "/press/new", PressNode.fields + [("corrects", identifier), ("correction.en", "x")])
        }
        #expect(again.status == 409, "\(again.text)")
    }

    @Test("A correction whose statement is withdrawn before its hour is stopped at the hour, once, and a person is told why")
    func refusedAtItsHour() async throws {
        let node = try await PressNode(clearances: [])
        let address = try #require(
            try await node.act(PressNode.approver, try await node.drafted(), "approve", [("hour", "now")]).location)
        let identifier = try #require(address.split(separator: "/").last.map(String.init))
        let correction = try await node.drafted(
            [("corrects", identifier), ("correction.en", "It was yesterday.")], from: "/press/new?corrects=\(identifier)")
        _ = try await node.act(PressNode.approver, correction, "approve", [("hour", "at"), ("at", "2026-11-20T13:00")])
        _ = try await node.visit(PressNode.approver) {
            let page = "/press/statements/\(identifier)/withdraw"
            return try await $0.submit(page, to: page, [("reason.en", "The ceasefire did not hold.")])
        }
        node.clock.advance(minutes: 60)
        let watch = EmbargoWatch(record: node.record, logger: node.logger, now: { [clock = node.clock] in clock.now })
        for _ in 0..<3 { try await watch.pass() }
        let acts = try node.record.entries(from: 0, limit: 1_000)
        #expect(acts.count { $0.kind == StatementReleased.kind } == 1)
        #expect(acts.filter { $0.kind == StatementStopped.kind }.map(\.statement.author) == ["node"])
        let page = try await node.visit(PressNode.drafter) { try await $0.get(correction) }
        #expect(page.text.contains("The statement has been withdrawn. Draft a new statement."), "\(page.text)")
    }

    @Test("The views are the same when they are made anew")
    func rebuilt() async throws {
        let node = try await PressNode()
        let address = try await node.released()
        _ = try await node.drafted()
        let before = try await node.json("\(address)?format=json")
        let views: [any RecordView] = [PressView(), JointView()]
        let again = try DatabaseQueue()
        let entries = try node.record.entries(from: 0, limit: 4_096)
        try await again.write { database in
            for view in views {
                try view.createTables(database)
                for entry in entries { try view.apply(entry, to: database) }
            }
        }
        let identifier = try #require(before["statement"]?.string)
        let statement = try #require(try await again.read { try PressQueries(database: $0).statement(identifier) })
        #expect(StatementJSON.whole(statement, origin: "http://mfa.example") == before)
        #expect(try await again.read { try PressQueries(database: $0).drafts(for: ["press"]) }.count == 1)
    }
}
