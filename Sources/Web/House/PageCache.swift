import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Answers already made for people who are not signed in, kept as the bytes that are sent.
///
/// An answer is good for one state of the record. The position it carries was read before it was made, so what it shows is at
/// least that new; and an act is acknowledged only when the record's position has moved on. Thus whoever was told that an act is
/// entered never gets an answer from before it.
final class PageCache: Sendable {
    struct Key: Hashable {
        let target: String
        let language: Language
        /// How much each representation is wanted, since `Accept` chooses among them.
        let wish: [Int]
        /// Pages say how long ago and how long until, so an answer is good for one day.
        let day: Int
    }

    struct Answer {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: ByteBuffer
        /// The body in gzip, made when it is first asked for; `nil` until then, and where it would not be smaller.
        var gzip: ByteBuffer?
        let entityTag: String
        /// The record's size before the answer was made, or when it was last found to be still right.
        var position: Int64

        var cost: Int { body.readableBytes + (gzip?.readableBytes ?? 0) + 1_024 }
    }

    private struct State {
        var answers: [Key: (answer: Answer, used: UInt64)] = [:]
        var bytes = 0
        var clock: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: bytes that all answers together may take.
    init(limit: Int = 64 << 20) {
        self.limit = limit
    }

    func answer(for key: Key) -> Answer? {
        state.withLock { state in
            guard let index = state.answers.index(forKey: key) else { return nil }
            state.clock += 1
            state.answers.values[index].used = state.clock
            return state.answers.values[index].answer
        }
    }

    func keep(_ answer: Answer, for key: Key) {
        // One answer never takes more than its share, or a large one would empty the whole cache.
        guard answer.cost <= limit / 8 else { return }
        state.withLock { state in
            if let old = state.answers[key] {
                // Two may have been made at once; the one made from the newer state stays.
                guard old.answer.position <= answer.position else { return }
                state.bytes -= old.answer.cost
            }
            state.clock += 1
            state.answers[key] = (answer, state.clock)
            state.bytes += answer.cost
            if state.bytes > limit { PageCache.makeRoom(&state, limit: limit) }
        }
    }

    /// How many answers are kept and how many bytes they take.
    var size: (answers: Int, bytes: Int) {
        state.withLock { ($0.answers.count, $0.bytes) }
    }

    /// Lets go of what was asked for longest ago, until a quarter is free.
    private static func makeRoom(_ state: inout State, limit: Int) {
        let oldest = state.answers.sorted { $0.value.used < $1.value.used }
        for (key, value) in oldest {
            guard state.bytes > limit / 4 * 3 else { break }
            state.answers[key] = nil
            state.bytes -= value.answer.cost
        }
    }
}
