import Acts
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Texts
import Web

extension TextPages {
    /// Most bytes of a form with a text in it.
    static let mostBytes = (16 << 20) + (1 << 16)

    // MARK: Tabling

    /// `POST /conferences/{conference}/texts`: a text comes before a body for the first time.
    func table(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        let id = try visit.parameter("conference")
        do {
            let fields = form.fields
            let name = try fields.required("text")
            let (words, inline, sha256) = try words(of: form)
            let access = house.access
            _ = try await house.record.enter(
                Command { context in
                    guard let person = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                    let queries = ConferenceQueries(database: context.database)
                    guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
                    guard try TextQueries(database: context.database).head(id, name) == nil else { throw TextCommands.nameTaken(name) }
                    let body = try fields.filled("body", longest: 60)
                    if let body, conference.body(body) == nil { throw ConferenceCommands.unknownBody(body) }
                    let place = body.flatMap { conference.body($0) } ?? conference.bodies.first { $0.form == .plenary }
                    let standing = Self.standing(of: person, in: conference, place)
                    var sponsors = try TextForms.names(try fields.filled("sponsors", longest: 4_000), in: conference)
                    if sponsors.isEmpty, standing.chair == nil, let own = standing.delegate?.delegation { sponsors = [own.rawValue] }
                    let act = ConferenceTextTabled(
                        conference: id, text: name, version: 1, form: try fields.choice("form") ?? .zeroDraft,
                        title: try Self.titles(fields), language: try fields.filled("language", longest: 40) ?? "en",
                        document: try fields.filled("document", longest: 80), body: place?.id, sha256: sha256, words: inline,
                        sponsors: sponsors)
                    if let symbol = act.document, try !queries.symbols(id).contains(symbol) { throw ConferenceCommands.notASymbol(symbol) }
                    let rules = TextCommands(
                        conference: conference, body: place, negotiation: Negotiation(), chair: standing.chair, delegate: standing.delegate)
                    let actor = try rules.admit(act, words: words, at: context.now)
                    let meeting = try place.flatMap { try queries.lastMeeting(id, $0.id) }
                    return [
                        Self.commands(actor, form, conference, place, meeting, isRestricted: try fields.text("restricted") != nil)
                            .draft(act, in: id)
                    ]
                })
            return house.seeOther("/conferences/\(id)/texts/\(name)")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await list(request, refusal, visit)
        }
    }

    /// A text's words: pasted or a file, in the act itself where they are short, else a blob.
    private func words(of form: Form) throws -> (bytes: [UInt8], inline: String?, sha256: Hash?) {
        var bytes = form.file("file")?.bytes ?? []
        if bytes.isEmpty, let pasted = try form.fields.text("words") {
            // A browser sends every end of a line as CR LF, whatever was pasted.
            bytes = Array(pasted.replacing("\r\n", with: "\n").utf8)
        }
        guard bytes.contains(where: { $0 > 0x20 }) else { throw TextCommands.noWords }
        if bytes.count <= ConferenceTextTabled.mostInlineBytes, let text = String(validating: bytes, as: UTF8.self),
            Array(text.utf8) == bytes
        {
            return (bytes, text, nil)
        }
        // What cannot be read is refused before it is stored.
        do {
            _ = try NegotiatedText(parsing: bytes)
        } catch {
            throw Refusal(
                error.kind == .tooLarge ? .tooLarge : .malformed, code: "conference.text.not-readable", error.reason, mend: error.mend,
                arguments: ["reason": error.reason])
        }
        return (bytes, nil, Hash(try house.record.storeBlob(bytes)))
    }

    private static func titles(_ fields: Fields) throws -> [String: String] {
        var texts: [String: String] = [:]
        for language in Language.allCases {
            let name = language == .english ? "title" : "title-\(language.tag)"
            if let text = try fields.filled(name, longest: ConferenceCommands.mostTitle) { texts[language.tag] = text }
        }
        return texts
    }

    /// What is entered while the body meets behind closed doors, or is tabled for those only who sit in it, is theirs.
    private static func commands(
        _ actor: RoomActor, _ form: Form, _ conference: Conference, _ body: Conference.Body?, _ meeting: ConferenceMeeting?,
        isRestricted: Bool
    ) -> ConferenceCommands {
        var commands = ConferenceCommands(office: actor.office, author: actor.person, form: form.request)
        let isClosed = meeting.map { !$0.isPublic && $0.state != .adjourned } ?? false
        guard isRestricted || isClosed else { return commands }
        let seated = body.map { conference.delegations(in: $0) } ?? conference.delegations
        commands.marking = .restricted(.init(audience: seated.compactMap(\.office) + [actor.office], label: "private meeting"))
        return commands
    }

