import Acts
import Foundation
import Testing

@testable import Conferences

@Suite("Roll calls, recomputed")
struct VotesReplayTests {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(filePath: $0) }
        var checkout = URL(filePath: #filePath)
        for _ in 0..<4 { checkout.deleteLastPathComponent() }
        let folder = (named ?? checkout.deletingLastPathComponent().appending(path: "shared/data"))
            .appending(path: "treaties/general-assembly-roll-calls")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    @Test(
        "All 1,331 real roll calls come to the same counts and outcomes",
        .enabled(if: folder != nil, "real roll calls are not beside the checkout (shared/data/treaties/general-assembly-roll-calls)"))
    func realRollCalls() throws {
        let folder = try #require(Self.folder)
        let rollCalls = Array(try Data(contentsOf: folder.appending(path: "roll_calls.csv")))
        let votes = Array(try Data(contentsOf: folder.appending(path: "votes_matrix.csv")))
        let replay = try VotesReplay(rollCalls: rollCalls, votes: votes)
        #expect(replay.results.count == 1_331)
        #expect(replay.isSame)
        #expect(replay.results.count { $0.outcome == .tied } == 7)
        // By two thirds, 125 of them would have been lost (the domain's count).
        let strict = try VotesReplay(rollCalls: rollCalls, votes: votes, majority: .twoThirds)
        let adopted = { (replay: VotesReplay) in replay.results.count { $0.outcome == .adopted } }
        #expect(adopted(replay) - adopted(strict) == 125)
    }

    private func replay(_ rollCalls: String, _ votes: String, majority: Majority = .simple) throws -> VotesReplay {
        try VotesReplay(rollCalls: Array(rollCalls.utf8), votes: Array(votes.utf8), majority: majority)
    }

    private let votes = "rcid,FRA,KEN,BRA,LBN\n1,Y,Y,N,A\n2,N,N,Y,\n"

    @Test("Columns stand in any order, among others, with semicolons or tabs, quoted or not, under a byte order mark")
    func forms() throws {
        for rollCalls in [
            "rcid,yes,no,abstain\n1,2,1,1\n2,1,2,0\n", "abstain,no,descr,yes,rcid\r\n1,1,\"a, \"\"b\"\"\nc\",2,1\r\n0,2,,1,2",
            "\u{FEFF}rcid;yes;no;abstain\n1;2;1;1\n2;1;2;0\n", "RCID\tYes\tNo\tAbstentions\n1\t2\t1\t1\n\n2\t1\t2\t0\n",
        ] {
            let replay = try replay(rollCalls, votes)
            #expect(replay.isSame, "\(rollCalls)")
            #expect(replay.results.map(\.outcome) == [.adopted, .rejected])
        }
        let long = "country,vote,rcid\nFRA,1,1\nKEN,yes,1\nBRA,N,1\nLBN,2,1\nFRA,3,2\nKEN,N,2\nBRA,Y,2\nLBN,8,2\n"
        #expect(try replay("rcid,yes,no,abstain\n1,2,1,1\n2,1,2,0\n", long).isSame)
    }

    @Test("What differs is named: counts, outcomes, roll calls without votes and votes without roll calls")
    func differences() throws {
        let counts = try replay("rcid,yes,no,abstain\n1,3,1,1\n2,1,2,0\n", votes)
        #expect(counts.differences.map(\.rollCall) == ["1"])
        #expect(counts.differences.first?.hasOtherCounts == true)
        #expect(counts.differences.first?.hasOtherOutcome == false)
        #expect(try !replay("rcid,yes,no,abstain\n1,1,2,1\n2,1,2,0\n", votes).results.map(\.hasOtherOutcome).contains(true) == false)
        let missing = try replay("rcid,yes,no,abstain\n1,2,1,1\n2,1,2,0\n3,1,0,0\n", votes)
        #expect(missing.differences.map(\.isWithoutVotes) == [true])
        let stranger = try replay("rcid,yes,no,abstain\n1,2,1,1\n", votes)
        #expect(stranger.strangers.map(\.rollCall) == ["2"])
        #expect(stranger.strangers.map(\.line) == [3])
        #expect(!stranger.isSame)
        // Not recorded is not different.
        #expect(try replay("rcid,yes,no,abstain\n1,NA,NA,NA\n2,1,2,\n", votes).isSame)
    }

    @Test("A column says what a vote needed and how it was announced")
    func majorities() throws {
        let table = "rcid,yes,no,abstain,majority,outcome\n1,2,1,1,two-thirds,adopted\n2,1,2,0,3/4,lost\n"
        #expect(try replay(table, votes).isSame)
        #expect(try !replay("rcid,yes,no,abstain,majority,outcome\n1,2,1,1,three-fourths,adopted\n2,1,2,0,,rejected\n", votes).isSame)
        #expect(try replay("rcid,yes,no,abstain,important,outcome\n1,2,1,1,1,adopted\n2,1,2,0,0,rejected\n", votes).isSame)
        #expect(try replay("rcid,yes,no,abstain,outcome\n1,1,1,0,rejected\n", "rcid,FRA,KEN\n1,Y,N\n").isSame)
        #expect(try !replay("rcid,yes,no,abstain,outcome\n1,1,1,0,adopted\n", "rcid,FRA,KEN\n1,Y,N\n").isSame)
        let tie = try replay("rcid,yes,no,abstain,outcome\n1,1,1,0,rejected\n", "rcid,FRA,KEN\n1,Y,N\n")
        #expect(tie.results.first?.outcome == .tied)
    }

    @Test(
        "What cannot be read is refused with its line",
        arguments: [
            ("yes,no,abstain\n1,2,3\n", 1, true), ("rcid,yes,no,abstain\n1,2,1\n", 2, true), ("rcid,yes,no,abstain\n1,two,1,1\n", 2, true),
            ("rcid,yes,no,abstain\n1,2,1,1\n\n1,2,1,1\n", 4, true), ("rcid,yes,no,abstain\n1,-2,1,1\n", 2, true), ("", 1, true),
            ("rcid,yes,no,abstain\n1,2,1,\"1\n", 2, true), ("rcid,yes,no,abstain,majority\n1,2,1,1,most\n", 2, true),
            ("rcid,FRA,KEN,BRA,LBN\n1,Y,Y,Q,A\n", 2, false), ("rcid,FRA,KEN\n1,Y\n", 2, false), ("FRA,KEN\nY,Y\n", 1, false),
            ("rcid,FRA,KEN\n1,Y,N\n1,Y,N\n", 3, false), ("rcid,FRA,FRA\n1,Y,N\n", 1, false), ("rcid,FRA\n1,Y\n,N\n", 3, false),
            ("rcid,country,vote\n1,FRA,Y\n1,FRA,N\n", 3, false),
        ])
    func faults(table: String, line: Int, isRollCalls: Bool) throws {
        do {
            _ = try isRollCalls ? replay(table, votes) : replay("rcid,yes,no,abstain\n1,2,1,1\n", table)
            Issue.record("it was read")
        } catch let fault as VotesReplay.Fault {
            switch fault {
            case .rollCalls(let error):
                #expect(isRollCalls)
                #expect(error.line == line)
            case .votes(let error):
                #expect(!isRollCalls)
                #expect(error.line == line)
            }
        }
    }

    @Test("Whatever bytes come, they are read or refused")
    func anyBytes() throws {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("rcid,yesnoabtain\"\n\r;\t0123YNA".utf8) + [0, 0xFF, 0xC3, 0xEF, 0xBB, 0xBF]
        for _ in 0..<2_000 {
            var bytes = Array("rcid,yes,no,abstain\n".utf8)
            for _ in 0..<Int.random(in: 0...60, using: &generator) { bytes.append(alphabet.randomElement(using: &generator) ?? 0) }
            if Bool.random(using: &generator) { bytes.shuffle(using: &generator) }
            _ = try? VotesReplay(rollCalls: bytes, votes: Array(votes.utf8))
            _ = try? VotesReplay(rollCalls: Array("rcid,yes,no,abstain\n1,2,1,1\n".utf8), votes: bytes)
        }
    }
}
