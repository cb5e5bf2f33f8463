import Acts
import Foundation
import GRDB
import Record
import Synchronization
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@Suite("What may be entered")
struct RuleTests {
    private func refusal(_ record: Record, _ command: Command) async -> Refusal? {
        do {
            _ = try await record.enter(command)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("A rule sees what earlier commands of its batch have changed, and what its own place will be")
    func rulesSeeEarlierActs() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        // Each may be entered only as the next of a chain: twice the same count would show two rules that saw the same state.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    _ = try await record.enter(
                        Command { context in
                            let count = try Int.fetchOne(context.database, sql: "SELECT count(*) FROM remark") ?? 0
                            return [.remark("\(count) \(context.nextIndex)")]
                        })
                }
            }
            try await group.waitForAll()
        }
        let texts = try record.readSync { try String.fetchAll($0, sql: "SELECT text FROM remark ORDER BY entry") }
        #expect(texts == (0..<200).map { "\($0) \($0 + 1)" })
    }

    @Test("Acts refer only to what comes before them")
    func references() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        // The second of one command may answer the first.
        let entries = try await record.enter(
            Command { context in [.remark("a"), .remark("b", references: [Reference(context.nextIndex), Reference(0)])] })
        #expect(entries[1].statement.references.map(\.index) == [1, 0])
        #expect(await refusal(record, Command([.remark("c", references: [Reference(3)])]))?.code == "record.unknown-reference")
        #expect(await refusal(record, Command([.remark("c", references: [Reference(-1)])]))?.code == "record.reference")
        #expect(await refusal(record, Command([.remark("c", references: [Reference(4, origin: "")])]))?.code == "record.reference")
        #expect(await refusal(record, Command([.remark("c", references: [Reference(1 << 60, origin: "x")])]))?.code == "record.reference")
        _ = try await record.enter(.remark("d", references: [Reference(9_000, origin: "other.example/record")]))
        #expect(record.size == 4)
    }

    @Test("Nobody enters the record's own kinds by a command")
    func ownKinds() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let drafts: [ActDraft] = [
            ActDraft(RecordOpened(origin: "x", name: [:]), office: "o", author: "a"),
            ActDraft(PayloadErased(entry: 0, ground: "g"), office: "o", author: "a"),
            ActDraft(HistoryLossAccepted(signedSize: nil, signedRoot: nil, ground: "g"), office: "o", author: "a"),
        ]
        for draft in drafts {
            #expect(await refusal(record, Command([draft]))?.code == "record.own-kind")
        }
    }

    @Test("A payload that the statement does not commit to, days outside the calendar and what is too large are refused")
    func malformedDrafts() async throws {
        let folder = TemporaryFolder()
        var configuration = RecordConfiguration.test(folder)
        configuration.payloadLimit = 2_000
        let record = try Record.open(configuration, views: [])
        defer { try? record.close() }
        var draft = ActDraft.remark("a")
        draft.payload = SealedPayload(Remark(text: "b"))
        #expect(await refusal(record, Command([draft]))?.code == "record.commitment")
        draft = .remark("a")
        draft.statement.effective = CalendarDate(dayNumber: 100_000_000)
        #expect(await refusal(record, Command([draft]))?.code == "record.date")
        draft = .remark("a")
        draft.statement.marking = .restricted(
            .init(audience: [], label: "TLP:RED", release: CalendarDate(dayNumber: -100_000_000)))
        #expect(await refusal(record, Command([draft]))?.code == "record.date")
        #expect(await refusal(record, Command([.remark(String(repeating: "x", count: 2_000))]))?.code == "record.payload-too-large")
        draft = .remark("a")
        draft.statement.marking = .restricted(.init(audience: (0..<10_000).map { "office-\($0)" }, label: "TLP:RED"))
        #expect(await refusal(record, Command([draft]))?.code == "record.leaf-too-long")
        #expect(record.size == 1)
    }

    @Test("A rule that writes is refused, and what it wrote is undone")
    func rulesMayNotWrite() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let writing = Command { context in
            try context.database.execute(sql: "INSERT INTO remark (entry, author) VALUES (99, 'x')")
            return [.remark("y")]
        }
        async let refused = refusal(record, writing)
        async let entered = record.enter(.remark("z"))
        #expect(await refused?.code == "record.rule-wrote")
        _ = try await entered
        #expect(try record.readSync { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") } == 1)
        #expect(try record.verify().isSound)
    }

    /// Fails on one text, after it has written.
    struct FailingView: RecordView {
        let name = "test.failing"
        let version = 1

        func createTables(_ database: Database) throws {
            try database.execute(sql: "CREATE TABLE seen (entry INTEGER PRIMARY KEY)")
        }

        func apply(_ entry: Entry, to database: Database) throws {
            try database.execute(sql: "INSERT INTO seen VALUES (?)", arguments: [entry.index])
            guard (try? entry.payload(as: Remark.self))?.text != "poison" else { throw CancellationError() }
        }
    }

    @Test("A view that fails on one act costs that act alone, and leaves no trace of it")
    func failingView() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder, views: [RemarksView(), FailingView()])
        defer { try? record.close() }
        let failures = await withTaskGroup(of: Int.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        _ = try await record.enter(.remark(number % 10 == 0 ? "poison" : "fine", request: "r\(number)"))
                        return 0
                    } catch RecordError.viewFailed(let view, _, _) where view == "test.failing" {
                        return 1
                    } catch {
                        return 1_000
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 10)
        #expect(record.size == 91)
        let counts = try record.readSync { database in
            try ["remark", "seen", "request"].map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") }
        }
        #expect(counts == [90, 91, 90])
        // A request that failed may be sent again.
        _ = try await record.enter(.remark("fine", request: "r0"))
    }

    @Test("Times never run backwards, whatever the clock does")
    func time() async throws {
        let folder = TemporaryFolder()
        let clock = Mutex(Moment(milliseconds: 1_000_000))
        var configuration = RecordConfiguration.test(folder)
        configuration.clock = { clock.withLock { $0 } }
        var record = try Record.open(configuration, views: [])
        _ = try await record.enter(.remark("a"))
        clock.withLock { $0 = Moment(milliseconds: 500) }
        _ = try await record.enter(.remark("b"))
        try record.close()
        record = try Record.open(configuration, views: [])
        defer { try? record.close() }
        _ = try await record.enter(.remark("c"))
        clock.withLock { $0 = Moment(milliseconds: 2_000_000) }
        _ = try await record.enter(.remark("d"))
        let times = try record.entries(from: 0, limit: 9).map(\.header.received.milliseconds)
        #expect(times == [1_000_000, 1_000_000, 1_000_000, 1_000_000, 2_000_000])
    }

    @Test("A command that waits can be cancelled; one whose turn has come is entered and told so")
    func cancellation() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        // The first holds the writer until the second is queued and cancelled.
        let gate = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        let first = Task {
            try await record.enter(
                Command { _ in
                    begun.signal()
                    gate.wait()
                    return [.remark("first")]
                })
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                begun.wait()
                continuation.resume()
            }
        }
        let second = Task { try await record.enter(.remark("second")) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        first.cancel()
        gate.signal()
        #expect(try await first.value.count == 1)
        #expect(record.size == 2)
    }

    @Test("Too many waiting commands are refused, and none is lost")
    func waitingLimit() async throws {
        let folder = TemporaryFolder()
        var configuration = RecordConfiguration.test(folder)
        configuration.waitingLimit = 10
        configuration.batchLimit = 3
        let record = try Record.open(configuration, views: [])
        defer { try? record.close() }
        let (entered, refused) = await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<300 {
                group.addTask {
                    do {
                        _ = try await record.enter(.remark("\(number)"))
                        return true
                    } catch {
                        return (error as? Refusal)?.code == "record.busy" ? false : nil
                    }
                }
            }
            var counts = (0, 0)
            for await outcome in group {
                if outcome == true { counts.0 += 1 }
                if outcome == false { counts.1 += 1 }
            }
            return counts
        }
        #expect(entered + refused == 300)
        #expect(record.size == Int64(entered) + 1)
    }

    @Test("After closing, acts are refused; those that waited are entered")
    func closing() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        let tasks = (0..<50).map { number in Task { try await record.enter(.remark("\(number)")) } }
        try await Task.sleep(for: .milliseconds(1))
        try record.close()
        var entered = 0
        for task in tasks {
            do {
                _ = try await task.value
                entered += 1
            } catch {
                #expect(error as? RecordError == .closed)
            }
        }
        await #expect(throws: RecordError.closed) { try await record.enter(.remark("late")) }
        let again = try Record.test(folder)
        #expect(again.size == Int64(entered) + 1)
        try again.close()
    }
}
