import Acts
import Logging
import Mail
import Record
import ServiceLifecycle
import Web

/// Sends digests, and the messages that ask for an address to be confirmed, for as long as the node runs.
///
/// It keeps nothing but when it tried in vain. Up to where a person has been told is an act; what a crash leaves between the mail server's word
/// and that act is sent once more under the same identifier.
struct DigestDelivery: Service {
    let house: House
    let desk: TreatyDesk
    let sender: any MailSender
    var patience = DeliveryPatience()
    /// How long until the day and the record are looked at again. A machine may sleep over midnight, so midnight is not waited for.
    var interval = Duration.seconds(2)

    /// What was tried in vain in this run of the node, by the message's identifier.
    private struct Attempts {
        var count = 0
        var due: Moment
    }

    func run() async throws {
        var attempts: [String: Attempts] = [:]
        var seen: (size: Int64, day: CalendarDate)?
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let now = (size: house.record.size, day: house.now().date)
            do {
                if seen == nil || seen?.size != now.size || seen?.day != now.day || !attempts.isEmpty {
                    try await pass(&attempts)
                    seen = now
                }
                let interval = interval
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            } catch is CancellationError {
                return
            } catch {
                // A full disk, say: what is due now is due at the next turn too.
                house.logger.error("digests", metadata: ["error": "\(error)"])
                let interval = interval
                do { try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) } } catch { return }
            }
        }
    }

    /// Sends what is due now, once.
    private func pass(_ attempts: inout [String: Attempts]) async throws {
        let open = try await house.record.read { try DigestQueries(database: $0).open() }
        let mail = DigestMail(house: house, sender: sender.sender)
        var outstanding: Set<String> = []
        for (subscription, office) in open {
            try Task.checkCancellation()
            let now = house.now()
            let content: TreatyDigestSent.Content
            let upTo: Int64
            let message: MailMessage?
            if !subscription.isConfirmed {
                guard !subscription.isAskedToConfirm else { continue }
                (content, upTo) = (.confirmation, subscription.entry)
                message = mail.confirmation(subscription, date: now)
            } else {
                let rule = DigestRule(subscription: subscription, today: now.date)
                guard rule.isDue(), let digest = try await DigestComposer(house: house, desk: desk).digest(for: subscription) else {
                    continue
                }
                (content, upTo) = (.digest, digest.upTo)
                message = mail.message(digest, to: subscription, since: rule.firstEntry, date: now)
            }
            guard let message else { continue }
            let tried = attempts[message.identifier] ?? Attempts(due: now)
            outstanding.insert(message.identifier)
            guard tried.due <= now else { continue }
            // Of several processes of the record one sends; longer than the mail server is waited for.
            guard try await house.record.claim("mail.digests", seconds: 600) else { return }
            do {
                let reply = try await sender.send(message)
                let sent = TreatyDigestSent(
                    person: subscription.request.person, request: subscription.entry, content: content, upTo: upTo,
                    message: message.identifier, reply: reply.description)
                try await enter(office, sent.person) { $0.sent(sent, now: $1) }
                outstanding.remove(message.identifier)
            } catch let error as MailError {
                house.logger.notice("digest refused", metadata: ["message": "\(message.identifier)", "reason": "\(error)"])
                if !error.isTemporary, error.stage == .recipient {
                    try await enter(office, subscription.request.person) { $0.end($1, .refused, reply: error.description, form: nil) }
                    outstanding.remove(message.identifier)
                } else {
                    attempts[message.identifier] = Attempts(
                        count: tried.count + 1, due: patience.next(after: tried.count + 1, now: house.now()))
                }
            }
        }
        attempts = attempts.filter { outstanding.contains($0.key) }
    }

    private func enter(
        _ office: String, _ person: String, _ decide: @escaping @Sendable (DigestCommands, DigestSubscription?) throws -> [ActDraft]
    ) async throws {
        let commands = DigestCommands(actors: desk.actors, office: office, author: "node")
        let command = Command { context in try decide(commands, try DigestQueries(database: context.database).subscription(of: person)) }
        let record = house.record
        // A task of its own, which this one waits for: when the node is told to stop, the server's word is still put on record.
        _ = try await Task { try await record.enter(command) }.value
    }
}
