import Acts
import Ledger
import Logging
import Mail
import Record
import Seals
import ServiceLifecycle
import Web

/// Sends notifications to their addressees by electronic mail, for as long as the node runs.
///
/// All it knows is in the record: what was issued less what was delivered. A receipt is an act; until that act is entered the address is
/// outstanding, and once it is, no restart sends to it again. What a crash leaves between the server's word and the act is sent once more under
/// the same identifier, so that the other side can tell it is the same message.
struct NotificationDelivery: Service {
    let house: House
    let actors: ActorTable
    let settings: DepositarySettings
    let sender: any MailSender
    let press: PaperPress
    let seals: SealingOffice?
    var patience = DeliveryPatience()

    /// What was tried in this run of the node. Forgotten with it: then everything outstanding is tried anew.
    private struct Attempts {
        var count = 0
        var due: Moment
        var lastReply: String?
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var attempts: [DepositaryQueries.Outstanding: Attempts] = [:]
            while !Task.isCancelled {
                let position = house.record.size
                let pause: Int64
                do {
                    pause = try await round(&attempts)
                } catch is CancellationError {
                    return
                } catch {
                    house.logger.error("delivery", metadata: ["error": "\(error)"])
                    pause = 30_000
                }
                await wait(past: position, atMost: pause)
            }
        }
    }

    /// Tries everything that is due once.
    /// - Returns: milliseconds until something is due again.
    private func round(_ attempts: inout [DepositaryQueries.Outstanding: Attempts]) async throws -> Int64 {
        let outstanding = try await house.record.read { try DepositaryQueries(database: $0).outstanding(limit: 500) }
        attempts = attempts.filter { outstanding.contains($0.key) }
        var soonest: Int64 = 3_600_000
        for one in outstanding {
            try Task.checkCancellation()
            let now = house.now()
            var tried = attempts[one] ?? Attempts(due: now)
            if patience.isOver(issued: one.issued, now: now), tried.count > 0 {
                try await enter(one, .abandoned, reply: tried.lastReply, message: nil, attempts: tried.count)
                continue
            }
            if tried.due <= now {
                // Longer than the mail server is waited for, so that no other process begins with the same message meanwhile.
                guard try await house.record.claim("mail.notifications", seconds: 600) else { return 5_000 }
                tried.count += 1
                if let reply = try await attempt(one, count: tried.count) {
                    tried.lastReply = reply
                    tried.due = patience.next(after: tried.count, now: house.now())
                    attempts[one] = tried
                } else {
                    attempts[one] = nil
                    continue
                }
            }
            soonest = min(soonest, max(tried.due.milliseconds - house.now().milliseconds, 100))
        }
        return soonest
    }

    /// - Returns: `nil` when it is settled and on record, else why it is to be tried again.
    private func attempt(_ one: DepositaryQueries.Outstanding, count: Int) async throws -> String? {
        let (found, contact) = try await house.record.read { database in
            let queries = DepositaryQueries(database: database)
            return (try queries.notification(entry: one.notification), try queries.contact(of: one.actor))
        }
        guard let notification = found, let address = MailAddress(one.address) else {
            try await enter(one, .refused, reply: "not an address of electronic mail", message: nil, attempts: count)
            return nil
        }
        let mailbox = Mailbox(address, name: contact?.name ?? actors[one.actor]?.name(in: contact?.language ?? "en"))
        let mail = NotificationMail(
            notification: notification, origin: house.configuration.origin.description,
            acknowledgement: NotificationAcknowledgement.address(of: notification, entry: one.notification, to: one.actor, house),
            proof: try? proof(of: one.notification), paper: await paper(of: notification, entry: one.notification))
        let message = mail.message(
            to: mailbox, actor: one.actor, language: contact?.language, from: sender.sender, date: house.now())
        do {
            let reply = try await sender.send(message)
            try await enter(one, .accepted, reply: reply.description, message: message.identifier, attempts: count)
            return nil
        } catch let error as MailError {
            house.logger.notice(
                "delivery refused", metadata: ["number": "\(notification.number)", "actor": "\(one.actor)", "reason": "\(error)"])
            guard !error.isTemporary, error.stage == .recipient || error.stage == .data else { return error.description }
            try await enter(one, .refused, reply: error.description, message: message.identifier, attempts: count)
            return nil
        }
    }

    /// The notification on paper; a missing typeface keeps nobody from being notified.
    private func paper(of notification: TreatyNotificationIssued, entry: Int64) async -> [UInt8]? {
        guard let found = try? house.record.entry(at: entry) else { return nil }
        let settings = settings
        do {
            return try await press.pdf(
                .init(document: notification.number, treaty: notification.treaty, entry: entry), sealedBy: seals,
                reason: "Depositary notification"
            ) {
                DepositaryPapers(settings: settings).notification(
                    notification, issued: found.header.received, digest: found.statement.payloadCommitment)
            }
        } catch {
            house.logger.warning("paper", metadata: ["number": "\(notification.number)", "error": "\(error)"])
            return nil
        }
    }

    private func proof(of entry: Int64) throws -> [UInt8]? {
        guard let found = try house.record.entry(at: entry) else { return nil }
        return try EntryProof(of: found, in: house.record, includesPayload: true).file.bytes
    }

    private func enter(
        _ one: DepositaryQueries.Outstanding, _ outcome: TreatyNotificationDelivered.Outcome, reply: String?, message: String?,
        attempts: Int
    ) async throws {
        let commands = DepositaryCommands(actors: actors, settings: settings, office: "depositary", author: "node")
        let command = Command { context in
            let queries = DepositaryQueries(database: context.database)
            guard let notification = try queries.notification(entry: one.notification) else { return [] }
            let delivery = TreatyNotificationDelivered(
                notification: one.notification, number: notification.number, treaty: notification.treaty, addressee: one.actor,
                address: one.address, outcome: outcome, reply: reply, message: message, attempts: Int64(attempts))
            return commands.deliver(
                delivery, isKnown: try queries.isDelivered(one.notification, to: one.actor, at: one.address), request: nil)
        }
        let record = house.record
        // A task of its own, which this one waits for: when the node is told to stop, a receipt in hand is still put on record.
        _ = try await Task { try await record.enter(command) }.value
    }

    /// Waits for a new entry, or for the time.
    private func wait(past position: Int64, atMost milliseconds: Int64) async {
        let record = house.record
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var entries = record.tail(from: position).makeAsyncIterator()
                while let entry = try? await entries.next(), entry.kind != TreatyNotificationIssued.kind {}
            }
            group.addTask { try? await Task.sleep(for: .milliseconds(milliseconds)) }
            _ = await group.next()
            group.cancelAll()
        }
    }
}
