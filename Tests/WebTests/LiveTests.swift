import Acts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Synchronization
import Testing

@testable import Web

@Suite("Live entries")
struct LiveTests {
    /// Collects what a stream writes, and stops it after so many events.
    private final class Gathered: Sendable {
        let text = Mutex("")

        struct Enough: Error {}

        struct Writer: ResponseBodyWriter {
            let gathered: Gathered
            let events: Int

            mutating func write(_ buffer: ByteBuffer) async throws {
                let found = gathered.text.withLock { text in
                    text += String(buffer: buffer)
                    return text.components(separatedBy: "event: entry").count - 1
                }
                if found >= events { throw Enough() }
            }

            consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
        }
    }

    private func events(_ stream: LiveStream, count: Int) async throws -> [Int64] {
        let gathered = Gathered()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await stream.hub.run() }
            var writer: any ResponseBodyWriter = Gathered.Writer(gathered: gathered, events: count)
            await #expect(throws: Gathered.Enough.self) { try await stream.write(to: &writer) }
            group.cancelAll()
        }
        return gathered.text.withLock { text in
            text.split(separator: "\n").compactMap { $0.hasPrefix("id: ") ? Int64($0.dropFirst(4)) : nil }
        }
    }

    @Test("A listener gets what is there and then what comes, in order, none missed, none twice")
    func inOrder() async throws {
        let house = try TestHouse()
        try await house.remark("One", "Two")
        let record = house.record
        async let listening = events(LiveStream(record: record, hub: house.house.live, place: LivePlace(dossier: nil), start: 1), count: 12)
        for number in 0..<10 { try await house.remark("Later \(number)") }
        #expect(try await listening == Array(1...12))
    }

    @Test("A listener to a dossier gets its entries alone")
    func dossier() async throws {
        let house = try TestHouse()
        for number in 0..<6 { try await house.remark("x", dossier: number % 2 == 0 ? "notes/a" : "notes/b") }
        let ids = try await events(
            LiveStream(record: house.record, hub: house.house.live, place: LivePlace(dossier: "notes/b"), start: 0), count: 3)
        #expect(ids == [2, 4, 6])
    }

    @Test("A listener to a part of a dossier gets what concerns that part or the whole dossier, whether it was there or comes")
    func part() async throws {
        let house = try TestHouse()
        // Every third act is on one part, every third on another, and every third concerns the dossier as a whole.
        let hub = LiveHub(record: house.record) { entry in
            entry.index % 3 == 0 ? .dossier : .only(["part/\(entry.index % 3)"])
        }
        for _ in 0..<6 { try await house.remark("x", dossier: "notes/a") }
        let place = LivePlace(dossier: "notes/a", about: "part/1")
        async let listening = events(LiveStream(record: house.record, hub: hub, place: place, start: 1), count: 8)
        for _ in 0..<6 { try await house.remark("x", dossier: "notes/a") }
        #expect(try await listening == [1, 3, 4, 6, 7, 9, 10, 12])
        #expect(LivePlace(dossier: nil, about: "part/1") == LivePlace(dossier: nil), "a part is one of a dossier")
    }

    @Test("Many listeners, each from a place of its own, get every entry once while many are entered at once")
    func manyListeners() async throws {
        let house = try TestHouse()
        for number in 0..<20 { try await house.remark("Early \(number)") }
        let (record, hub) = (house.record, house.house.live)
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for start in Int64(1)...20 {
                group.addTask {
                    try await self.events(
                        LiveStream(record: record, hub: hub, place: LivePlace(dossier: nil), start: start), count: Int(121 - start))
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { writers in
                for number in 0..<100 { writers.addTask { try await house.remark("Late \(number)") } }
                try await writers.waitForAll()
            }
            for try await seen in group { #expect(seen == Array((121 - Int64(seen.count))...120)) }
        }
    }

    @Test("Who comes with entries in hand that were not handed out yet gets none of them again")
    func ahead() async throws {
        let house = try TestHouse()
        let hub = LiveHub(record: house.record)
        // The hub does not deliver yet: it is behind the record by these.
        for number in 0..<6 { try await house.remark("\(number)") }
        #expect(
            try await events(LiveStream(record: house.record, hub: hub, place: LivePlace(dossier: nil), start: 4), count: 3) == [4, 5, 6])
    }

    @Test("A mailbox that is not emptied is not filled without end: its owner reads what was missed")
    func overflow() async throws {
        let mailbox = LiveMailbox()
        for number in 0..<Int64(LiveMailbox.most + 1) { mailbox.put(ByteBuffer(string: "x"), number..<(number + 1)) }
        guard case .missed(let from) = await mailbox.next() else {
            Issue.record("the mailbox kept everything")
            return
        }
        #expect(from == 0)
        let two = LiveMailbox()
        two.put(ByteBuffer(string: "a"), 3..<4)
        two.put(ByteBuffer(string: "b"), 4..<6)
        guard case .events(let buffer, let range) = await two.next() else {
            Issue.record("what waited was not delivered")
            return
        }
        #expect(String(buffer: buffer) == "ab" && range == 3..<6)
        two.close()
        let end = await two.next()
        #expect(end == nil)
    }

    @Test("An event tells what the leaf tells, and nothing of the payload")
    func event() async throws {
        let house = try TestHouse()
        let entry = try await house.remark(
            "Quiet", dossier: "notes/a", marking: .restricted(.init(audience: [String](), label: "x")))[0]
        let event = LiveStream.event(entry)
        #expect(event.hasPrefix("id: 1\nevent: entry\ndata: {") && event.hasSuffix("}\n\n"))
        #expect(event.contains("\"dossier\":\"notes/a\"") && !event.contains("Quiet"))
    }

    @Test("A browser that comes back goes on after the last event it had")
    func resume() async throws {
        let house = try TestHouse()
        try await house.remark("One", "Two", "Three")
        let router = house.house.router()
        router.get("/unused") { _, _ in "" }
        try await house.visit { (visitor) async throws in
            #expect(try await visitor.json("/live?from=x").code == "request.number")
            #expect(try await visitor.json("/live?from=-1").code == "request.number")
        }
    }
}
