import Acts
import Foundation

/// Enters what a secretariat and those who preside do about a conference: each rule takes the state and gives the acts, or a
/// refusal that says what stands in the way.
struct ConferenceCommands: Sendable {
    /// The office that acts.
    let office: String
    /// The person who acts for it.
    let author: String
    /// Makes a form good once.
    let form: String?
    /// Who may read what is entered: everybody, but for what happens in a private meeting.
    var marking = Marking.public

    static let mostTitle = 400

    // MARK: The conference and its bodies

    func convene(_ act: ConferenceConvened, existing: Conference?, procedures: Set<String>) throws(Refusal) -> [ActDraft] {
        try Self.checkName(act.conference)
        try Self.checkTexts(act.title)
        guard let symbol = DocumentSymbol(act.symbol), symbol.changes.isEmpty else { throw Self.notASymbol(act.symbol) }
        if let existing, existing.symbol != act.symbol {
            throw Refusal(
                .conflict, code: "conferences.name-taken", "There is a conference '\(act.conference)' already, \(existing.symbol).",
                mend: "Choose another name.", arguments: ["name": act.conference, "symbol": existing.symbol])
        }
        guard TimeZone(identifier: act.zone) != nil else {
            throw Refusal(
                .malformed, code: "conferences.zone", "'\(act.zone)' is not a time zone.",
                mend: "Give its name in the IANA database: Europe/Geneva is not one, Europe/Zurich is.", citation: "RFC 6557",
                arguments: ["zone": act.zone])
        }
        guard procedures.contains(act.procedure) else {
            throw Refusal(
                .malformed, code: "conferences.procedure", "There are no rules of procedure '\(act.procedure)'.",
                mend: "Choose one of the sets that are shipped.", arguments: ["procedure": act.procedure])
        }
        if let closes = act.closes, closes < act.opens {
            throw Refusal(
                .malformed, code: "conferences.dates", "The conference closes before it opens.", mend: "Check the two days.")
        }
        guard !act.languages.isEmpty, act.languages.count <= 12, Set(act.languages).count == act.languages.count,
            act.languages.allSatisfy({ (2...12).contains($0.utf8.count) })
        else {
            throw Refusal(
                .malformed, code: "conferences.languages", "A conference has one to twelve languages, each named once.",
                mend: "Give their tags: en fr es ru zh ar.", citation: "RFC 5646")
        }
        return [draft(act, in: act.conference)]
    }

    func establish(_ act: ConferenceBodyEstablished, in conference: Conference) throws(Refusal) -> [ActDraft] {
        try Self.checkName(act.body)
        try Self.checkTexts(act.name)
        if let part = act.symbol, DocumentSymbol("\(conference.symbol)/\(part)")?.changes.isEmpty != true { throw Self.notASymbol(part) }
        if let parent = act.parent {
            guard conference.body(parent) != nil, parent != act.body else { throw Self.unknownBody(parent) }
        }
        if act.form == .plenary, let other = conference.bodies.first(where: { $0.form == .plenary && $0.id != act.body }) {
            throw Refusal(
                .conflict, code: "conferences.second-plenary", "The conference has a plenary already: '\(other.id)'.",
                mend: "Establish a committee.", arguments: ["body": other.id])
        }
        for member in act.members where conference.delegation(member)?.standing != .participant {
            throw Self.unknownDelegation(member)
        }
        return [draft(act, in: conference.id)]
    }

    func elect(_ act: ConferenceOfficerElected, in conference: Conference, knows person: Bool) throws(Refusal) -> [ActDraft] {
        guard conference.body(act.body) != nil else { throw Self.unknownBody(act.body) }
        if let actor = act.actor, conference.delegation(actor)?.standing != .participant { throw Self.unknownDelegation(actor) }
        guard act.person == nil || person else {
            throw Refusal(
                .malformed, code: "conferences.unknown-person", "This person has no office on the node.",
                mend: "Invite the person first, or leave the field empty.")
        }
        guard act.name.unicodeScalars.count <= 200 else { throw Self.tooLong }
        return [draft(act, in: conference.id)]
    }

    func form(_ act: ConferenceGroupFormed, in conference: Conference) throws(Refusal) -> [ActDraft] {
        try Self.checkName(act.group)
        try Self.checkTexts(act.name)
        for member in act.members where conference.delegation(member) == nil { throw Self.unknownDelegation(member) }
        if let speaker = act.speaker, !act.members.contains(speaker) {
            throw Refusal(
                .unlawful, code: "conferences.speaker-not-member", "Who speaks for a group is one of its members.",
                mend: "Choose a member of the group.")
        }
        return [draft(act, in: conference.id)]
    }

