import Acts
import Testing

@testable import Fediverse

@Suite("When and to whom is delivered")
struct DeliveryRulesTests {
    @Test(
        "What an answer means: later, never, or the other signature",
        arguments: [
            (202, nil, .delivered), (200, nil, .delivered), (401, nil, .otherSignature), (404, nil, .gone), (410, nil, .gone),
            (400, nil, .refused(status: 400)), (403, nil, .refused(status: 403)), (501, nil, .refused(status: 501)),
            (408, nil, .failed(after: nil)), (429, 30, .failed(after: 30)), (503, 120, .failed(after: 120)),
            (500, nil, .failed(after: nil)),
        ] as [(Int, Int?, DeliveryRules.Outcome)])
    func outcomes(_ status: Int, _ after: Int?, _ outcome: DeliveryRules.Outcome) {
        #expect(DeliveryRules.outcome(status: status, retryAfter: after, isSecondKnock: false) == outcome)
    }

    @Test("A second refusal of the signature is one")
    func secondKnock() {
        #expect(DeliveryRules.outcome(status: 401, retryAfter: nil, isSecondKnock: true) == .refused(status: 401))
    }

    @Test("Pauses grow, and never beyond a day; Retry-After counts where it is longer")
    func pauses() {
        let pauses = (1...20).map { DeliveryRules.pause(failures: $0, after: nil, chance: 0) }
        #expect(pauses.first == 15_000)
        #expect(pauses[1] == 25_000)
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(pauses.last == 86_400_000)
        #expect(DeliveryRules.pause(failures: 1, after: 600, chance: 1) == 600_000)
    }

    @Test("Five failures in ten minutes open the circuit: one probe after thirty minutes, and an answer closes it")
    func circuit() {
        var circuit = CircuitBreaker()
        var time = Moment(milliseconds: 1_000_000)
        for _ in 0..<5 {
            circuit.fail(at: time, after: nil, chance: 0)
            time = Moment(milliseconds: time.milliseconds + 60_000)
        }
        #expect(circuit.isOpen)
        #expect(!circuit.mayTry(at: time))
        #expect(circuit.mayTry(at: Moment(milliseconds: time.milliseconds + CircuitBreaker.probeAfter)))
        circuit.succeed()
        #expect(!circuit.isOpen && !circuit.isFailing && circuit.mayTry(at: time))
    }

    @Test("Dead hosts never take the places of those that answer")
    func lanes() {
        let lanes = DeliveryLanes(places: 64, slowPlaces: 8)
        let dead = (0..<1_000).map { (host: "dead\($0)", isFailing: true) }
        let chosen = lanes.choose(dead + [(host: "alive", isFailing: false)], busy: (0, 0))
        #expect(chosen.contains("alive"))
        #expect(chosen.filter { $0.hasPrefix("dead") }.count == 8)
        #expect(lanes.choose(dead, busy: (0, 8)).isEmpty)
    }

    @Test("A flood from one host is cut off, and other hosts are not")
    func flood() {
        var limit = FollowLimit(burst: 3, perSecond: 1, mostHosts: 10)
        let now = Moment(milliseconds: 0)
        #expect((0..<3).allSatisfy { _ in limit.take("a", at: now) == nil })
        #expect(limit.take("a", at: now) == 1)
        #expect(limit.take("b", at: now) == nil)
        #expect(limit.take("a", at: Moment(milliseconds: 1_000)) == nil)
    }
}
