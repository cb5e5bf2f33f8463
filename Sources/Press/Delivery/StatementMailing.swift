import Acts
import Logging
import Mail
import Record
import ServiceLifecycle
import Synchronization
import Web

import class Record.Record

/// Mails statements to those who asked and confirmed, asks those who asked to confirm, and forgets who ended or never confirmed.
///
/// Its state is the record: who is sent what follows from acts, and how far each was sent to is entered as receipts. After a crash some
/// messages may go out once more, under the same identifiers.
final class StatementMailing: Service {
    let house: House
    /// `nil`: nothing is sent, and whoever ended is forgotten all the same.
    let sender: (any MailSender)?
    private let state = Mutex(State())

    private static let pace = Duration.seconds(1)
    private static let workers = 4
    private static let mostReceipts = 200
    /// Longest that something is tried, in milliseconds.
    private static let wholePatience: Int64 = 5 * 86_400_000
    /// Least between two erasures, in milliseconds: the record takes nothing else meanwhile.
    private static let betweenErasures: Int64 = 5_000

    private struct State: Sendable {
        /// The record's length when there was last nothing to send.
        var size: Int64?
        var tries: [String: Try] = [:]
        var receipts: [MailSent.Receipt] = []
        /// How far subscribers were sent to whose receipts are not entered yet.
        var reached: [String: Int64] = [:]
        var erased = Moment(milliseconds: 0)
    }

    private struct Try: Sendable {
        var failures: Int
        var due: Moment
    }

    init(house: House, sender: (any MailSender)?) {
        self.house = house
        self.sender = sender
    }

    func run() async throws {
        await Rounds.keep(Self.pace, logger: house.logger, failure: "statements by mail") {
            try await pass()
            return nil
        }
    }

    /// Does what is due now, once.
    func pass() async throws {
        let now = house.now()
        // Of several processes of the record one sends; longer than the mail server is waited for.
        guard try await house.record.claim("press.mail", seconds: 600) else { return }
        try await forget(now)
        guard let sender else { return }
        let size = house.record.size
        let isDue = state.withLock { state in state.size != size || state.tries.values.contains { $0.due <= now } }
        guard isDue else { return }
        try await ask(now, by: sender)
        try await send(now, by: sender)
        try await enterReceipts(all: true)
        state.withLock { state in
            state.size = size
            // Whatever is still to be done was put off beyond now.
            state.tries = state.tries.filter { $0.value.due > now }
        }
    }

    // MARK: Asking to confirm

    private func ask(_ now: Moment, by sender: any MailSender) async throws {
        let since = now.adding(milliseconds: -MailingCommands.patience)
        let requests = try await house.record.read { try MailingQueries(database: $0).unwritten(since: since, now: now, limit: 100) }
        let mail = StatementMail(house: house, sender: sender.sender)
        var written: [String: Int] = [:]
        for request in requests {
            try Task.checkCancellation()
            // Several of one address in one turn: no more of them than in a day.
            let folded = MailingView.folded(request.address)
            guard written[folded, default: 0] < MailingCommands.mostWritten, isDue("confirm \(request.entry)", now) else { continue }
            written[folded, default: 0] += 1
            guard let message = mail.confirmation(request, date: now) else { continue }
            do {
                _ = try await sender.send(message)
                try await enter { $0.written(request, isTaken: true) }
                state.withLock { $0.tries["confirm \(request.entry)"] = nil }
            } catch let error as MailError {
                note(error)
                if error.isTemporary {
                    postpone("confirm \(request.entry)", now)
                } else {
                    try await enter { $0.written(request, isTaken: false) }
                }
            }
        }
    }

    // MARK: Sending

