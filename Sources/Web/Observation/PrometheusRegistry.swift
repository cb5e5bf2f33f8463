public import CoreMetrics
import Synchronization

/// Counters, gauges and histograms, and how Prometheus reads them (Prometheus exposition format 0.0.4).
///
/// It is a factory for swift-metrics, so what the libraries below count can come here too:
/// `MetricsSystem.bootstrap(house.metrics)`.
public final class PrometheusRegistry: MetricsFactory {
    /// A metric's kind, as its `# TYPE` line has it.
    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// Upper bounds of a histogram's buckets, in the metric's unit: seconds for timers.
    static let buckets: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Series in all. Past it, new label sets are counted together in none, since an outsider's input must not fill the memory.
    static let mostSeries = 5_000

    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private struct State {
        var kinds: [String: Kind] = [:]
        var series: [Key: PrometheusSeries] = [:]
    }

    private let state = Mutex(State())
    private let overflow = PrometheusSeries(kind: .counter)

    public init() {}

    /// The series of that name and these labels; made where it is not there yet.
    func series(_ label: String, _ dimensions: [(String, String)], _ kind: Kind) -> PrometheusSeries {
        let name = PrometheusRegistry.name(label)
        let key = Key(name: name, labels: PrometheusRegistry.labels(dimensions))
        return state.withLock { state in
            if let known = state.series[key] { return known }
            guard state.series.count < PrometheusRegistry.mostSeries, state.kinds[name] ?? kind == kind else { return overflow }
            state.kinds[name] = kind
            let fresh = PrometheusSeries(kind: kind)
            state.series[key] = fresh
            return fresh
        }
    }

    /// Everything, as text.
    public var text: String {
        let (kinds, series) = state.withLock { ($0.kinds, $0.series) }
        var text = ""
        for (name, kind) in kinds.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(kind.rawValue)\n"
            for (key, one) in series.filter({ $0.key.name == name }).sorted(by: { $0.key.labels < $1.key.labels }) {
                one.write(name: name, labels: key.labels, to: &text)
            }
        }
        return text
    }

    /// Letters, digits and underscores; anything else becomes an underscore.
    private static func name(_ label: String) -> String {
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    private static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.sorted { $0.0 < $1.0 }.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(PrometheusRegistry.name(name))=\"\(escaped)\""
        }.joined(separator: ",")
    }

    // MARK: MetricsFactory

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter)
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, .gauge)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        series(label, dimensions, aggregate ? .histogram : .gauge)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, .histogram)
    }

    // Series live as long as the process: a label set that comes back must go on where it stopped.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}
