import CoreMetrics
import Synchronization

/// What the house counts about itself. Labels are routes and codes of the program's own, never a person's or an address.
final class Observation: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Pair: Sendable {
        let count: PrometheusSeries
        let time: PrometheusSeries
    }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "OPTIONS"]

    let registry: PrometheusRegistry
    private let known = Mutex<[Key: Pair]>([:])
    private let hits: PrometheusSeries

    init(registry: PrometheusRegistry) {
        self.registry = registry
        hits = registry.series("chancery_page_cache_hits_total", [], .counter)
    }

    func refused(code: String) {
        registry.series("chancery_refusals_total", [("code", code)], .counter).increment(by: Int64(1))
    }

    func answered(method: String, route: String, status: Int, in elapsed: Duration) {
        let method = Observation.methods.contains(method) ? method : "other"
        let pair = known.withLock { known in
            let key = Key(method: method, route: route, status: status)
            if let pair = known[key] { return pair }
            let pair = Pair(
                count: registry.series(
                    "chancery_http_requests_total", [("method", method), ("route", route), ("status", String(status))], .counter),
                time: registry.series("chancery_http_request_seconds", [("method", method), ("route", route)], .histogram))
            known[key] = pair
            return pair
        }
        pair.count.increment(by: Int64(1))
        let (seconds, attoseconds) = elapsed.components
        pair.time.record(Double(seconds) + Double(attoseconds) / 1e18)
    }

    func cacheHit() { hits.increment(by: Int64(1)) }
}