    func register(
        _ act: ConferenceDelegationRegistered, in conference: Conference, actorExists: Bool, offices: [String: ActorCode?]
    ) throws(Refusal) -> [ActDraft] {
        guard actorExists else { throw Self.unknownDelegation(act.actor) }
        if let office = act.office {
            guard let actor = offices[office] else {
                throw Refusal(
                    .malformed, code: "conferences.unknown-office", "There is no office '\(office)' on this node.",
                    mend: "Establish it first.", arguments: ["office": office])
            }
            guard actor == act.actor else {
                throw Refusal(
                    .unlawful, code: "conferences.foreign-office",
                    "The office '\(office)' does not act for this delegation's State or organization.",
                    mend: "Choose the mission of that State.", arguments: ["office": office])
            }
            if let other = conference.delegation(of: office), other.actor != act.actor { throw Self.unknownDelegation(act.actor) }
        }
        guard act.members.allSatisfy({ (1...200).contains($0.name.unicodeScalars.count) && $0.function.unicodeScalars.count <= 200 })
        else { throw Self.tooLong }
        return [draft(act, in: conference.id)]
    }

    func report(_ act: ConferenceCredentialsReported, in conference: Conference) throws(Refusal) -> [ActDraft] {
        guard DocumentSymbol(act.document) != nil else { throw Self.notASymbol(act.document) }
        let all = act.inOrder + act.provisional + act.contested
        for actor in all where conference.delegation(actor)?.standing != .participant { throw Self.unknownDelegation(actor) }
        guard Set(all).count == all.count else {
            throw Refusal(
                .malformed, code: "conferences.credentials-twice", "A delegation stands in the report twice.",
                mend: "Name each under one heading.", citation: "GA rule 28")
        }
        return [draft(act, in: conference.id)]
    }

    // MARK: Agenda and documents

    func adopt(_ act: ConferenceAgendaAdopted, in conference: Conference) throws(Refusal) -> [ActDraft] {
        guard conference.body(act.body) != nil else { throw Self.unknownBody(act.body) }
        guard !act.items.isEmpty, Set(act.items.map(\.number)).count == act.items.count,
            act.items.allSatisfy({ (1...20).contains($0.number.utf8.count) })
        else {
            throw Refusal(
                .malformed, code: "conferences.agenda", "An agenda has items, each under a number of its own.",
                mend: "Write one item to a line: the number, a space, the title.")
        }
        for item in act.items { try Self.checkTexts(item.title) }
        return [draft(act, in: conference.id)]
    }

    /// - Parameter taken: the symbols of the conference's documents.
    func issue(_ act: ConferenceDocumentIssued, in conference: Conference, taken: Set<String>) throws(Refusal) -> [ActDraft] {
        guard conference.body(act.body) != nil else { throw Self.unknownBody(act.body) }
        guard let symbol = DocumentSymbol(act.symbol), act.symbol.hasPrefix("\(conference.symbol)/") else {
            throw Refusal(
                .malformed, code: "conferences.foreign-symbol", "'\(act.symbol)' is not a symbol of this conference.",
                mend: "It begins with \(conference.symbol)/.", arguments: ["symbol": act.symbol, "begins": conference.symbol])
        }
        guard !taken.contains(act.symbol) else {
            throw Refusal(
                .conflict, code: "conferences.symbol-taken", "There is a document \(act.symbol) already.",
                mend: "Issue a revision: \(symbol.next(.revision, after: taken.compactMap { DocumentSymbol($0) })).",
                arguments: [
                    "symbol": act.symbol, "next": symbol.next(.revision, after: taken.compactMap { DocumentSymbol($0) }).description,
                ])
        }
        if let changed = symbol.changed, !taken.contains(changed.description) {
            throw Refusal(
                .conflict, code: "conferences.nothing-changed", "There is no document \(changed) that \(act.symbol) could change.",
                mend: "Issue \(changed) first.", arguments: ["symbol": act.symbol, "changed": changed.description])
        }
        try Self.checkTexts(act.title)
        for sponsor in act.sponsors where !Self.isParty(sponsor, of: conference) { throw Self.unknownSponsor(sponsor) }
        return [draft(act, in: conference.id)]
    }

    // MARK: Meetings

    /// - Parameter last: the body's newest meeting.
    func change(_ act: ConferenceMeetingChanged, in conference: Conference, last: ConferenceMeeting?) throws(Refusal) -> [ActDraft] {
        guard conference.body(act.body) != nil else { throw Self.unknownBody(act.body) }
        let fits =
            switch act.change {
            case .opened: (last == nil || last?.state == .adjourned) && act.meeting == (last?.number ?? 0) + 1
            case .suspended: last?.state == .open && act.meeting == last?.number
            case .resumed: last?.state == .suspended && act.meeting == last?.number
            case .adjourned: last != nil && last?.state != .adjourned && act.meeting == last?.number
            }
        guard fits else {
            let state = last.map { "meeting \($0.number) is \($0.state.rawValue)" } ?? "no meeting was held yet"
            throw Refusal(
                .conflict, code: "conferences.meeting-state", "This cannot be done with meeting \(act.meeting) now: \(state).",
                mend: "Reload the page to see where the meeting stands.", arguments: ["meeting": String(act.meeting)])
        }
        guard act.change != .opened || act.isPublic != nil else {
            throw Refusal(
                .malformed, code: "conferences.open-or-closed", "It is not said whether the meeting is public or private.",
                mend: "Say which.", citation: "GA rules 60, 61")
        }
        return [draft(act, in: conference.id)]
    }

