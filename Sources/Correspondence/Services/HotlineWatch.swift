import Acts
import Federation
import Logging
import Mail
import Record
import ServiceLifecycle

import class Record.Record

/// Climbs the ladder of calls that nobody answers, and tests lines when their check is due.
///
/// It keeps nothing but which mail it tries in this run: what was done is in the record.
struct HotlineWatch: Service {
    let record: Record
    let sealing: LetterSealing
    let book: any AddressBook
    let mail: (any MailSender)?
    /// The message that a call waits, in a language by its tag; `nil`: the node's first.
    let words: @Sendable (_ language: String?) -> Words
    let logger: Logger
    let now: @Sendable () -> Moment

    /// A message in one language.
    struct Words: Sendable {
        /// The language's tag.
        let language: String
        let subject: String
        let text: String
    }

    private static let interval = Duration.seconds(1)

    /// The messages of steps: four times in all, after 5, 10 and 20 seconds.
    private let tries = SendingTries<String> { $0 < 4 ? 5_000 << Int64($0 - 1) : nil }

    private static func key(_ call: HotlineCall, _ place: Int64) -> String { "\(call.entry) \(place)" }

    func run() async throws {
        await withDiscardingTaskGroup { group in
            await Rounds.keep(Self.interval, logger: logger, failure: "hotline") {
                try await look(&group)
                return nil
            }
            group.cancelAll()
        }
    }

    /// Does what is due now, once, and waits until it is done.
    func pass() async throws {
        let failure = await withDiscardingTaskGroup { group -> (any Error)? in
            do { try await look(&group) } catch { return error }
            return nil
        }
        if let failure { throw failure }
    }

    /// Does what is due now; what a mail server may keep waiting goes on beside it, so that it holds up no other step.
    private func look(_ group: inout DiscardingTaskGroup) async throws {
        // Of several processes of the record one climbs the ladder; longer than the mail server is waited for.
        guard try await record.claim("hotline", seconds: 600) else { return }
        let now = now()
        let node = sealing.node
        let (calls, lines) = try await record.read { database in
            let queries = HotlineQueries(database: database)
            return (try queries.unanswered(), try queries.lines())
        }
        for call in calls where call.to.node == node {
            guard let line = lines.first(where: { $0.office == call.to.description && $0.peer == call.from.description }) else {
                continue
            }
            for (place, step) in HotlineRule.due(call, ladder: line.ladder, now: now) {
                guard step.means == .mail else {
                    try await take(place, step, of: call, reply: nil)
                    continue
                }
                guard tries.begin(Self.key(call, place), at: now) else { continue }
                group.addTask { await deliver(place, step, of: call) }
            }
        }
        for line in lines { try await check(line, now: now) }
    }

    /// Sends a step's message, and enters the step with the server's word; what the server refuses for now is tried again soon.
    private func deliver(_ place: Int64, _ step: HotlineStep, of call: HotlineCall) async {
        let reply: String
        do throws(MailError) {
            reply = try await send(call, to: step)
        } catch {
            if error.isTemporary, tries.mayRepeat(Self.key(call, place), after: nil, at: now()) {
                logger.warning("the hotline's mail is tried again", metadata: ["call": "\(call.entry)", "reason": "\(error)"])
                return
            }
            reply = error.description
        }
        do {
            try await take(place, step, of: call, reply: reply)
        } catch {
            logger.error("hotline", metadata: ["error": "\(error)"])
        }
        tries.end(Self.key(call, place))
    }

    private func take(_ place: Int64, _ step: HotlineStep, of call: HotlineCall, reply: String?) async throws {
        let act = HotlineEscalated(entry: call.entry, step: place, means: step.means, to: step.to, reply: reply)
        let rule = HotlineRule(node: sealing.node, office: call.to.office, author: "node")
        _ = try await record.enter(
            Command { context in
                guard let call = try HotlineQueries(database: context.database).call(call.entry) else { return [] }
                return rule.escalated(act, of: call)
            })
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
    private func send(_ call: HotlineCall, to step: HotlineStep) async throws(MailError) -> String {
        guard let mail, let address = MailAddress(step.to) else { return "no mail server" }
        let words = words(step.language)
        let message = MailMessage(
            identifier: "hotline.\(call.entry)", from: mail.sender, to: [Mailbox(address)], subject: words.subject, date: now(),
            text: words.text, language: words.language)
        return try await mail.send(message).description
    }
}
