import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Texts
import Web

/// `/conferences/{conference}/records`: records of meetings and reports, made from the acts; read here, issued under a symbol by the
/// secretariat.
struct RecordPages: Sendable {
    let house: House
    let states: RoomStates
    let press: RecordPress

    var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    func addRoutes(to router: Router<Visit>) {
        let records = "/conferences/{conference}/records"
        let meeting = "\(records)/meetings/{body}/{meeting}"
        let report = "\(records)/reports/{report}"
        router.get("\(records)") { _, visit in try await index(visit, refusal: nil) }
        router.post("\(records)/issue") { request, visit in try await issue(request, visit) }
        router.get("\(meeting)") { _, visit in try await show(visit, try await meetingDocument(visit)) }
        router.post("\(meeting)/statements") { request, visit in try await file(request, visit) }
        router.get("\(report)") { _, visit in try await show(visit, try await reportDocument(visit)) }
        for (path, source) in [(meeting, true), (report, false)] {
            router.get("\(path)/record.pdf") { _, visit in
                try await pdf(visit, source ? try await meetingDocument(visit) : try await reportDocument(visit))
            }
            router.get("\(path)/record.akn.xml") { _, visit in
                akn(source ? try await meetingDocument(visit) : try await reportDocument(visit))
            }
        }
    }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("records.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    /// A record as it is shown: its words, where it lies, and what the person may do about it.
    struct Shown: Sendable {
        var document: RecordDocument
        var conference: Conference
        var address: String
        var form: ConferenceRecordIssued.Form
        /// The speeches of one's own delegation, on which a text can be handed in.
        var own: [MeetingRecord.Speech] = []
        var isMeeting = false
    }

    // MARK: Making

    /// A meeting's record as the database has it.
    static func record(
        _ conference: Conference, _ body: String, _ number: Int64, in queries: ConferenceQueries
    ) throws -> (meeting: ConferenceMeeting, record: MeetingRecord)? {
        guard let meeting = try queries.meeting(conference.id, body, number) else { return nil }
        let statements = try AdoptionQueries(database: queries.database).statements(conference.id, body, number)
        return (meeting, MeetingRecord(of: meeting, acts: try queries.acts(conference.id, body, after: -1), statements: statements))
    }

    func writing(
        _ conference: Conference, _ items: [ConferenceQueries.Item], _ form: ConferenceRecordIssued.Form, _ language: Language
    ) -> RecordWriting {
        RecordWriting(
            catalogue: house.catalogue, language: language, conference: conference,
            items: Dictionary(items.map { ($0.number, $0.title) }, uniquingKeysWith: { first, _ in first }), form: form)
    }

    private func meetingDocument(_ visit: Visit) async throws -> Shown {
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        guard let number = Int64(try visit.parameter("meeting")), number > 0 else { throw Self.noMeeting }
        let form = try visit.query.choice("form", of: ConferenceRecordIssued.Form.self) ?? .summary
        let access = house.access
        let (conference, found, items, person) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
            return (
                conference, try Self.record(conference, body, number, in: queries), try queries.items(id, body),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        guard let place = conference.body(body) else { throw ConferenceCommands.unknownBody(body) }
        guard let (meeting, record) = found else { throw Self.noMeeting }
        let standing = RoomPages.standing(of: person, in: conference, place)
        guard RoomPages.mayEnter(standing, meeting) else { throw RoomPages.closed }
        let isVerbatim = form == .verbatim
        let symbol = DocumentSymbol(of: place.symbol, isVerbatim ? .verbatim : .summary, Int(clamping: number))
        let words = writing(conference, items, isVerbatim ? .verbatim : .summary, visit.language)
        var shown = Shown(
            document: words.document(of: record, symbol: symbol?.description ?? place.symbol), conference: conference,
            address: "/conferences/\(id)/records/meetings/\(body)/\(number)", form: isVerbatim ? .verbatim : .summary, isMeeting: true)
        if let actor = standing.delegate?.delegation {
            shown.own = record.passages.compactMap { passage in
                if case .speech(let speech) = passage.event, speech.actor == actor { return speech }
                return nil
            }
        }
        return shown
    }

    /// What reports are made from: of private meetings no more than that they were held.
    static func facts(_ conference: Conference, in queries: ConferenceQueries) throws -> ReportWriting.Facts {
        var items: [String: [ConferenceQueries.Item]] = [:]
        for body in conference.bodies { items[body.id] = try queries.items(conference.id, body.id) }
        let meetings = Array(try queries.meetings(conference.id).reversed())
        let adoption = AdoptionQueries(database: queries.database)
        var records: [MeetingRecord] = []
        for body in conference.bodies {
            let acts = try queries.acts(conference.id, body.id, after: -1)
            for meeting in meetings where meeting.body == body.id && meeting.isPublic {
                records.append(MeetingRecord(of: meeting, acts: acts, statements: []))
            }
        }
        let issued = try adoption.issued(conference.id).filter { $0.act.form == .report || $0.act.form == .credentials }.map(\.act.symbol)
        return ReportWriting.Facts(
            conference: conference, items: items,
            // A report does not count itself among the documents, so that it can be made again.
            documents: try queries.documents(conference.id).filter { !issued.contains($0.symbol) }, meetings: meetings, records: records,
            credentials: try adoption.credentialsReports(conference.id), adopted: try adoption.adopted(conference.id))
    }

    private func reportDocument(_ visit: Visit) async throws -> Shown {
        let id = try visit.parameter("conference")
        guard let form = ConferenceRecordIssued.Form(rawValue: try visit.parameter("report")), form == .report || form == .credentials
        else {
            throw Self.noMeeting
        }
        let (facts, symbol) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
            return (try Self.facts(conference, in: queries), Self.nextGeneral(conference, try queries.symbols(id)))
        }
        return Shown(
            document: document(form, facts, symbol: symbol, visit.language), conference: facts.conference,
            address: "/conferences/\(id)/records/reports/\(form.rawValue)", form: form)
    }

    private func document(
        _ form: ConferenceRecordIssued.Form, _ facts: ReportWriting.Facts, symbol: String, _ language: Language
    ) -> RecordDocument {
        let report = ReportWriting(writing: writing(facts.conference, [], form, language), facts: facts)
        return form == .credentials ? report.credentials(symbol: symbol) : report.report(symbol: symbol)
    }

    /// The next symbol of the conference's general documents: `A/CONF.1/10`.
    static func nextGeneral(_ conference: Conference, _ taken: Set<String>) -> String {
        let numbers = taken.compactMap { symbol -> Int? in
            guard symbol.hasPrefix("\(conference.symbol)/") else { return nil }
            return Int(symbol.dropFirst(conference.symbol.utf8.count + 1))
        }
        return "\(conference.symbol)/\((numbers.max() ?? 0) + 1)"
    }

    static var noMeeting: Refusal {
        Refusal(
            .notFound, code: "conferences.records.none", "There is no such meeting or report.", mend: "Choose one from the list of records."
        )
    }

    // MARK: Files

    private func pdf(_ visit: Visit, _ shown: Shown) async throws -> Response {
        let bytes = try await press.pdf(shown.document)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pdf", .contentLanguage: shown.document.language,
                .contentDisposition: "inline; filename=\"\(shown.document.name)-\(shown.document.language).pdf\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func akn(_ shown: Shown) -> Response {
        Response(
            status: .ok, headers: [.contentType: AkomaNtoso.mediaType, .contentLanguage: shown.document.language],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: shown.document.akomaNtoso)))
    }

    // MARK: Handing in a statement

    private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        guard let number = Int64(try visit.parameter("meeting")), number > 0 else { throw Self.noMeeting }
        let access = house.access
        let fields = form.fields
        let wanted = try fields.required("speech")
        let language = try fields.filled("language", longest: 12) ?? "en"
        guard let words = try fields.filled("text", longest: ConferenceStatementFiled.mostBytes / 4) else { throw Fields.missing("text") }
        _ = try await house.record.enter(
            Command { context in
                guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                let queries = ConferenceQueries(database: context.database)
                guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
                guard let place = conference.body(body) else { throw ConferenceCommands.unknownBody(body) }
                guard let delegate = RoomPages.standing(of: now, in: conference, place).delegate, let actor = delegate.delegation else {
                    throw ConferenceCommands.noDelegation
                }
                guard let (meeting, record) = try Self.record(conference, body, number, in: queries) else { throw Self.noMeeting }
                let isOwn = record.passages.contains { passage in
                    if case .speech(let speech) = passage.event { return speech.request == wanted && speech.actor == actor }
                    return false
                }
                guard isOwn else { throw Self.notSpoken }
                guard TextLanguage(language)?.tag == language else { throw AdoptionReading.unreadable(language) }
                var commands = ConferenceCommands(office: delegate.office, author: now.id, form: form.request)
                commands.marking = Self.marking(of: meeting, place, conference, office: delegate.office)
                let act = ConferenceStatementFiled(
                    session: ConferenceSession(conference: id, body: body, meeting: number), request: wanted, actor: actor,
                    language: language, text: words)
                return [commands.draft(act, in: id)]
            })
        return house.seeOther("/conferences/\(id)/records/meetings/\(body)/\(number)?form=verbatim")
    }

    /// What concerns a private meeting is for who was admitted (GA rules 60, 61).
    static func marking(
        of meeting: ConferenceMeeting, _ body: Conference.Body, _ conference: Conference, office: String
    ) -> Marking {
        guard !meeting.isPublic else { return .public }
        return .restricted(.init(audience: conference.delegations(in: body).compactMap(\.office) + [office], label: "private meeting"))
    }

    static var notSpoken: Refusal {
        Refusal(
            .unlawful, code: "conferences.records.not-spoken", "Your delegation did not have the floor on this request.",
            mend: "Choose one of your delegation's statements at this meeting.")
    }

    // MARK: Issuing

    private func issue(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .conferenceOfficer)
        let form = try await house.form(from: request, visit)
        let id = try visit.parameter("conference")
        do {
            let kind = try form.fields.requiredChoice("form", of: ConferenceRecordIssued.Form.self)
            guard let office = person.offices(as: .conferenceOfficer).first else { throw Access.refusal(of: .conferenceOfficer) }
            let made = try await make(kind, form.fields, id)
            let access = house.access
            let commands = ConferenceCommands(office: office, author: person.id, form: form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .conferenceOfficer, in: office, of: context.database)
                    let queries = ConferenceQueries(database: context.database)
                    guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
                    var act = made.act
                    if act.body.isEmpty {
                        act.body = conference.bodies.first { $0.form == .plenary }?.id ?? conference.bodies.first?.id ?? ""
                    }
                    // Of a private meeting the document has a symbol and no file: the record is read where meetings are entered.
                    let files = made.meeting?.isPublic == false ? [:] : act.pdf.mapValues(\.hexadecimal)
                    let document = ConferenceDocumentIssued(
                        conference: id, body: act.body, symbol: act.symbol, title: made.titles, files: files)
                    var restricted = ConferenceCommands(office: office, author: person.id, form: nil)
                    if let meeting = made.meeting, let body = conference.body(act.body) {
                        restricted.marking = Self.marking(of: meeting, body, conference, office: office)
                    }
                    return try commands.issue(document, in: conference, taken: try queries.symbols(id))
                        + [restricted.draft(act, in: id)]
                })
            return house.seeOther("/conferences/\(id)/records")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await index(visit, refusal: refusal)
        }
    }

    private struct Made: Sendable {
        var act: ConferenceRecordIssued
        var titles: [String: String]
        var meeting: ConferenceMeeting?
    }

    /// Makes the files in every language of the conference that the pages speak, and stores them.
    private func make(_ kind: ConferenceRecordIssued.Form, _ fields: Fields, _ id: String) async throws -> Made {
        let body = try fields.filled("body", longest: 60)
        let number = try fields.integer("meeting", in: 1...100_000)
        let wanted = try fields.filled("symbol", longest: DocumentSymbol.longest)
        let isMeeting = kind == .summary || kind == .verbatim
        let (conference, found, items, facts, next) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            guard let conference = try queries.conference(id) else { throw ConferenceCommands.unknown }
            guard isMeeting else {
                return (
                    conference, nil as (meeting: ConferenceMeeting, record: MeetingRecord)?, [] as [ConferenceQueries.Item],
                    try Self.facts(conference, in: queries) as ReportWriting.Facts?,
                    Self.nextGeneral(conference, try queries.symbols(id))
                )
            }
            guard let body, let number, let found = try Self.record(conference, body, number, in: queries) else { throw Self.noMeeting }
            return (conference, found, try queries.items(id, body), nil, "")
        }
        if let meeting = found?.meeting, meeting.state != .adjourned {
            throw Refusal(
                .conflict, code: "conferences.records.not-adjourned", "The meeting is not adjourned yet.",
                mend: "Issue its record when it is over.", arguments: ["meeting": String(meeting.number)])
        }
        let place = body.flatMap { conference.body($0) }
        let series: DocumentSymbol.Series = kind == .verbatim ? .verbatim : .summary
        let usual =
            isMeeting ? DocumentSymbol(of: place?.symbol ?? conference.symbol, series, Int(clamping: number ?? 1))?.description : next
        let symbol = wanted ?? usual ?? conference.symbol
        var akn: [String: Hash] = [:]
        var pdf: [String: Hash] = [:]
        var titles: [String: String] = [:]
        let spoken = Language.allCases.filter { conference.languages.contains($0.tag) }
        var through: Int64 = 0
        for language in spoken.isEmpty ? [.english] : spoken {
            let document: RecordDocument
            if let record = found?.record {
                document = writing(conference, items, kind, language).document(of: record, symbol: symbol)
                through = record.through
            } else if let facts {
                document = self.document(kind, facts, symbol: symbol, language)
                through = facts.through
            } else {
                continue
            }
            titles[language.tag] = document.subtitle.isEmpty ? document.title : "\(document.title), \(document.subtitle)"
            akn[language.tag] = Hash(try house.record.storeBlob(document.akomaNtoso))
            pdf[language.tag] = Hash(try house.record.storeBlob(try await press.pdf(document)))
        }
        return Made(
            act: ConferenceRecordIssued(
                conference: id, body: body ?? "", meeting: isMeeting ? number : nil, form: kind, symbol: symbol, through: through,
                akomaNtoso: akn, pdf: pdf), titles: titles, meeting: found?.meeting)
    }
}