    // MARK: Acting on a text

    func act(_ action: TextAction, _ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form =
            try await (action == .table ? house.upload(from: request, upTo: Self.mostBytes, visit) : house.form(from: request, visit))
        let (id, name) = (try visit.parameter("conference"), try visit.parameter("text"))
        // So that the rule, at its turn, takes in only what is new.
        _ = try await open(visit)
        do {
            let tabled = action == .table ? try words(of: form) : nil
            let (access, texts, blobs) = (house.access, texts, blobs)
            _ = try await house.record.enter(
                Command { context in
                    guard let person = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                    if let adopted = try AdoptionQueries(database: context.database).adopted(id, name) {
                        throw ConferenceCommands.alreadyAdopted(adopted)
                    }
                    let text = try texts.text(id, name, in: context.database, keeping: false, blobs: blobs)
                    let opened = Opened(text: text, standing: Self.standing(of: person, in: text.conference, text.body))
                    guard Self.mayRead(text.head, text.meeting, opened.standing) else { throw RoomPages.closed }
                    let payloads =
                        try tabled.map { try [Self.next(form.fields, text, $0.inline, $0.sha256, opened)] }
                        ?? TextForms(fields: form.fields, opened: opened, index: context.nextIndex).payloads(action)
                    return try Self.drafts(payloads, words: tabled?.bytes ?? [], form, opened, context)
                })
            return house.seeOther(try Self.back(action, form.fields, "/conferences/\(id)/texts/\(name)"))
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await amendments(request, refusal, visit)
        }
    }

    private static func drafts(
        _ payloads: [any Payload], words: [UInt8], _ form: Form, _ opened: Opened, _ context: RuleContext
    ) throws -> [ActDraft] {
        let text = opened.text
        var negotiation = text.negotiation
        var drafts: [ActDraft] = []
        for (place, payload) in payloads.enumerated() {
            let rules = TextCommands(
                conference: text.conference, body: text.body, negotiation: negotiation, sponsors: text.head.sponsors,
                chair: opened.standing.chair, delegate: opened.standing.delegate)
            let actor = try rules.admit(payload, words: words, at: context.now)
            let commands = commands(
                actor, form, text.conference, text.body, text.meeting, isRestricted: text.head.isRestricted)
            drafts.append(commands.draft(payload, in: text.conference.id))
            guard place + 1 < payloads.count else { break }
            try TextStates.take(
                TextAct(entry: context.nextIndex + Int64(place), payload: payload, received: context.now), into: &negotiation
            ) {
                _ in nil
            }
        }
        return drafts
    }

    /// The next version of a text: what is not said of it anew is as it was.
    private static func next(
        _ fields: Fields, _ text: OpenText, _ inline: String?, _ sha256: Hash?, _ opened: Opened
    ) throws -> ConferenceTextTabled {
        let titles = try titles(fields)
        let sponsors = try TextForms.names(try fields.filled("sponsors", longest: 4_000), in: text.conference)
        return ConferenceTextTabled(
            conference: text.conference.id, text: text.head.text,
            version: try fields.integer("version", in: 1...Int64(Negotiation.mostVersions)) ?? Int64(text.negotiation.versionCount) + 1,
            form: try fields.choice("form") ?? text.head.form, title: titles.isEmpty ? text.head.title : titles,
            language: try fields.filled("language", longest: 40) ?? text.head.language,
            document: try fields.filled("document", longest: 80) ?? text.head.document, body: text.head.body, sha256: sha256, words: inline,
            sponsors: sponsors.isEmpty ? text.head.sponsors : sponsors)
    }

    /// Back to where the form stood: a provision, the amendments, or the text.
    private static func back(_ action: TextAction, _ fields: Fields, _ address: String) throws -> String {
        if let provision = try fields.filled("back", longest: 400) {
            return provision == "amendments" ? "\(address)/amendments" : "\(address)/provisions/\(PercentCoding.encode(provision))"
        }
        return address
    }
}
