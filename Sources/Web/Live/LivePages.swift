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
    /// Connections this process serves at once.
    static let mostListeners = 2_000
    /// How often a connection without news shows that it lives.
    static let heartbeat = Duration.seconds(15)

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
        let from = try visit.query.integer("from", in: 0...Int64.max)
        let last = request.headers[.lastEventID].flatMap { Int64($0) }.flatMap { $0 >= 0 && $0 < Int64.max ? $0 + 1 : nil }
        let start = last ?? from ?? house.record.size
        guard listeners.enter(limit: LivePages.mostListeners) else {
            throw Refusal(
                .unavailable, code: "live.too-many", "Too many pages are being kept up to date at once.",
                mend: "Reload the page to see what is new.")
        }
        let stream = LiveStream(record: house.record, dossier: dossier, start: start)
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

/// One listener's stream: reads the record at its own pace, and ends when the node stops or the other end is gone.
struct LiveStream: Sendable {
    let record: Record
    let dossier: String?
    let start: Int64

    func write(to writer: inout any ResponseBodyWriter) async throws {
        var position = start
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let entries = try record.entries(from: position, limit: 200)
            if let last = entries.last {
                position = last.index + 1
                let events = entries.filter { dossier == nil || $0.statement.dossier == dossier }.map(LiveStream.event).joined()
                if !events.isEmpty { try await writer.write(ByteBuffer(string: events)) }
            } else if try await !waits(for: position) {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
            }
        }
        try await writer.finish(nil)
    }

    /// Waits for an entry, for the time of a heartbeat at most; ends at once when the node is asked to stop.
    private func waits(for position: Int64) async throws -> Bool {
        let record = record
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await cancelWhenGracefulShutdown {
                    var tail = record.tail(from: position).makeAsyncIterator()
                    return (try? await tail.next()) != nil
                }
            }
            group.addTask {
                try? await Task.sleep(for: LivePages.heartbeat)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
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
