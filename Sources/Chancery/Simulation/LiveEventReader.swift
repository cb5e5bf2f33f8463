import Acts

/// Reads the events of `/live` from what comes over the wire, whatever pieces it comes in (WHATWG HTML, 9.2).
///
/// Only what Chancery sends is understood: `id` and `data`, the latter one line of JSON. What grows beyond ``mostBytes`` without an
/// end is thrown away, and counted as broken.
struct LiveEventReader: Sendable {
    /// An entry that a node told of.
    struct Event: Hashable, Sendable {
        var entry: Int64
        var kind: String
        /// When the node took the act, by its own clock.
        var received: Moment
    }

    /// Bytes of one event at the most.
    static let mostBytes = 1 << 16

    private var waiting: [UInt8] = []
    /// Events that could not be read, and such as had no end.
    private(set) var broken = 0

    /// Takes what came, and gives the events that it completes.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [Event] {
        waiting.append(contentsOf: bytes)
        var events: [Event] = []
        var start = 0
        var place = 0
        while place + 1 < waiting.count {
            guard waiting[place] == 0x0A, waiting[place + 1] == 0x0A else {
                place += 1
                continue
            }
            if let event = event(waiting[start..<place]) { events.append(event) }
            place += 2
            start = place
        }
        waiting.removeFirst(start)
        if waiting.count > Self.mostBytes {
            waiting = []
            broken += 1
        }
        return events
    }

    /// `nil` for a comment or a field without an event.
    private mutating func event(_ block: ArraySlice<UInt8>) -> Event? {
        var id: Int64?
        var data: JSON?
        for line in block.split(separator: 0x0A) {
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("id: ") { id = Int64(text.dropFirst(4)) }
            if text.hasPrefix("data: ") { data = try? JSONParser.parse(String(text.dropFirst(6))) }
        }
        guard id != nil || data != nil else { return nil }
        guard let id, let data, data["entry"]?.integer == id, let kind = data["kind"]?.string,
            let received = data["received"]?.string.flatMap({ Moment($0) })
        else {
            broken += 1
            return nil
        }
        return Event(entry: id, kind: kind, received: received)
    }
}
