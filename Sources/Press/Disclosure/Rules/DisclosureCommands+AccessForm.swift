import Acts
import Disclosure

/// The public form: what it takes, and what becomes of what was asked by it.
extension DisclosureCommands {
    static let shortestRequest = 10
    static let longestRequest = 5_000

    func setLaws(_ laws: [String], form: String?) throws(Refusal) -> [ActDraft] {
        guard laws.allSatisfy({ law.regimes.regimes[$0] != nil }) else { throw Self.unknownLaw }
        return [ActDraft(AccessLawsSet(laws: laws), dossier: Self.dossier, office: office, author: author, request: form)]
    }

    /// Takes what somebody asks. What was asked and who asked are acts of their own, so that either can be erased by itself.
    ///
    /// - Parameter laws: those that the office answers under.
    func ask(
        regime: String, text: String, name: String, address: String, laws: [String], number: Int64, year: Int, form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard laws.contains(regime) else { throw Self.unknownLaw }
        guard text.count >= Self.shortestRequest else {
            throw Refusal(
                .malformed, code: "press.access.too-short", "What is asked for cannot be told from so few words.",
                mend: "Say which documents you ask for: about what, from when, by whom.",
                citation: law.regimes.regimes[regime]?.source)
        }
        let asked = "ask-\(year)-\(number)"
        return [
            own(AccessAsked(asked: asked, regime: regime, text: text), form: form),
            own(AccessRequester(request: asked, contact: "\(name)\n\(address)"), form: form),
        ]
    }

    /// Registers what was asked as a request with its clock. It was received on the day it was asked; its public words are the office's own.
    func accept(_ file: AskedFile, subject: String, number: Int64, today: CalendarDate, form: String?) throws(Refusal) -> [ActDraft] {
        try requireWaiting(file)
        guard let regime = law.regimes.regimes[file.act.regime] else { throw Self.unknownLaw }
        let drafts = try register(
            regime: regime, received: file.at.date, subject: subject, contact: nil, number: number, today: today, form: form)
        let request = "req-\(today.year)-\(number)"
        return drafts + [own(AccessAskedSettled(asked: file.act.asked, request: request, reason: nil), form: form)]
    }

    func decline(_ file: AskedFile, reason: String, form: String?) throws(Refusal) -> [ActDraft] {
        try requireWaiting(file)
        return [own(AccessAskedSettled(asked: file.act.asked, request: nil, reason: reason), form: form)]
    }

    private func requireWaiting(_ file: AskedFile) throws(Refusal) {
        guard file.office == office else { throw Self.unknown }
        guard file.settled == nil else {
            throw Refusal(.conflict, code: "press.access.settled", "Somebody has settled it already.", mend: "Look at the list.")
        }
    }

    static func tooMany(_ seconds: Int) -> Refusal {
        Refusal(
            .tooMany, code: "press.access.too-many", "Too much was asked by this form just now.",
            mend: "Send it again in \(seconds) seconds, or write to the office.", arguments: ["seconds": String(seconds)])
    }
}
