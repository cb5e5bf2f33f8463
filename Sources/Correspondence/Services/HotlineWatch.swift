import Acts
import Federation
import Logging
import Mail
import Record
import ServiceLifecycle

import class Record.Record

/// Climbs the ladder of calls that nobody answers, and tests lines when their check is due.
///
/// It keeps nothing but which mail it tried in this run: what was done is in the record.
struct HotlineWatch: Service {
    let record: Record
    let sealing: LetterSealing
    let book: any AddressBook
    let mail: (any MailSender)?
    /// Where the hotline's page is.
    let address: String
    let logger: Logger
    let now: @Sendable () -> Moment

    private static let interval = Duration.seconds(5)

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await pass()
            } catch is CancellationError {
                return
            } catch {
                logger.error("hotline", metadata: ["error": "\(error)"])
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            } catch {
                return
            }
        }
    }

    /// Does what is due now, once.
    func pass() async throws {
        // Of several processes of the record one climbs the ladder; longer than the mail server is waited for.
        guard try await record.claim("hotline", seconds: 600) else { return }
        let now = now()
        let node = sealing.node
        let (calls, lines) = try await record.read { database in
            let queries = HotlineQueries(database: database)
            return (try queries.unanswered(), try queries.lines())
        }
        for call in calls where call.to.node == node {
            guard let line = lines.first(where: { $0.office == call.to.description && $0.peer == call.from.description }) else { continue }
            for (place, step) in HotlineRule.due(call, ladder: line.ladder, now: now) {
                var reply: String?
                if step.means == .mail { reply = await send(call, to: step.to, now: now) }
                let act = HotlineEscalated(entry: call.entry, step: place, means: step.means, to: step.to, reply: reply)
                let rule = HotlineRule(node: node, office: call.to.office, author: "node")
                _ = try await record.enter(
                    Command { context in
                        guard let call = try HotlineQueries(database: context.database).call(call.entry) else { return [] }
                        return rule.escalated(act, of: call)
                    })
            }
        }
        for line in lines { try await check(line, now: now) }
    }

    private func check(_ line: HotlineSet, now: Moment) async throws {
        guard let office = SealingParty(line.office), let peer = SealingParty(line.peer), office.node == sealing.node else { return }
        let last = try await record.read { try HotlineQueries(database: $0).lastCheck(of: line) }
        guard HotlineRule.isCheckDue(line, last: last, now: now) else { return }
        let book = book
        let known = try await record.read { try book.addressees(in: $0) }
        let sealed = try sealing.seal([], purpose: LetterSealing.call, from: office.office, to: [peer], of: known)
        let rule = HotlineRule(node: sealing.node, office: office.office, author: "node")
        _ = try await record.enter(
            Command { context in
                let last = try HotlineQueries(database: context.database).lastCheck(of: line)
                guard HotlineRule.isCheckDue(line, last: last, now: context.now) else { return [] }
                return try rule.call(to: peer, minutes: line.minutes, isCheck: true, content: sealed.json, form: nil)
            })
    }

    /// Says that a call waits, and where; never from whom or why.
    /// - Returns: the server's word.
    private func send(_ call: HotlineCall, to recipient: String, now: Moment) async -> String {
        guard let mail, let address = MailAddress(recipient) else { return "no mail server" }
        let message = MailMessage(
            identifier: "hotline.\(call.entry)", from: mail.sender, to: [Mailbox(address)], subject: "A call waits", date: now,
            text: "A call waits at \(self.address)\n", language: "en")
        do {
            return try await mail.send(message).description
        } catch {
            return error.description
        }
    }
}
