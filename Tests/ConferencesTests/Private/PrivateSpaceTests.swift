import Acts
import Federation
import Foundation
import Record
import TestSupport
import Testing

@testable import Conferences

@Suite("Private drafting spaces")
struct PrivateSpaceTests {
    static let space = "/conferences/c/space"
    static let secret = "Ultramarine concession on Article 12"
    static let title = "Zephyrine bottom line"
    static let remark = "Vermilion objection"

    /// Keeps a paper and gives its address.
    private func kept(_ node: ConferenceNode, _ person: String, _ holder: String, _ words: String = secret) async throws -> String {
        try await node.visit(person) { (visitor: ConferenceNode.Visitor) async throws -> String in
            let answer = try await visitor.submit(
                Self.space, to: Self.space, [("holder", holder), ("title", Self.title), ("words", words)])
            #expect(answer.status == 303, "\(answer.text)")
            return try #require(answer.location)
        }
    }

    @Test("A paper is for its delegation alone: others, the secretariat and the operator get no hint of it; colleagues in capital read it")
    func onlyTheHolder() async throws {
        let node = try await ConferenceNode()
        let address = try await kept(node, "d-FRA", "FRA")
        for person in ["d-FRA", "c-FRA"] {
            try await node.visit(person) { (visitor: ConferenceNode.Visitor) async throws -> Void in
                #expect(try await visitor.get(address).text.contains(Self.secret))
                #expect(try await visitor.get(Self.space).text.contains(Self.title))
            }
        }
        let record = "/record/acts/\(try node.last(ConferencePaperKept.kind).index)"
        for (person, status) in [("d-KEN", 404), ("secretary", 403), ("operator", 403), (nil, 401)] as [(String?, Int)] {
            try await node.visit(person) { (visitor: ConferenceNode.Visitor) async throws -> Void in
                for path in [address, "\(address)?version=3"] {
                    let answer = try await visitor.get(path, accept: "application/json")
                    #expect(answer.status == status, "\(person ?? "nobody") at \(path): \(answer.status)")
                    #expect(!answer.text.contains("Zephyrine") && !answer.text.contains("Ultramarine"))
                }
                // What is not there and what is another's are answered alike.
                let nothing = try await visitor.get("\(Self.space)/0123456789abcdef", accept: "application/json")
                #expect(nothing.status == status)
                for path in [Self.space, record, "/record/acts", "/conferences/c"] {
                    let answer = try await visitor.get(path)
                    #expect(!answer.text.contains("Zephyrine") && !answer.text.contains("Ultramarine"), "\(path)")
                }
            }
        }
        // The leaf is public to the byte: it says neither whose it is, nor of which conference, nor who wrote it.
        let leaf = String(decoding: try node.last(ConferencePaperKept.kind).leaf, as: UTF8.self)
        for word in ["FRA", "fra", "conference/c"] { #expect(!leaf.contains(word), "\(leaf)") }
    }

    @Test("Nothing of the content rests in the clear: not in records, views, their logs, blobs or log lines")
    func sealedAtRest() async throws {
        let node = try await ConferenceNode()
        let address = try await kept(node, "d-KEN", "south")
        try await node.visit("d-IDN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let answer = try await visitor.submit(address, to: "\(address)/comments", [("words", Self.remark)])
            #expect(answer.status == 303)
            // A refusal that shows the words again puts them nowhere else.
            let refused = try await visitor.submit(address, to: address, [("base", "1"), ("title", Self.title), ("words", Self.secret)])
            #expect(refused.status == 409 && refused.text.contains(Self.secret), "the words are not lost")
        }
        var searched = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: node.folder.path(percentEncoded: false)) {
            guard let bytes = FileManager.default.contents(atPath: node.folder.appending(path: path).path(percentEncoded: false)) else {
                continue
            }
            searched += 1
            for secret in [Self.secret, Self.title, Self.remark] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) stands in \(path)")
                #expect(bytes.range(of: Data(Base64.encode(Array(secret.utf8)).dropLast(4).utf8)) == nil)
            }
        }
        #expect(searched > 3)
        #expect(!node.log.lines.contains { line in [Self.secret, Self.title, Self.remark].contains { line.contains($0) } })
    }

    @Test("A newer version is not written over unseen, every version stays, and comments stand beside")
    func versions() async throws {
        let node = try await ConferenceNode()
        let address = try await kept(node, "d-KEN", "south")
        let first = try node.last(ConferencePaperKept.kind).index
        try await node.visit("d-IDN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let answer = try await visitor.submit(
                address, to: address, [("base", "\(first)"), ("title", Self.title), ("words", "Second words")])
            #expect(answer.status == 303, "\(answer.text)")
            #expect(try await visitor.submit(address, to: "\(address)/comments", [("words", Self.remark)]).status == 303)
        }
        try await node.visit("d-KEN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let late = try await visitor.submit(
                address, to: address, [("base", "\(first)"), ("title", Self.title), ("words", "Late words")])
            #expect(late.status == 409 && late.text.contains("Late words") && late.text.contains("Second words"))
            let paper = try await visitor.json(address)
            #expect(paper["words"] == "Second words" && paper["versions"] == 2 && paper["author"] == "Person d-IDN")
            #expect(paper["comments"]?.array?.first?["words"]?.string == Self.remark)
            #expect(try await visitor.json("\(address)?version=\(first)")["words"]?.string == Self.secret)
            // A version of another paper is none of this one.
            #expect(try await visitor.get("\(address)?version=0", accept: "application/json").status == 404)
        }
    }

    @Test("Who joins a group opens what is kept from then on; who leaves it sees nothing more of it")
    func membership() async throws {
        let node = try await ConferenceNode()
        let address = try await kept(node, "d-KEN", "south")
        let first = try node.last(ConferencePaperKept.kind).index
        try await node.group(["KEN", "CHL"])
        try await node.visit("d-IDN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.get(address, accept: "application/json").status == 404)
        }
        try await node.visit("d-CHL") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let closed = try await visitor.json(address)
            #expect(closed["open"] == false && closed["words"] == nil)
            let blind = try await visitor.submit(Self.space, to: address, [("base", "\(first)"), ("title", "T"), ("words", "W")])
            #expect(blind.status == 404, "what one could not read one does not replace")
        }
        try await node.visit("d-KEN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            let answer = try await visitor.submit(
                address, to: address, [("base", "\(first)"), ("title", Self.title), ("words", "For you too")])
            #expect(answer.status == 303)
        }
        try await node.visit("d-CHL") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.json(address)["words"] == "For you too")
        }
    }

    @Test("A paper is withdrawn by whom it belongs to: its words, old versions and comments leave the record and the views for good")
    func withdrawn() async throws {
        let node = try await ConferenceNode()
        let own = try await kept(node, "d-FRA", "FRA")
        let address = try await kept(node, "d-KEN", "south")
        let first = try node.last(ConferencePaperKept.kind).index
        try await node.visit("d-IDN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(
                try await visitor.submit(address, to: address, [("base", "\(first)"), ("title", Self.title), ("words", "Second")]).status
                    == 303)
            #expect(try await visitor.submit(address, to: "\(address)/comments", [("words", Self.remark)]).status == 303)
            // Another delegation of the group began it.
            #expect(!(try await visitor.get(address).text.contains("\(address)/withdraw")))
            #expect(try await visitor.submit(address, to: "\(address)/withdraw", [("base", "\(first + 1)")]).status == 403)
        }
        try await node.visit("d-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.submit(Self.space, to: "\(address)/withdraw", [("base", "\(first + 1)")]).status == 404)
        }
        try await node.visit("d-KEN") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.get(address).text.contains("\(address)/withdraw"))
            #expect(try await visitor.submit(address, to: "\(address)/withdraw", [("base", "\(first)")]).status == 409, "it was revised")
            #expect(try await visitor.submit(address, to: "\(address)/withdraw", [("base", "\(first + 1)")]).status == 303)
            #expect(try await visitor.get(address, accept: "application/json").status == 404)
        }
        for index in first...(first + 2) {
            let entry = try #require(try node.record.entry(at: index))
            guard case .erased = entry.content else {
                Issue.record("entry \(index) keeps its payload")
                continue
            }
        }
        #expect(try node.record.verify(comparesViews: true).faults.isEmpty, "the views are as if they had never seen it")
        #expect(try node.last(PayloadErased.kind).statement.office == "node", "it does not say whose it was")
        // What another holds, and what other views drew from the record, stays.
        try await node.visit("c-FRA") { (visitor: ConferenceNode.Visitor) async throws -> Void in
            #expect(try await visitor.json(own)["words"]?.string == Self.secret)
            #expect(try await visitor.submit(own, to: "\(own)/withdraw", [("base", "\(first - 1)")]).status == 303)
        }
    }

    @Test("A paper put in another's place does not open there")
    func bound() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-bound-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = try #require(NodeName("conf.example.org"))
        let sealing = PaperSealing(node: name, ring: OfficeKeyring(folder: folder))
        let place = PaperSealing.Place(conference: "c", form: .draft, holder: "FRA", paper: "p")
        let sealed = try sealing.seal(["a": "b"], at: place, by: "mission-fra", to: ["mission-fra"])
        #expect(try sealing.open(sealed, at: place, as: "mission-fra") == ["a": "b"])
        #expect(try sealing.open(sealed, at: place, as: "mission-ken") == nil)
        for other in [
            PaperSealing.Place(conference: "d", form: .draft, holder: "FRA", paper: "p"),
            .init(conference: "c", form: .comment, holder: "FRA", paper: "p"),
            .init(conference: "c", form: .draft, holder: "KEN", paper: "p"),
            .init(conference: "c", form: .draft, holder: "FRA", paper: "q"),
        ] {
            #expect(try sealing.open(sealed, at: other, as: "mission-fra") == nil, "\(other)")
        }
        #expect(throws: Refusal.self) { try sealing.seal(["a": "b"], at: place, by: "mission-fra", to: []) }
    }

    @Test("The longest paper of a group of all 193 Member States fits into one act, and any of them opens it")
    func largest() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-large-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = try #require(NodeName("conf.example.org"))
        let sealing = PaperSealing(node: name, ring: OfficeKeyring(folder: folder))
        let place = PaperSealing.Place(conference: "c", form: .draft, holder: "all", paper: "p")
        let words = String(repeating: "\u{1F30A}", count: PrivatePaper.longest)
        let paper = PrivatePaper(
            title: String(repeating: "\u{1F30A}", count: PrivatePaper.longestTitle), words: words,
            author: PaperAuthor(person: "p", name: "N", office: "mission-1", isCapital: false))
        let offices = (1...193).map { "mission-\($0)" }
        let sealed = try sealing.seal(paper.json, at: place, by: "mission-1", to: offices)
        let act = ConferencePaperKept(conference: "c", form: .draft, holder: "all", paper: "p", content: sealed)
        // The record takes payloads of 1 MiB.
        #expect(act.json.canonicalBytes.count < 1 << 20, "\(act.json.canonicalBytes.count)")
        let opened = try #require(try sealing.open(sealed, at: place, as: "mission-193"))
        #expect(try PrivatePaper(json: opened) == paper)
        print("a paper of 193 offices:", act.json.canonicalBytes.count, "bytes")
    }

    @Test("What people may have sealed is read strictly: whatever is cut off, repeated or misplaced is refused and never traps")
    func parsers() throws {
        let author = PaperAuthor(person: "p", name: "N", office: "o", isCapital: true)
        let paper = PrivatePaper(title: "T", words: "W", text: "t", provision: "art_1", author: author)
        #expect(try PrivatePaper(json: paper.json) == paper)
        let position = CapitalPosition(
            text: "t", provision: "art_1", version: 3, stance: .accept, instruction: "I", redLine: "R", fallback: "F", author: author)
        #expect(try CapitalPosition(json: position.json) == position)
        var generator = SystemRandomNumberGenerator()
        for json in [paper.json, position.json] {
            let bytes = json.canonicalBytes
            for _ in 0..<2_000 {
                var changed = bytes
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0x20...0x7E, using: &generator)
                if Bool.random() { changed.removeLast(Int.random(in: 0...8, using: &generator)) }
                guard let read = try? JSONParser.parse(changed) else { continue }
                _ = try? PrivatePaper(json: read)
                _ = try? CapitalPosition(json: read)
            }
        }
        #expect(throws: MalformedAct.self) { try PrivatePaper(json: ["title": "T"]) }
        #expect(throws: MalformedAct.self) { try CapitalPosition(json: paper.json) }
        #expect(throws: MalformedAct.self) {
            try ConferencePaperKept(
                json: ["conference": "c", "form": "comment", "holder": "FRA", "paper": "p", "content": [:]])
        }
    }
}
