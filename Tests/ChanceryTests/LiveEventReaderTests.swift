import Acts
import Testing

@testable import Chancery

@Suite("Reading live events")
struct LiveEventReaderTests {
    private static let stream =
        "retry: 2000\n\n: still here\n\n"
        + [3, 5, 8].map { (entry: Int) -> String in
            "id: \(entry)\nevent: entry\ndata: {\"entry\":\(entry),\"kind\":\"conference.vote-cast@1\",\"received\":\"2026-11-02T10:00:00.000Z\"}\n\n"
        }.joined()

    @Test("Events are read whole in whatever pieces they come")
    func pieces() {
        let bytes = Array(Self.stream.utf8)
        for size in [1, 2, 3, 7, 50, bytes.count] {
            var reader = LiveEventReader()
            var seen: [Int64] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                seen += reader.take(bytes[start..<min(start + size, bytes.count)]).map(\.entry)
            }
            #expect(seen == [3, 5, 8] && reader.broken == 0, "in pieces of \(size)")
        }
    }

    @Test(
        "What is no event of a node is counted and not taken",
        arguments: [
            "id: 3\ndata: {\"entry\":4,\"kind\":\"a.b@1\",\"received\":\"2026-11-02T10:00:00.000Z\"}\n\n", "id: 3\ndata: {\n\n",
            "id: x\n\ndata: 1\n\n",
            "data: {}\n\n", "id: 3\ndata: {\"entry\":3,\"kind\":\"a.b@1\",\"received\":\"yesterday\"}\n\n",
            String(repeating: "a", count: 70_000),
        ])
    func strangers(_ text: String) {
        var reader = LiveEventReader()
        #expect(reader.take(text.utf8).isEmpty)
        #expect(reader.broken >= 1)
    }

    @Test("Any bytes at all are read without harm, and memory stays bounded")
    func fuzz() {
        var lot = SeededLot(seed: 11)
        for _ in 0..<300 {
            var bytes = Array(Self.stream.utf8)
            for _ in 0..<lot.next(below: 40) { bytes[lot.next(below: bytes.count)] = UInt8(lot.next(below: 256)) }
            var reader = LiveEventReader()
            let events = reader.take(bytes)
            #expect(events.count <= 3 + 40)
        }
    }

    @Test("Chances come the same for the same seed")
    func chances() {
        var (one, two, other) = (SeededLot(seed: 5), SeededLot(seed: 5), SeededLot(seed: 6))
        let first = (0..<100).map { _ in one.next(below: 1_000) }
        let second = (0..<100).map { _ in two.next(below: 1_000) }
        let third = (0..<100).map { _ in other.next(below: 1_000) }
        #expect(first == second && first != third)
    }
}
