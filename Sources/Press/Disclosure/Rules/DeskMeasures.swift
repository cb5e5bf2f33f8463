import Acts
import Disclosure

/// What the desk measures of its own work, out of its acts alone.
struct DeskMeasures: Sendable {
    /// Median milliseconds of each step of an answer, over the alerts that reached it: event, alert, draft, approved, published,
    /// delivered.
    let steps: [(step: String, median: Int64, count: Int)]
    /// Requests answered in time, of those answered.
    let inTime: ProportionInterval
    /// Requests whose answer is overdue on the day.
    let overdue: Int
    let requests: Int

    init(alerts: [AlertFile], requests: [AccessRequestFile], law: DisclosureLaw, on day: CalendarDate) {
        var times: [String: [Int64]] = [:]
        for alert in alerts {
            for time in alert.responseTimes { times[time.step, default: []].append(time.milliseconds) }
        }
        steps = ["alert", "draft", "approved", "published", "delivered"].compactMap { step in
            times[step].map { (step, Self.median($0), $0.count) }
        }
        var (answered, good, late) = (0, 0, 0)
        for request in requests {
            switch law.regimes.clock(request.act.regime)?.state(of: request.history, on: day) {
            case .running(_, let left): if left < 0 { late += 1 }
            case nil, .unregistered, .paused: break
            default:
                answered += 1
                if let due = law.regimes.clock(request.act.regime)?.due(request.history), let on = request.history.answered, on <= due {
                    good += 1
                }
            }
        }
        inTime = ProportionInterval(good, of: answered)
        overdue = late
        self.requests = requests.count
    }

    static func median(_ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
