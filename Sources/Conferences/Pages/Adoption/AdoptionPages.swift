import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Texts
import Web

/// `/conferences/{conference}/adoption`: the legal scrub of a text, its languages, and its adoption.
struct AdoptionPages: Sendable {
    let house: House
    let states: RoomStates
    let texts: TextStates

    /// Most bytes of a form with a text in one language.
    static let mostBytes = TextLimits.bytes + (64 << 10)

    var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    func addRoutes(to router: Router<Visit>) {
        let text = "/conferences/{conference}/adoption/{text}"
        router.get("/conferences/{conference}/adoption") { _, visit in try await list(visit) }
        router.get("\(text)") { _, visit in try await page(visit, refusal: nil) }
        router.get("\(text)/languages/{language}") { _, visit in try await language(visit, refusal: nil) }
        router.get("\(text)/languages/{language}/text.akn.xml") { _, visit in try await file(visit) }
        router.post("\(text)/prepare") { request, visit in try await take(request, visit, prepare) }
        router.post("\(text)/waive") { request, visit in try await take(request, visit, waive) }
        router.post("\(text)/derive") { request, visit in try await take(request, visit, derive) }
        router.post("\(text)/languages") { request, visit in try await upload(request, visit) }
        router.post("\(text)/confirm") { request, visit in try await take(request, visit, confirm) }
        router.post("\(text)/propose") { request, visit in try await take(request, visit, propose) }
        router.post("\(text)/adopt") { request, visit in try await take(request, visit, adopt) }
        router.post("\(text)/follow") { request, visit in try await take(request, visit, follow) }
    }

    func words(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("adoption.\(key)", arguments, visit)
    }

    func words(_ key: String, _ visit: Visit) -> String { words(key, [:], visit) }

    /// What a person is to a text: of the secretariat, presiding, or a delegate.
    struct Part: Sendable {
        var officer: String?
        var chair: RoomActor?
        var delegate: RoomActor?
        var mayWork: Bool { officer != nil || chair != nil || delegate != nil }
    }

    static func part(of person: Person?, _ reading: AdoptionReading) -> Part {
        guard let person else { return Part() }
        var part = Part(officer: person.offices(as: .conferenceOfficer).first)
        if let body = reading.open.body {
            let standing = RoomPages.standing(of: person, in: reading.conference, body)
            part.chair = standing.chair
            part.delegate = standing.delegate
        }
        return part
    }

    /// A text that is being adopted is for everybody whom it is for; what was adopted is for everybody.
    static func requireReader(_ reading: AdoptionReading, _ part: Part) throws {
        guard reading.file.adopted == nil, part.officer == nil else { return }
        let standing = RoomPages.Standing(chair: part.chair, delegate: part.delegate)
        guard TextPages.mayRead(reading.head, reading.open.meeting, standing) else { throw RoomPages.closed }
    }

