import Acts
import AsyncHTTPClient
import Foundation
import NIOCore

/// A delegation's page that is kept up to date: it follows the conference by server-sent events, and takes up again after a break where
/// it had stopped, as a browser does.
actor LiveFollower {
    /// An event, and when it was there.
    struct Arrival: Hashable, Sendable {
        var event: LiveEventReader.Event
        var at: Moment
        /// Whether it came while the line was up, and not as what was missed.
        var isLive: Bool
    }

    let who: WorldVisitor
    private let path: String
    private(set) var arrivals: [Arrival] = []
    private(set) var broken = 0
    /// How often the line was cut and taken up again.
    private(set) var cuts = 0
    private(set) var troubles: [String] = []
    private var isToBeCut = false

    /// - Parameters:
    ///   - dossier: what is followed: `conference/NAME`.
    ///   - from: the first entry that counts.
    init(_ who: WorldVisitor, dossier: String, from: Int64) {
        self.who = who
        path = "/live?dossier=\(dossier)&from=\(from)"
    }

    /// Breaks the line at what comes next, before it is read.
    func cut() { isToBeCut = true }

    var last: Int64? { arrivals.last?.event.entry }

    /// Follows until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await read()
            } catch is CancellationError {
                return
            } catch {
                guard !Task.isCancelled else { return }
                if troubles.count < 20 { troubles.append("\(error)") }
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func read() async throws {
        var reader = LiveEventReader()
        defer { broken += reader.broken }
        // What a browser would send when it comes back.
        let resumed = last
        let response = try await who.stream(path, after: resumed)
        let began = Moment.now
        for try await buffer in response.body {
            if isToBeCut {
                isToBeCut = false
                cuts += 1
                return
            }
            let now = Moment.now
            for event in reader.take(buffer.readableBytesView) {
                arrivals.append(Arrival(event: event, at: now, isLive: event.received > began))
            }
        }
    }
}
