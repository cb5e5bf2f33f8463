import Acts
import Crypto
import Synchronization

/// The visitors of today, in sketches, and those of a day that is over until its count is entered. In memory alone: a node that starts anew
/// begins the day's count anew.
final class VisitorCount: Sendable {
    private struct Day: Sendable {
        let day: CalendarDate
        let key: [UInt8]
        var sketches: [String: VisitorSketch] = [:]
    }

    /// What is published of a day.
    struct Published: Hashable, Sendable {
        let day: CalendarDate
        let total: Int64?
        let languages: [String: Int64]
    }

    private struct State: Sendable {
        var today: Day?
        var over: Day?
    }

    private let state = Mutex(State())

    /// Notes a visitor.
    ///
    /// - Parameter pseudonym: makes a hash of the visitor with the day's key; `nil`: not counted.
    func note(language: String, on day: CalendarDate, _ pseudonym: ([UInt8]) -> [UInt8]?) {
        state.withLock { state in
            turn(&state, to: day)
            if state.today == nil { state.today = Day(day: day, key: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }) }
            guard var today = state.today, let hash = pseudonym(today.key) else { return }
            today.sketches[language, default: VisitorSketch()].note(hash)
            state.today = today
        }
    }

    /// The count of a day before this one, once.
    func finished(before day: CalendarDate) -> Published? {
        state.withLock { state in
            turn(&state, to: day)
            guard let over = state.over else { return nil }
            state.over = nil
            var whole = VisitorSketch()
            for sketch in over.sketches.values { whole.formUnion(sketch) }
            return Published(
                day: over.day, total: VisitorSketch.published(whole.estimate).map(Int64.init),
                languages: over.sketches.compactMapValues { VisitorSketch.published($0.estimate).map(Int64.init) })
        }
    }

    /// At the turn of the day its key is thrown away with it.
    private func turn(_ state: inout State, to day: CalendarDate) {
        guard let today = state.today, today.day < day else { return }
        state.over = today
        state.today = nil
    }
}
