import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// A body's room: what is before it, who speaks and who waits, motions, votes and decisions, and what the person looking at it can do
/// now. One address serves delegates, those who preside, the secretariat, readers and the gallery: what is offered follows from who
/// asks. `/screen` is the same for the wall.
struct RoomPages: Sendable {
    let house: House
    let states: RoomStates
    let rate: DelegationRate
    let texts: TextStates
    let shelf: MarkupShelf
    /// Opens the positions of the visitor's own delegation; `nil`: none are kept here.
    let sealing: PaperSealing?

    /// The same facts for who sits in the room, on the wall, in the gallery, and in an interpreter's booth.
    enum Face: String, CaseIterable, Sendable {
        case room, screen, gallery, interpreter

        var path: String { self == .room ? "" : "/\(rawValue)" }
    }

    private var textPages: TextPages {
        TextPages(house: house, procedures: states.procedures, texts: texts, shelf: shelf, sealing: sealing)
    }
    var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    func addRoutes(to router: Router<Visit>) {
        // The gallery may be thousands, whose pages load themselves anew at every act: theirs is made once.
        for face in Face.allCases {
            router.get("/conferences/{conference}/rooms/{body}\(face.path)") { request, visit in
                try await house.cached(request, visit, dependsOn: try dossier(visit)) { try await room(visit, refusal: nil, face) }
            }
        }
        for action in RoomAction.allCases {
            router.post("/conferences/{conference}/rooms/{body}/\(action.rawValue)") { request, visit in
                try await act(action, request, visit)
            }
        }
    }

    private func dossier(_ visit: Visit) throws -> PageDependency {
        .dossiers([Conference.dossier(try visit.parameter("conference"))])
    }

    // MARK: Who is there

    /// What a person is in a room: presides or serves it, and acts for a delegation, perhaps both.
    struct Standing: Sendable {
        var chair: RoomActor?
        var delegate: RoomActor?
    }

    static func standing(of person: Person?, in conference: Conference, _ body: Conference.Body) -> Standing {
        guard let person else { return Standing() }
        var standing = Standing()
        let seated = Set(conference.delegations(in: body).map(\.actor))
        for appointment in person.appointments where appointment.roles.contains(.delegate) {
            if let delegation = conference.delegation(of: appointment.office), seated.contains(delegation.actor) {
                standing.delegate = RoomActor(office: appointment.office, person: person.id, delegation: delegation.actor)
                break
            }
        }
        if let office = person.offices(as: .conferenceOfficer).first {
            standing.chair = RoomActor(office: office, person: person.id, delegation: nil)
        } else if body.presides(person.id), let office = person.appointments.first?.office {
            standing.chair = RoomActor(office: office, person: person.id, delegation: nil)
        }
        return standing
    }

    /// A closed meeting is for those who sit in the body, preside or serve it (GA rules 60, 61).
    static func mayEnter(_ standing: Standing, _ meeting: ConferenceMeeting?) -> Bool {
        guard let meeting, !meeting.isPublic else { return true }
        return standing.chair != nil || standing.delegate != nil
    }

    static var closed: Refusal {
        Refusal(
            .forbidden, code: "conferences.closed-meeting", "The meeting is private.",
            mend: "Delegations that sit in the body follow it when they are signed in.", citation: "GA rules 60, 61")
    }

    // MARK: Acting