    private func send(_ now: Moment, by sender: any MailSender) async throws {
        let (subscribers, news) = try await house.record.read { database in
            let queries = MailingQueries(database: database)
            let subscribers = try queries.subscribers()
            guard let least = subscribers.map(\.upTo).min() else { return (subscribers, [StatementNews]()) }
            return (subscribers, try queries.news(after: least))
        }
        guard !news.isEmpty else { return }
        let reached = state.withLock { $0.reached }
        let due = subscribers.filter { subscriber in
            let upTo = max(subscriber.upTo, reached[subscriber.request.subscriber] ?? 0)
            return isDue(subscriber.request.subscriber, now) && news.contains { $0.entry > upTo && subscriber.wants($0.office) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var waiting = due[...]
            func begin(_ group: inout ThrowingTaskGroup<Void, any Error>) {
                guard let subscriber = waiting.popFirst() else { return }
                group.addTask { try await self.serve(subscriber, news, now, by: sender) }
            }
            for _ in 0..<Self.workers { begin(&group) }
            while try await group.next() != nil {
                try await self.enterReceipts(all: false)
                begin(&group)
            }
        }
    }

    /// Everything that one subscriber lacks, in the record's order.
    private func serve(
        _ subscriber: MailSubscriber, _ news: [StatementNews], _ now: Moment, by sender: any MailSender
    ) async throws {
        let reader = subscriber.request.subscriber
        let mail = StatementMail(house: house, sender: sender.sender)
        let upTo = max(subscriber.upTo, state.withLock { $0.reached[reader] } ?? 0)
        for one in news where one.entry > upTo && subscriber.wants(one.office) {
            let statement = try await house.record.read {
                try PressQueries(database: $0).statement(one.statement, version: one.version)
            }
            // Whoever ended in the meantime is sent nothing more.
            guard try await house.record.read({ try MailingQueries(database: $0).subscriber(reader) }) != nil else { return }
            guard let statement, let message = mail.message(statement, one, to: subscriber) else { continue }
            do {
                _ = try await sender.send(message)
                reach(reader, one.entry, .taken)
            } catch {
                note(error)
                if !error.isTemporary, error.stage == .recipient {
                    try await enter { $0.end(reader, isOpen: true, .refused, form: nil) }
                    return
                }
                if !error.isTemporary {
                    reach(reader, one.entry, .refused)
                } else if now.milliseconds - one.at.milliseconds > Self.wholePatience {
                    reach(reader, one.entry, .dropped)
                } else {
                    // What comes after it waits with it: a correction never overtakes what it corrects.
                    return postpone(reader, now)
                }
            }
        }
        state.withLock { $0.tries[reader] = nil }
    }

    private func reach(_ reader: String, _ entry: Int64, _ outcome: MailSent.Outcome) {
        state.withLock { state in
            state.reached[reader] = entry
            state.receipts.append(MailSent.Receipt(subscriber: reader, upTo: entry, outcome: outcome))
        }
    }

    private func isDue(_ name: String, _ now: Moment) -> Bool { state.withLock { ($0.tries[name]?.due).map { $0 <= now } ?? true } }

    private func postpone(_ name: String, _ now: Moment) {
        state.withLock { state in
            let failures = (state.tries[name]?.failures ?? 0) + 1
            state.tries[name] = Try(failures: failures, due: DeliveryPause.mail.next(after: failures, now: now))
        }
    }

    /// Why a server took nothing, without whom it was for.
    private func note(_ error: MailError) {
        house.logger.notice(
            "mail to a subscriber was not taken", metadata: ["stage": "\(error.stage.rawValue)", "code": "\(error.reply?.code ?? 0)"])
    }

    // MARK: What is entered

    private func enterReceipts(all: Bool) async throws {
        let receipts = state.withLock { state -> [MailSent.Receipt] in
            guard all || state.receipts.count >= Self.mostReceipts else { return [] }
            defer { state.receipts = [] }
            return state.receipts
        }
        guard !receipts.isEmpty else { return }
        try await enter { $0.sent(receipts) }
        state.withLock { state in
            for receipt in receipts where (state.reached[receipt.subscriber] ?? 0) <= receipt.upTo {
                state.reached[receipt.subscriber] = nil
            }
        }
    }

    private func enter(_ decide: @escaping @Sendable (MailingCommands) -> [ActDraft]) async throws {
        let (record, access) = (house.record, house.access)
        let command = Command { context in
            guard let office = try access.offices(in: context.database).first else { return [] }
            return decide(MailingCommands(office: office.id, author: "node"))
        }
        // A task of its own, which this one waits for: when the node is told to stop, the server's word is still put on record.
        _ = try await Task { try await record.enter(command) }.value
    }

    /// Erases the addresses of who ended and of who did not confirm in time.
    private func forget(_ now: Moment) async throws {
        let before = now.adding(milliseconds: -MailingCommands.patience)
        guard now.milliseconds - state.withLock({ $0.erased }).milliseconds >= Self.betweenErasures else { return }
        let access = house.access
        let (entries, office) = try await house.record.read { database in
            (
                try MailingQueries(database: database).forgettable(before: before, limit: 200),
                try access.offices(in: database).first?.id
            )
        }
        guard !entries.isEmpty, let office else { return }
        state.withLock { $0.erased = now }
        _ = try await house.record.erase(
            entries: entries, ground: "GDPR, article 17(1)", office: office, author: "node", isHeldByForgettingViewsOnly: true)
    }
}
