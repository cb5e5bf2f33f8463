import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `…/rooms/{body}/ballots/{decision}`: a secret ballot, of an election or of any other decision. The chair opens it, opens the box and
/// has it counted; a delegation has its paper signed in its own name, and puts it into the box in nobody's. The box is for everybody.
struct BallotPages: Sendable {
    let house: House
    let states: RoomStates
    let keys: BallotKeys
    let rate: DelegationRate

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }
    /// Most candidates of an election.
    private static let mostCandidates = 200

    func addRoutes(to router: Router<Visit>) {
        let room = "/conferences/{conference}/rooms/{body}"
        let ballot = "\(room)/ballots/{decision}"
        router.post("\(room)/elections") { request, visit in try await open(request, visit, isElection: true) }
        router.post("\(room)/ballots") { request, visit in try await open(request, visit, isElection: false) }
        router.get("\(ballot)") { _, visit in try await show(visit, refusal: nil) }
        router.post("\(ballot)/paper") { request, visit in try await sign(request, visit) }
        router.post("\(ballot)/open") { request, visit in try await chair(request, visit, openBox) }
        router.post("\(ballot)/box") { request, visit in try await cast(request, visit) }
        router.post("\(ballot)/count") { request, visit in try await chair(request, visit, count) }
    }

    private struct Place: Sendable {
        let conference: String
        let body: String
        let decision: String
        var address: String { "/conferences/\(conference)/rooms/\(body)/ballots/\(decision)" }

        init(_ visit: Visit) throws {
            conference = try visit.parameter("conference")
            body = try visit.parameter("body")
            decision = try visit.parameter("decision")
        }
    }

    // MARK: The chair's part

    /// Opens a secret ballot with a key made for it alone. What is refused leaves no key behind.
    private func open(_ request: Request, _ visit: Visit, isElection: Bool) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        let (access, states) = (house.access, states)
        let isUncontested = try isElection && form.fields.text("uncontested") != nil
        let key = isUncontested ? nil : try await keys.make()
        do {
            let entries = try await house.record.enter(
                Command { context in
                    let (room, actor) = try Self.chaired(person, access, states, id, body, context)
                    let act =
                        isElection
                        ? try Self.election(form.fields, room, context.nextIndex, key: key?.published)
                        : try Self.vote(form.fields, room, context.nextIndex, key: key?.published)
                    return try RoomPages.drafts(of: [act], by: actor, form: form.request, room, context)
                })
            let decision = "d\(entries.first?.index ?? 0)"
            let room = "/conferences/\(id)/rooms/\(body)"
            return house.seeOther(isUncontested ? room : "\(room)/ballots/\(decision)")
        } catch {
            if let key { await keys.destroy(key.published) }
            throw error
        }
    }

    private static func chaired(
        _ person: Person, _ access: Access, _ states: RoomStates, _ conference: String, _ body: String, _ context: RuleContext
    ) throws -> (Room, RoomActor) {
        guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
        let room = try states.room(conference, body, in: context.database, keeping: false)
        guard let chair = RoomPages.standing(of: now, in: room.conference, room.body).chair else { throw ConferenceCommands.notPresiding }
        return (room, chair)
    }

    private static func election(_ fields: Fields, _ room: Room, _ index: Int64, key: String?) throws -> ConferenceDecisionOpened {
        _ = try fields.required("concerns")
        let lines = (try fields.filled("candidates", longest: RoomForms.longest) ?? "").split(whereSeparator: \.isNewline)
        // A State is named by its code, so that its name can be shown in every language.
        let names = lines.prefix(mostCandidates + 1).map { line in
            let text = line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            return ActorCode(rawValue: text.uppercased()).flatMap { room.state.seat($0) }?.actor.rawValue ?? text
        }.filter { !$0.isEmpty }
        let candidates = names.removingRepeats
        let places = try fields.integer("places", in: 1...100) ?? 1
        guard !candidates.isEmpty, candidates.count <= mostCandidates, candidates.allSatisfy({ $0.unicodeScalars.count <= 200 }) else {
            throw ConferenceCommands.candidates
        }
        let requirement = room.engine.requirement(.election, nil, room.state)
        return ConferenceDecisionOpened(
            session: room.state.session, decision: "d\(index)", subject: .election,
            concerns: try fields.filled("concerns", longest: 200), matter: requirement.matter, method: key == nil ? .consensus : .secret,
            majority: requirement.majority.name,
            rule: key == nil ? room.engine.rules.elections.uncontestedRule : requirement.rule, candidates: candidates, places: places,
            ballotKey: key)
    }

    private static func vote(_ fields: Fields, _ room: Room, _ index: Int64, key: String?) throws -> ConferenceDecisionOpened {
        guard let question = room.question(named: try fields.filled("concerns", longest: 40)) else { throw ConferenceCommands.nothingToPut }
        return ConferenceDecisionOpened(
            session: room.state.session, decision: "d\(index)", subject: question.subject, concerns: question.concerns,
            parts: question.parts, matter: question.requirement.matter, method: .secret, majority: question.requirement.majority.name,
            rule: question.requirement.rule, repeats: question.repeats, ballotKey: key)
    }

    /// What the chair does with a ballot that is open, from its page.
    private func chair(
        _ request: Request, _ visit: Visit, _ act: (Place, Person, Form) async throws -> Void
    ) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let place = try Place(visit)
        do {
            try await act(place, person, form)
            return house.seeOther(place.address)
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await show(visit, refusal: refusal)
        }
    }

    /// From now on nothing is signed: the key is destroyed as soon as the record says so.
    private func openBox(_ place: Place, _ person: Person, _ form: Form) async throws {
        let (access, states) = (house.access, states)
        let published = try await house.record.read { database in
            try states.room(place.conference, place.body, in: database, keeping: true).state.decision(place.decision)?.ballotKey
        }
        _ = try await house.record.enter(
            Command { context in
                let (room, actor) = try Self.chaired(person, access, states, place.conference, place.body, context)
                let act = ConferenceBallotBoxOpened(session: room.state.session, decision: place.decision)
                return try RoomPages.drafts(of: [act], by: actor, form: form.request, room, context)
            })
        if let published { await keys.destroy(published) }
    }

    /// Counts a round of an election. Lots are those the chair drew in the room, or else the box draws them; the next round has its own key.
    private func count(_ place: Place, _ person: Person, _ form: Form) async throws {
        let (access, states) = (house.access, states)
        let drawn = (try form.fields.filled("lots", longest: RoomForms.longest) ?? "").split(whereSeparator: \.isNewline).map {
            $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        let key = try await keys.make()
        do {
            let entries = try await house.record.enter(
                Command { context in
                    let (room, actor) = try Self.chaired(person, access, states, place.conference, place.body, context)
                    guard let decision = room.state.decision(place.decision), let election = room.engine.election(decision) else {
                        throw ProcedureFault.unknown.refusal(nil, ["name": place.decision])
                    }
                    guard decision.isBoxOpen else { throw ProcedureFault.boxClosed.refusal(room.engine.rules.elections.rule) }
                    let count =
                        drawn.isEmpty
                        ? BoxLots(decision.ballots).count(
                            election, session: room.state.session, decision: place.decision, ballotKey: key.published)
                        : election.count(
                            decision.ballots.map(\.choices), lots: drawn, session: room.state.session, decision: place.decision,
                            ballotKey: key.published)
                    guard case .settled(let round) = count else { throw ConferenceCommands.lots(count) }
                    return try RoomPages.drafts(of: [round], by: actor, form: form.request, room, context)
                })
            let round = try entries.first?.payload(as: ConferenceElectionRoundClosed.self)
            if round?.ballotKey != key.published { await keys.destroy(key.published) }
        } catch {
            await keys.destroy(key.published)
            throw error
        }
    }

    // MARK: A delegation's part

    /// Signs a paper the node cannot read, for the delegation that asks, once.
    private func sign(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        try rate.admit(person, in: try visit.parameter("conference"), at: house.now())
        let form = try await house.form(from: request, visit)
        let place = try Place(visit)
        do {
            _ = try form.fields.required("blinded")
            let blinded = try Self.hidden(try form.fields.filled("blinded", longest: 2_000) ?? "")
            let signature = try await signed(blinded, place, person, form)
            guard visit.wantsProblems else { return house.seeOther(place.address) }
            return house.json(["signature": .string(signature)], status: .created)
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await show(visit, refusal: refusal)
        }
    }

    /// What `chancery votes paper` prints, `{"blinded":"…"}`, or the base64 alone.
    private static func hidden(_ text: String) throws -> String {
        let text = text.filter { !$0.isWhitespace }
        guard text.hasPrefix("{") else { return text }
        guard let json = try? JSONParser.parse(Array(text.utf8)), let blinded = json["blinded"]?.string else {
            throw ConferenceCommands.paper
        }
        return blinded
    }

    private func signed(_ blinded: String, _ place: Place, _ person: Person, _ form: Form) async throws -> String {
        let (access, states) = (house.access, states)
        let published = try await house.record.read { database in
            try states.room(place.conference, place.body, in: database, keeping: true).state.decision(place.decision)
                .flatMap { $0.isBoxOpen ? nil : $0.ballotKey }
        }
        // Whether the delegation may have one signed is the rule's to say; what was signed leaves the node only with the act.
        var key: BallotKey?
        if let published { key = try await keys.key(published) }
        let signature: String
        do { signature = try key?.sign(blinded) ?? "" } catch { throw ConferenceCommands.paper }
        _ = try await house.record.enter(
            Command { context in
                guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                let room = try states.room(place.conference, place.body, in: context.database, keeping: false)
                guard let delegate = RoomPages.standing(of: now, in: room.conference, room.body).delegate, let own = delegate.delegation
                else { throw ConferenceCommands.noDelegation }
                let act = ConferenceBallotTokenIssued(
                    session: room.state.session, decision: place.decision, actor: own, blinded: blinded, signature: signature)
                let drafts = try RoomPages.drafts(of: [act], by: delegate, form: form.request, room, context)
                guard !signature.isEmpty, room.state.decision(place.decision)?.ballotKey == published else {
                    throw ConferenceCommands.ballotKeyGone
                }
                return drafts
            })
        return signature
    }

    /// Puts a paper into the box: from anybody, since nothing but the paper's own signature speaks for it. Who sends it is not looked at, no
    /// session is read, and the act is entered by the office that opened the ballot.
    private func cast(_ request: Request, _ visit: Visit) async throws -> Response {
        let place = try Place(visit)
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        do {
            let json: JSON
            if isForm {
                let fields = try await house.openForm(from: request)
                _ = try fields.required("ballot")
                let text = try fields.filled("ballot", longest: RoomForms.longest) ?? ""
                guard let parsed = try? JSONParser.parse(Array(text.utf8), limits: .init(bytes: 64 << 10, depth: 4)) else {
                    throw ConferenceCommands.paper
                }
                json = parsed
            } else {
                json = try await house.jsonBody(of: request, limits: .init(bytes: 64 << 10, depth: 4))
            }
            guard let nonce = json["nonce"]?.string, let signature = json["signature"]?.string, let choices = json["choices"]?.array
            else { throw ConferenceCommands.paper }
            try await put(nonce, choices.compactMap(\.string), signature, place)
        } catch let refusal as Refusal where isForm && !visit.wantsProblems {
            return try await show(visit, refusal: refusal)
        }
        return isForm ? house.seeOther(place.address) : house.json(["entered": true], status: .created)
    }

    private func put(_ nonce: String, _ choices: [String], _ signature: String, _ place: Place) async throws {
        let states = states
        _ = try await house.record.enter(
            Command { context in
                let room = try states.room(place.conference, place.body, in: context.database, keeping: false)
                guard let office = try BallotQueries(database: context.database).office(place.conference, place.body, place.decision) else {
                    throw ProcedureFault.unknown.refusal(nil, ["name": place.decision])
                }
                let act = ConferenceBallotCast(
                    session: room.state.session, decision: place.decision, nonce: nonce, choices: choices, signature: signature)
                let box = RoomActor(office: office, person: "node", delegation: nil)
                return try RoomPages.drafts(of: [act], by: box, form: nil, room, context)
            })
    }

    // MARK: The page

    private func show(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let place = try Place(visit)
        let (states, access) = (states, house.access)
        let (room, rounds, person) = try await house.record.read { database in
            (
                try states.room(place.conference, place.body, in: database, keeping: true),
                try BallotQueries(database: database).rounds(place.conference, place.body, place.decision),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        let standing = RoomPages.standing(of: person, in: room.conference, room.body)
        guard RoomPages.mayEnter(standing, room.meeting) else { throw RoomPages.closed }
        guard let decision = room.state.decision(place.decision), decision.opened.method == .secret, !rounds.isEmpty else {
            throw ConferenceCommands.unknownBallot
        }
        let context = BallotContext(
            pages: pages, room: room, decision: decision, rounds: rounds, standing: standing, address: place.address, visit: visit)
        if try visit.representation(of: [.html, .json]) == .json { return house.json(context.json) }
        var values = context.values
        values["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "conferences/ballot", title: pages.text("ballot.title", visit), context: values,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(room.conference.title, visit), pages.address(room.conference)),
                Breadcrumb(pages.chosen(room.body.name, visit), "\(pages.address(room.conference))/rooms/\(room.body.id)"),
            ], section: "/conferences", dossier: room.conference.dossier, alternates: [.json], modules: ["ballot.js"])
        page.address = place.address
        return try house.page(visit, page)
    }
}

extension ConferenceCommands {
    static var candidates: Refusal {
        Refusal(
            .malformed, code: "conferences.candidates", "An election has one to 200 candidates, each in a line of at most 200 characters.",
            mend: "Write one candidate to a line: a State's code, or a name.")
    }

    static var paper: Refusal {
        Refusal(
            .malformed, code: "conferences.paper", "This is no paper of a secret ballot.",
            mend: "Give what your own machine made, whole: the hidden paper to be signed, the ballot for the box.", citation: "RFC 9474")
    }

    static var ballotKeyGone: Refusal {
        Refusal(
            .unavailable, code: "conferences.ballot-key-gone", "The key of this ballot is not kept here, or not any more.",
            mend: "Where the node runs as several processes, ask the one that opened the ballot; if the key is lost, hold the ballot anew.")
    }

    static var unknownBallot: Refusal {
        Refusal(
            .notFound, code: "conferences.unknown-ballot", "There is no such secret ballot in this body.",
            mend: "Look at the decisions in the body's room.")
    }

    /// Among whom lots still have to be drawn.
    static func lots(_ count: Election.Count) -> Refusal {
        var names = ""
        var number = 1
        if case .lots(let among, let drawn) = count { (names, number) = (among.joined(separator: ", "), drawn) }
        return Refusal(
            .conflict, code: "conferences.lots", "Lots decide here: \(number) of these: \(names).",
            mend: "Draw them in the room and enter who was drawn, each on a line; or leave the field empty, and the box draws.",
            citation: "GA rules 93, 94", arguments: ["number": String(number), "names": names])
    }
}