    func focus(
        _ act: ConferenceFocusSet, in conference: Conference, last: ConferenceMeeting?, items: Set<String>, documents: Set<String>
    ) throws(Refusal) -> [ActDraft] {
        try Self.requireOpen(last, act.meeting, body: act.body)
        if let item = act.item, !items.contains(item) {
            throw Refusal(
                .malformed, code: "conferences.unknown-item", "The body's agenda has no item \(item).", mend: "Choose one of its items.",
                arguments: ["item": item])
        }
        if let document = act.document, !documents.contains(document) { throw Self.notASymbol(document) }
        return [draft(act, in: conference.id)]
    }

    func note(_ act: ConferencePresenceNoted, in conference: Conference, last: ConferenceMeeting?) throws(Refusal) -> [ActDraft] {
        try Self.requireOpen(last, act.meeting, body: act.body)
        guard let body = conference.body(act.body), conference.delegations(in: body).contains(where: { $0.actor == act.actor }) else {
            throw Self.unknownDelegation(act.actor)
        }
        guard last?.present.contains(act.actor) != act.isPresent else { return [] }
        return [draft(act, in: conference.id)]
    }

    // MARK: What every act asks

    static func requireOpen(_ meeting: ConferenceMeeting?, _ number: Int64, body: String) throws(Refusal) {
        guard let meeting, meeting.number == number, meeting.state == .open else {
            throw Refusal(
                .conflict, code: "conferences.no-meeting", "Meeting \(number) of this body is not in session.",
                mend: "Wait until it is called to order, or reload the page.", arguments: ["meeting": String(number)])
        }
    }

    static func isParty(_ name: String, of conference: Conference) -> Bool {
        if conference.group(name) != nil { return true }
        guard let code = ActorCode(rawValue: name) else { return false }
        return conference.delegation(code)?.standing == .participant
    }

    static func checkName(_ name: String) throws(Refusal) {
        guard (1...60).contains(name.utf8.count), name.utf8.first != 0x2D,
            name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else {
            throw Refusal(
                .malformed, code: "conferences.name", "'\(name.prefix(60))' cannot stand in an address.",
                mend: "Use lowercase letters, digits and hyphens: committee-1.", arguments: ["name": String(name.prefix(60))])
        }
    }

    static func checkTexts(_ texts: [String: String]) throws(Refusal) {
        guard !texts.isEmpty, texts.values.allSatisfy({ (1...mostTitle).contains($0.unicodeScalars.count) }) else { throw tooLong }
    }

    static var tooLong: Refusal {
        Refusal(
            .malformed, code: "conferences.title", "A title or name is missing, or longer than \(mostTitle) characters.",
            mend: "Give it in one language at least, and shorten it.", arguments: ["most": String(mostTitle)])
    }

    static var unknown: Refusal {
        Refusal(
            .notFound, code: "conferences.unknown", "There is no such conference here.", mend: "Look at the list of conferences.")
    }

    static func unknownBody(_ body: String) -> Refusal {
        Refusal(
            .notFound, code: "conferences.unknown-body", "The conference has no body '\(body)'.", mend: "Choose one of its bodies.",
            arguments: ["body": body])
    }

    static func unknownDelegation(_ actor: ActorCode) -> Refusal {
        Refusal(
            .malformed, code: "conferences.unknown-delegation", "\(actor.rawValue) has no delegation that this concerns.",
            mend: "Register the delegation first, as a participant where it decides.", arguments: ["actor": actor.rawValue])
    }

    static func unknownSponsor(_ name: String) -> Refusal {
        Refusal(
            .malformed, code: "conferences.unknown-sponsor", "'\(name)' is neither a delegation nor a group of this conference.",
            mend: "Give codes of delegations and names of groups.", arguments: ["name": name])
    }

    static func notASymbol(_ text: String) -> Refusal {
        Refusal(
            .malformed, code: "conferences.symbol", "'\(text.prefix(80))' is not the symbol of a document that is there.",
            mend: "Write it as it is printed: A/CONF.1/L.4/Rev.1.", arguments: ["symbol": String(text.prefix(80))])
    }

    func draft(_ payload: some Payload, in conference: String) -> ActDraft {
        ActDraft(payload, dossier: Conference.dossier(conference), office: office, author: author, marking: marking, request: form)
    }
}
