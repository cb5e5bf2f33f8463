import CoreMetrics
import Synchronization

/// One series of a metric: a number, or a histogram's counts.
final class PrometheusSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private struct State {
        var value = 0.0
        var counts: [UInt64]
        var count: UInt64 = 0
    }

    let kind: PrometheusRegistry.Kind
    private let state: Mutex<State>

    init(kind: PrometheusRegistry.Kind) {
        self.kind = kind
        state = Mutex(State(counts: Array(repeating: 0, count: kind == .histogram ? PrometheusRegistry.buckets.count : 0)))
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        state.withLock { $0.value += amount }
    }

    func decrement(by amount: Double) { increment(by: -amount) }

    func reset() {
        state.withLock { $0.value = 0 }
    }

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) {
        state.withLock { $0.value = value }
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard kind == .histogram else { return set(value) }
        state.withLock { state in
            state.value += value
            state.count += 1
            if let bucket = PrometheusRegistry.buckets.firstIndex(where: { value <= $0 }) { state.counts[bucket] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func write(name: String, labels: String, to text: inout String) {
        let (value, counts, count) = state.withLock { ($0.value, $0.counts, $0.count) }
        func line(_ suffix: String, _ extra: String, _ value: String) {
            let all = [labels, extra].filter { !$0.isEmpty }.joined(separator: ",")
            text += "\(name)\(suffix)\(all.isEmpty ? "" : "{\(all)}") \(value)\n"
        }
        guard kind == .histogram else { return line("", "", PrometheusSeries.number(value)) }
        var sum: UInt64 = 0
        for (bound, inBucket) in zip(PrometheusRegistry.buckets, counts) {
            sum += inBucket
            line("_bucket", "le=\"\(PrometheusSeries.number(bound))\"", String(sum))
        }
        line("_bucket", "le=\"+Inf\"", String(count))
        line("_sum", "", PrometheusSeries.number(value))
        line("_count", "", String(count))
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
