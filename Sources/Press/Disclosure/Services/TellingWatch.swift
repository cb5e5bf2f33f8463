import Acts
import Logging
import Mail
import Record
import ServiceLifecycle
import Web

import class Record.Record

/// Tells people of alerts by e-mail and in their browsers. Who was told is in the record; which message is on its way, in this process alone.
struct TellingWatch: Service {
    let record: Record
    let access: Access
    /// `nil`: no mail is sent.
    let mail: (any MailSender)?
    /// `nil`: no browser is told.
    let push: PushSender?
    /// What is said of an alert, in a language by its tag.
    let words: @Sendable (_ alert: AlertRaised, _ names: Bool, _ language: String) -> Words
    let law: DisclosureLaw
    let logger: Logger
    let now: @Sendable () -> Moment

    /// A message in one language.
    struct Words: Sendable {
        /// The language's tag.
        let language: String
        let subject: String
        let text: String
        let address: String
    }

    private static let pace = Duration.milliseconds(500)
    private let tries = SendingTries<String>(pause: AlertTelling.pause)

    func run() async throws {
        await withDiscardingTaskGroup { group in
            await Rounds.keep(Self.pace, logger: logger, failure: "telling of alerts") {
                try await look(&group)
                return nil
            }
            group.cancelAll()
        }
        await push?.close()
    }

    /// What a server may keep waiting goes on beside it.
    private func look(_ group: inout DiscardingTaskGroup) async throws {
        // Longer than a mail server is waited for.
        guard try await record.claim("press.telling", seconds: 600) else { return }
        let now = now()
        let access = access
        let (mails, pushes) = try await record.read { database in
            let queries = AlertQueries(database: database)
            let pushes = try queries.duePush(at: now).filter { due in
                try access.person(due.person, in: database)?.appointments.contains { $0.office == due.office } ?? false
            }
            return (try queries.dueMail(at: now), pushes)
        }
        if mail != nil {
            for due in mails where tries.begin("\(due.alert.alert) \(due.address)", at: now) { group.addTask { await send(due) } }
        }
        if push != nil {
            for due in pushes where tries.begin("\(due.alert.alert) \(due.subscription.entry)", at: now) {
                group.addTask { await send(due) }
            }
        }
    }

    private func send(_ due: AlertQueries.DueTelling) async {
        let key = "\(due.alert.alert) \(due.address)"
        guard let mail, let address = MailAddress(due.address) else {
            return await enter(due.alert, .mail, to: due.address, office: due.office, isTaken: false, "the address is none", key: key)
        }
        let words = words(due.alert, AlertTelling.names(due.alert, officeNamesTitles: due.namesTitles), due.language)
        let message = MailMessage(
            identifier: "alert.\(due.alert.alert).\(due.address)", from: mail.sender, to: [Mailbox(address)], subject: words.subject,
            date: now(), text: words.text, language: words.language)
        do throws(MailError) {
            let reply = try await mail.send(message).description
            await enter(due.alert, .mail, to: due.address, office: due.office, isTaken: true, reply, key: key)
        } catch {
            if error.isTemporary, tries.mayRepeat(key, after: nil, at: now()) { return }
            await enter(due.alert, .mail, to: due.address, office: due.office, isTaken: false, error.description, key: key)
        }
    }

    private func send(_ due: AlertQueries.DuePush) async {
        let (key, target) = ("\(due.alert.alert) \(due.subscription.entry)", String(due.subscription.entry))
        guard let push else { return }
        let words = words(due.alert, AlertTelling.names(due.alert, officeNamesTitles: due.namesTitles), due.subscription.act.language)
        let message: JSON = [
            "title": .string(words.subject), "body": "", "url": .string(words.address), "tag": .string(due.alert.alert),
            "lang": .string(words.language),
        ]
        switch await push.send(message, to: due.subscription.act, at: now()) {
        case .taken(let reply): await enter(due.alert, .push, to: target, office: due.office, isTaken: true, reply, key: key)
        case .refused(let reply): await enter(due.alert, .push, to: target, office: due.office, isTaken: false, reply, key: key)
        case .failed(let reply, let after):
            if tries.mayRepeat(key, after: after, at: now()) { return }
            await enter(due.alert, .push, to: target, office: due.office, isTaken: false, reply, key: key)
        case .gone(let reply):
            await enter(
                due.alert, .push, to: target, office: due.office, isTaken: false, reply, key: key, ending: due.subscription.entry)
        }
    }

    private func enter(
        _ alert: AlertRaised, _ means: AlertTold.Means, to target: String, office: String, isTaken: Bool, _ reply: String, key: String,
        ending subscription: Int64? = nil
    ) async {
        let commands = DisclosureCommands(office: office, author: "node", law: law)
        let act = AlertTold(alert: alert.alert, means: means, to: target, isTaken: isTaken, reply: String(reply.prefix(300)))
        do {
            _ = try await record.enter(
                Command { context in
                    guard try !AlertQueries(database: context.database).isTold(act.alert, means, target) else { return [] }
                    let ended = subscription.map { [commands.own(PushEnded(subscription: $0, reason: .gone), form: nil)] } ?? []
                    return [commands.own(act, form: nil)] + ended
                })
            tries.end(key)
        } catch {
            logger.error("telling of alerts", metadata: ["error": "\(error)"])
            _ = tries.mayRepeat(key, after: nil, at: now())
        }
    }
}
