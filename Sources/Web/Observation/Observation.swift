/// What the house counts about itself.
final class Observation: Sendable {
    func refused(code: String) {}
    func cacheHit() {}
    func answered(method: String, route: String, status: Int, in elapsed: Duration) {}
}