    private func act(_ action: RoomAction, _ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        let isInChair = action.isForChair ? try await presides(person, id, body) : false
        if !isInChair { try rate.admit(person, in: id, at: house.now()) }
        let form = try await house.form(from: request, visit)
        let (access, states, record) = (house.access, states, house.record)
        do {
            _ = try await house.record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database) else {
                        throw Access.refusal(of: .delegate)
                    }
                    let room = try states.room(id, body, in: context.database, keeping: false, committed: record.size)
                    let standing = Self.standing(of: now, in: room.conference, room.body)
                    try Self.checkFresh(action, form.fields, room, context)
                    guard let actor = Self.actor(for: action, standing, form.fields) else {
                        throw action.isForChair ? ConferenceCommands.notPresiding : ConferenceCommands.noDelegation
                    }
                    return try Self.drafts(action, form, actor, room, context)
                })
            return house.seeOther("/conferences/\(id)/rooms/\(body)")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await room(visit, refusal: refusal, .room)
        }
    }

    /// Whether a person presides over a body: what is done in the chair is not counted against the delegation that the person comes from.
    private func presides(_ person: Person, _ id: String, _ body: String) async throws -> Bool {
        let conference = try await house.record.read { try ConferenceQueries(database: $0).conference(id) }
        return conference?.body(body)?.presides(person.id) ?? false
    }

    /// A person who both presides and acts for a delegation says which by the form's field `as`.
    private static func actor(for action: RoomAction, _ standing: Standing, _ fields: Fields) -> RoomActor? {
        if action.isForChair { return standing.chair }
        if action == .speakIn, let chair = standing.chair, fields.texts("desk").first != nil { return chair }
        if action == .present, standing.chair != nil, fields.texts("actor").first != nil { return standing.chair }
        return standing.delegate
    }

    static func drafts(
        _ action: RoomAction, _ form: Form, _ actor: RoomActor, _ room: Room, _ context: RuleContext
    ) throws -> [ActDraft] {
        let forms = RoomForms(fields: form.fields, room: room, actor: actor, index: context.nextIndex, now: context.now)
        return try drafts(of: try forms.payloads(action), by: actor, form: form.request, room, context)
    }

    /// The drafts of acts of the room, each admitted as the meeting stands after the one before.
    static func drafts(
        of payloads: [any Payload], by actor: RoomActor, form: String?, _ room: Room, _ context: RuleContext
    ) throws -> [ActDraft] {
        var commands = ConferenceCommands(office: actor.office, author: actor.person, form: form)
        if let meeting = room.meeting, !meeting.isPublic, meeting.state != .adjourned {
            // What happens behind closed doors is for who was admitted (GA rules 60, 61).
            let offices = room.conference.delegations(in: room.body).compactMap(\.office)
            commands.marking = .restricted(.init(audience: offices + [actor.office], label: "private meeting"))
        }
        let queries = ConferenceQueries(database: context.database)
        var state = room.state
        var drafts: [ActDraft] = []
        for payload in payloads {
            switch payload {
            case let act as ConferenceMeetingChanged:
                if drafts.isEmpty {
                    drafts += try commands.change(act, in: room.conference, last: room.meeting)
                } else {
                    drafts.append(commands.draft(act, in: room.conference.id))
                }
            case let act as ConferenceFocusSet:
                drafts += try commands.focus(
                    act, in: room.conference, last: room.meeting,
                    items: Set(try queries.items(room.conference.id, room.body.id).map(\.number)),
                    documents: try queries.symbols(room.conference.id))
            case let act as ConferencePresenceNoted: drafts += try commands.note(act, in: room.conference, last: room.meeting)
            default:
                try room.engine.admit(payload, state, at: context.now)
                drafts.append(commands.draft(payload, in: room.conference.id))
            }
            state.apply(payload, received: context.now)
        }
        return drafts
    }

    // MARK: The page

    private func room(_ visit: Visit, refusal: Refusal?, _ face: Face) async throws -> Response {
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        let (states, access, texts, blobs) = (states, house.access, texts, textPages.blobs)
        let (room, items, documents, person, text) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            return (
                try states.room(id, body, in: database, keeping: true), try queries.items(id, body), try queries.documents(id),
                try visit.person.flatMap { try access.person($0.id, in: database) },
                try texts.inFocus(id, body, in: database, blobs: blobs)
            )
        }
        let standing = Self.standing(of: person, in: room.conference, room.body)
        guard Self.mayEnter(standing, room.meeting) else { throw Self.closed }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(RoomResource(room: room, answers: room.engine.answers(room.state)).json)
        }
        // The gallery, the booth and the wall show what everybody sees, whoever looks.
        let context = RoomContext(
            pages: pages, room: room, items: items, documents: documents, standing: face == .room ? standing : Standing(), visit: visit)
        let reader = face == .room || room.meeting?.isPublic == false ? standing : Standing()
        var values = context.values
        if let text, TextPages.mayRead(text.head, text.meeting, reader) {
            var focus = RoomText(pages: textPages, text: text, visit: visit)
            if face == .room {
                focus.positions = try await textPages.positions(on: text, of: person, visit)
                focus.positionsAddress = textPages.positionsAddress(on: text, of: person)
            }
            values["focusText"] = focus.values(focus: room.meeting?.provision)
        }
        values["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "conferences/\(face.rawValue)", title: pages.chosen(room.body.name, visit), context: values,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(room.conference.title, visit), pages.address(room.conference)),
            ], section: "/conferences", dossier: room.conference.dossier, alternates: [.json], modules: ["countdown.js"])
        page.address = "/conferences/\(id)/rooms/\(body)\(face.path)"
        page.isCompressible = true
        var response = try house.page(visit, page)
        // With a delegation's own positions on it, it stays in no cache on the way nor in the browser.
        if person != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
