import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import ServiceLifecycle
import Synchronization

/// `/live`: new entries as they are entered, as server-sent events (WHATWG HTML, 9.2). An event's id is the entry's index, so a
/// browser that comes back with `Last-Event-ID` goes on where it stopped.
///
/// An event holds what the leaf holds, which is public whatever the payload is.
struct LivePages: Sendable {
    /// Connections this process serves at once, as far as the system lets it hold so many files open.
    static let mostListeners = 16_000

    let house: House
    private let listeners = Listeners()

    init(house: House) {
        self.house = house
    }

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/live") { request, visit in try pages.live(request, visit) }
    }

    private func live(_ request: Request, _ visit: Visit) throws -> Response {
        let dossier = try visit.query.filled("dossier", longest: 200)
        // Only with a dossier: a part is one of it.
        let place = LivePlace(dossier: dossier, about: try visit.query.filled("about", longest: 200))
        let from = try visit.query.linkedInteger("from", in: 0...Int64.max)
        let last = request.headers[.lastEventID].flatMap { Int64($0) }.flatMap { $0 >= 0 && $0 < Int64.max ? $0 + 1 : nil }
        let start = last ?? from ?? house.record.size
        guard listeners.enter(limit: LivePages.mostListeners) else {
            throw Refusal(
                .unavailable, code: "live.too-many", "Too many pages are being kept up to date at once.",
                mend: "Reload the page to see what is new.")
        }
        let stream = LiveStream(record: house.record, hub: house.live, place: place, start: start)
        let listeners = listeners
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .vary: "Cookie"],
            body: ResponseBody { writer in
                defer { listeners.leave() }
                try await stream.write(to: &writer)
            })
    }

    private final class Listeners: Sendable {
        private let count = Mutex(0)

        func enter(limit: Int) -> Bool {
            count.withLock { count in
                guard count < limit else { return false }
                count += 1
                return true
            }
        }

        func leave() { count.withLock { $0 -= 1 } }
    }
}

/// One listener's stream: reads from the record what is there, then takes what the hub hands out, and ends when the node stops or the
/// other end is gone.
struct LiveStream: Sendable {
    let record: Record
    let hub: LiveHub
    /// What is listened to.
    let place: LivePlace
    let start: Int64

    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        var position = start
        while let missed = try await follow(from: position, &writer) { position = missed }
        try await writer.finish(nil)
    }

    /// - Returns: the entry to go on with, where the listener fell too far behind; `nil` at the end.
    private func follow(from start: Int64, _ writer: inout any ResponseBodyWriter) async throws -> Int64? {
        let (mailbox, number, position) = hub.join(place)
        defer { hub.leave(place, number) }
        return try await withGracefulShutdownHandler {
            var next = start
            try await write(upTo: position, from: &next, &writer)
            while let delivery = await mailbox.next() {
                switch delivery {
                case .events(let buffer, let range) where range.lowerBound >= next:
                    try await writer.write(buffer)
                    next = range.upperBound
                case .events(_, let range):
                    // Who comes with entries in hand that were not handed out yet gets none of them again.
                    try await write(upTo: range.upperBound, from: &next, &writer)
                case .alive(let comment): try await writer.write(comment)
                case .missed(let from): return max(from, next)
                }
            }
            return nil
        } onGracefulShutdown: {
            mailbox.close()
        }
    }

    /// Writes what the record has from a place up to another.
    private func write(upTo end: Int64, from next: inout Int64, _ writer: inout any ResponseBodyWriter) async throws {
        while next < end, !Task.isCancelled {
            let entries = try record.entries(from: next, limit: Int(min(200, end - next)))
            guard let last = entries.last else { break }
            next = last.index + 1
            let events = entries.filter { place.hears($0.statement.dossier, hub.reach($0)) }.map(LiveStream.event).joined()
            if !events.isEmpty { try await writer.write(ByteBuffer(string: events)) }
        }
    }

    static func event(_ entry: Entry) -> String {
        var object: JSONObject = [
            "entry": .integer(entry.index), "kind": .string(entry.kind.description),
            "received": .string(entry.header.received.description),
        ]
        if let dossier = entry.statement.dossier { object["dossier"] = .string(dossier) }
        return "id: \(entry.index)\nevent: entry\ndata: \(JSON.object(object).canonicalText)\n\n"
    }
}