    /// A text as a page shows it, and what the person looking at it is to it.
    func reading(_ visit: Visit) async throws -> (AdoptionReading, Part) {
        let (conference, text) = (try visit.parameter("conference"), try visit.parameter("text"))
        let (texts, record, access) = (texts, house.record, house.access)
        let (reading, person) = try await record.read { database in
            (
                try AdoptionReading(
                    conference, text, texts, in: database, keeping: true, blobs: { try record.blob(sha256: $0) }),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        let part = Self.part(of: person, reading)
        try Self.requireReader(reading, part)
        return (reading, part)
    }

    func address(_ reading: AdoptionReading) -> String {
        "/conferences/\(reading.conference.id)/adoption/\(reading.head.text)"
    }

    // MARK: Entering

    /// What a form enters: it reads the state anew, in its turn.
    typealias Rule = @Sendable (Form, AdoptionReading, Part, Person, RuleContext) throws -> [ActDraft]

    func take(_ request: Request, _ visit: Visit, _ rule: @escaping Rule) async throws -> Response {
        _ = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        return try await enter(form, request, visit, rule)
    }

    func enter(_ form: Form, _ request: Request, _ visit: Visit, _ rule: @escaping Rule) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let (conference, text) = (try visit.parameter("conference"), try visit.parameter("text"))
        let (access, texts, record) = (house.access, texts, house.record)
        do {
            _ = try await record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                    let reading = try AdoptionReading(
                        conference, text, texts, in: context.database, keeping: false, blobs: { try record.blob(sha256: $0) })
                    return try rule(form, reading, Self.part(of: now, reading), now, context)
                })
            let back = try form.fields.filled("back", longest: 20) == "language" ? try form.fields.filled("language", longest: 12) : nil
            return house.seeOther("/conferences/\(conference)/adoption/\(text)" + (back.map { "/languages/\($0)" } ?? ""))
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await page(visit, refusal: refusal)
        }
    }

    /// What is done about a text that only some may read is for them too; its adoption is for everybody.
    static func commands(_ office: String, _ person: Person, _ form: Form, _ reading: AdoptionReading) -> ConferenceCommands {
        var commands = ConferenceCommands(office: office, author: person.id, form: form.request)
        guard reading.head.isRestricted, reading.file.adopted == nil else { return commands }
        let seated = reading.open.body.map { reading.conference.delegations(in: $0) } ?? reading.conference.delegations
        commands.marking = .restricted(.init(audience: seated.compactMap(\.office) + [office], label: "private meeting"))
        return commands
    }

    static func officer(_ part: Part) throws -> String {
        guard let office = part.officer else { throw Access.refusal(of: .conferenceOfficer) }
        return office
    }

    private var prepare: Rule {
        { form, reading, part, person, _ in
            let tags = (try form.fields.filled("languages", longest: 200) ?? reading.conference.languages.joined(separator: " "))
                .split { $0.isWhitespace || $0 == "," }.map(String.init)
            guard (1...ConferenceAdoptionPrepared.mostLanguages).contains(tags.count), Set(tags).count == tags.count else {
                throw Fields.missing("languages")
            }
            let act = ConferenceAdoptionPrepared(
                conference: reading.conference.id, text: reading.head.text, version: reading.state.version, languages: tags)
            return try Self.commands(try Self.officer(part), person, form, reading).prepare(act, in: reading.conference, reading.state)
        }
    }

    private var waive: Rule {
        { form, reading, part, person, _ in
            let act = ConferenceScrubFindingWaived(
                conference: reading.conference.id, text: reading.head.text, version: reading.version,
                finding: try form.fields.filled("finding", longest: 800) ?? "",
                reason: try form.fields.filled("reason", longest: ConferenceCommands.mostReason) ?? "")
            return try Self.commands(try Self.officer(part), person, form, reading).waive(
                act, in: reading.conference, reading.state, findings: Set(try reading.findings().map(\.id)))
        }
    }

    /// The text in the language of negotiation, from the negotiated text itself.
    private var derive: Rule {
        let record = house.record
        return { form, reading, part, person, _ in
            let office = try Self.officer(part)
            let text = try reading.instrument()
            let act = try Self.version(of: text, reading, record, source: nil)
            return try Self.commands(office, person, form, reading).enter(act, in: reading.conference, reading.state)
        }
    }

    /// Stores the canonical bytes, which change nothing until an act names them.
    static func version(
        of text: InstrumentText, _ reading: AdoptionReading, _ record: Record, source: Hash?
    ) throws -> ConferenceLanguageVersionEntered {
        guard let hash = Hash(try record.storeBlob(AkomaNtoso.bytes(of: text))) else { throw AdoptionReading.unreadable("SHA-256") }
        return ConferenceLanguageVersionEntered(
            conference: reading.conference.id, text: reading.head.text, version: reading.version, language: text.language.tag, sha256: hash,
            provisions: Int64(text.places.count), source: source)
    }

    private func upload(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .conferenceOfficer)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        let record = house.record
        return try await enter(form, request, visit) { form, reading, part, person, _ in
            let office = try Self.officer(part)
            let sent = form.file("file")?.bytes ?? []
            let bytes = sent.isEmpty ? Array((try form.fields.text("words") ?? "").utf8) : sent
            guard bytes.contains(where: { $0 > 0x20 }) else { throw Fields.missing("file") }
            let text = try reading.read(
                bytes, in: try form.fields.required("language"), title: try form.fields.filled("title", longest: 1_000),
                reference: try? reading.instrument())
            let act = try Self.version(of: text, reading, record, source: Hash(try record.storeBlob(bytes)))
            return try Self.commands(office, person, form, reading).enter(act, in: reading.conference, reading.state)
        }
    }

    /// The bytes of a language as they stand.
    static func text(_ version: AdoptionFile.LanguageVersion, _ record: Record) throws -> InstrumentText {
        guard let bytes = try record.blob(sha256: Array(version.act.sha256.bytes)) else { throw AdoptionReading.unreadable("blob") }
        do { return try AkomaNtoso.read(bytes) } catch { throw AdoptionReading.unreadable("\(error)") }
    }

    private var confirm: Rule {
        let record = house.record
        return { form, reading, part, person, _ in
            let fields = form.fields
            let capacity = try fields.requiredChoice("capacity", of: ConferenceLanguageVersionConfirmed.Capacity.self)
            let office =
                switch capacity {
                case .languageOfficer: try Self.officer(part)
                case .reader: part.delegate?.office ?? part.officer
                }
            guard let office else { throw ConferenceCommands.noDelegation }
            guard let hash = Hash(hexadecimal: try fields.required("sha256").lowercased()) else { throw Fields.missing("sha256") }
            let act = ConferenceLanguageVersionConfirmed(
                conference: reading.conference.id, text: reading.head.text, language: try fields.required("language"), sha256: hash,
                capacity: capacity, reason: try fields.filled("reason", longest: ConferenceCommands.mostReason))
            var differences = 0
            if let version = reading.file.versions[act.language], let reference = try? reading.instrument() {
                differences = reading.differences(try Self.text(version, record), from: reference).count
            }
            return try Self.commands(office, person, form, reading).confirm(
                act, in: reading.conference, reading.state, differences: differences)
        }
    }

    /// A delegation puts the version before the body, so that it can be decided on in the room.
    private var propose: Rule {
        let states = states
        return { form, reading, part, person, context in
            try ConferenceCommands.requireNotAdopted(reading.state)
            guard let body = reading.open.body, let delegate = part.delegate, let actor = delegate.delegation else {
                throw ConferenceCommands.noDelegation
            }
            let room = try states.room(reading.conference.id, body.id, in: context.database, keeping: false)
            let act = ConferenceProposalSubmitted(
                session: room.state.session, proposal: reading.state.proposal(version: reading.version), sponsors: [actor],
                item: room.state.item, question: reading.head.text, matter: try form.fields.filled("matter", longest: 60),
                circulated: reading.state.moment)
            try room.engine.admit(act, room.state, at: context.now)
            var commands = Self.commands(delegate.office, person, form, reading)
            if let meeting = room.meeting, meeting.state != .adjourned, !meeting.isPublic {
                commands.marking = RecordPages.marking(of: meeting, body, reading.conference, office: delegate.office)
            }
            return [commands.draft(act, in: reading.conference.id)]
        }
    }

    private var adopt: Rule {
        { form, reading, part, person, context in
            guard let body = reading.open.body, let chair = part.chair else { throw ConferenceCommands.notPresiding }
            let fields = form.fields
            let wanted = try fields.required("decision")
            let decision = try AdoptionQueries(database: context.database).decisions(reading.conference.id, body.id).first {
                $0.opened.decision == wanted
            }
            guard let set = Hash(hexadecimal: try fields.required("textSet").lowercased()) else { throw Fields.missing("textSet") }
            let rule = try fields.requiredChoice("rule", of: TreatyAdopted.Rule.self)
            let act = ConferenceTextAdopted(
                conference: reading.conference.id, text: reading.head.text, version: reading.version, title: reading.head.title,
                date: (decision?.moment ?? context.now).date, place: try fields.filled("place", longest: 200) ?? reading.conference.place,
                body: body.id, bodyName: body.name["en"] ?? body.name.min { $0.key < $1.key }?.value ?? body.id,
                meeting: decision?.closed.session.meeting ?? 0, decision: wanted, decisionEntry: decision?.entry ?? -1,
                rule: rule, ownRule: rule == .ownRule ? try fields.filled("ownRule", longest: 300) : nil, votes: decision?.votes,
                languages: reading.file.prepared?.languages ?? [], texts: reading.file.confirmedTexts, textSet: set,
                later: fields.texts("later").filter { !$0.isEmpty }, note: try fields.filled("note", longest: ConferenceCommands.mostReason)
            )
            return try ConferenceCommands(office: chair.office, author: person.id, form: form.request).adopt(
                act, in: reading.conference, reading.state, open: reading.standing(try reading.findings()).count, decision: decision)
        }
    }

    // MARK: A language as a file

    private func file(_ visit: Visit) async throws -> Response {
        let (reading, _) = try await reading(visit)
        let tag = try visit.parameter("language")
        guard let hash = reading.file.versions[tag]?.act.sha256, let bytes = try house.record.blob(sha256: Array(hash.bytes)) else {
            throw Self.noLanguage(tag)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: AkomaNtoso.mediaType, .contentLanguage: tag,
                .contentDisposition: "inline; filename=\"\(reading.head.text)-\(tag).akn.xml\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func noLanguage(_ tag: String) -> Refusal {
        Refusal(
            .notFound, code: "conferences.adoption.no-language", "The text is not entered in this language.",
            mend: "Choose one of the languages on the text's page.", arguments: ["language": String(tag.prefix(12))])
    }
}
