import Foundation
import Ledger
import Testing

@testable import Federation

@Suite("Asking the witnesses after a start")
struct StartQuestionTests {
    static func keys(_ number: Int) throws -> [VerifierKey] {
        let name = try KeyName("w\(number).example/witness")
        let seed = [UInt8](repeating: UInt8(number), count: 32)
        return [try Ed25519Cosigner(name: name, seed: seed).verifierKey, try MLDSA44Cosigner(name: name, seed: seed).verifierKey]
    }

    /// The policy of a node by itself: more than half of its peers, each with all its keys.
    static func majority(of count: Int) throws -> TrustPolicy {
        var witnesses: [TrustPolicy.Witness] = []
        var groups: [TrustPolicy.Group] = []
        for number in 1...count {
            let own = try keys(number).enumerated().map { TrustPolicy.Witness(name: OpaqueText("\(number)/\($0)"), key: $1) }
            witnesses += own
            groups.append(.init(name: OpaqueText("\(number)"), threshold: own.count, members: own.map(\.name)))
        }
        groups.append(.init(name: OpaqueText("quorum"), threshold: count / 2 + 1, members: groups.map(\.name)))
        return try TrustPolicy(logs: [], witnesses: witnesses, groups: groups, quorum: .member(OpaqueText("quorum")))
    }

    @Test(
        "Enough have answered when the silent ones could not have witnessed a checkpoint by themselves",
        arguments: [
            (witnesses: 1, silent: 1, isEnough: false), (1, 0, true), (2, 2, false), (2, 1, true), (3, 2, false), (3, 1, true),
            (4, 3, false), (4, 2, true), (5, 3, false), (5, 2, true), (8, 5, false), (8, 4, true),
        ])
    func enough(witnesses: Int, silent: Int, isEnough: Bool) throws {
        let policy = try Self.majority(of: witnesses)
        let silent = try (0..<silent).map { try Self.keys($0 + 1) }
        #expect(StartQuestion.isEnough(silent, policy: policy) == isEnough)
    }

    @Test("Whatever was witnessed, one of those that answered has seen it: each quorum meets each sufficient set of answers")
    func meets() throws {
        for count in 1...6 {
            let policy = try Self.majority(of: count)
            let keys = try (1...count).map { try Self.keys($0) }
            for answered in 0..<(1 << count) {
                let silent = (0..<count).filter { answered >> $0 & 1 == 0 }.map { keys[$0] }
                guard StartQuestion.isEnough(silent, policy: policy) else { continue }
                for cosigners in 0..<(1 << count) where cosigners.nonzeroBitCount >= count / 2 + 1 { #expect(answered & cosigners != 0) }
            }
        }
    }

    @Test("Where no witness is asked for, none is waited for")
    func none() throws {
        #expect(StartQuestion.isEnough([], policy: nil))
        let policy = try TrustPolicy(logs: [], witnesses: [], groups: [], quorum: .none)
        #expect(StartQuestion.isEnough([try Self.keys(1)], policy: policy))
    }

    @Test("What a witness keeps of a log reads back as it was, and nothing else reads")
    func known() throws {
        let signer = try Ed25519NoteSigner(name: KeyName("log.example/acts"), seed: [UInt8](repeating: 5, count: 32))
        let checkpoint = try SignedCheckpoint(
            Checkpoint(origin: "log.example/acts", size: 0, root: .emptyTree), signers: [signer])
        let known = WitnessKnown(state: .never, note: checkpoint.note.bytes, time: 1_700_000_000)
        let read = try #require(WitnessKnown(bytes: known.bytes))
        #expect(read.state == known.state && read.note == known.note && read.time == known.time)
        for bytes in [[], Array("x\n".utf8), Array("12".utf8), Array("12\nno note".utf8), Array(known.bytes.dropLast(3))] {
            #expect(WitnessKnown(bytes: bytes) == nil)
        }
    }
}
