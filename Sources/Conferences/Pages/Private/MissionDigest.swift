import Acts
import Record
import Texts
import Web

/// What a small mission must know of a conference: what changed since a person last looked, what is due, and what wants an instruction.
struct MissionDigest: Sendable {
    /// What happened to one thing since then: one line of the digest.
    struct Change: Hashable, Sendable {
        var topic: NewsTopic
        /// The text, decision, silence, symbol or body.
        var thing: String
        var title: String
        /// How often which kind of act was entered, the most frequent first.
        var acts: [Count]
        /// Names of provisions that were touched, outcomes.
        var details: [String]
        /// Where it is read, from the node's root.
        var path: String
        var last: Moment
    }

    struct Count: Hashable, Sendable {
        var kind: ActKind
        var count: Int
    }

    /// Something that waits for a day, a meeting or the delegation.
    struct Due: Hashable, Sendable {
        enum Kind: String, Hashable, Sendable, CaseIterable {
            case silence
            case meeting
            case planned
            case speakers
            case vote
            case proposal
            case credentials
        }

        var kind: Kind
        var text: String
        /// When; `nil`: now.
        var at: Moment?
        var path: String
    }

    /// The provisions of one text that want an instruction.
    struct Wanted: Hashable, Sendable {
        var text: String
        var title: String
        var path: String
        var needs: [InstructionNeed]
    }

    /// When the person last said that they had seen everything; `nil`: never.
    var since: Moment?
    /// The first entry this digest does not tell of.
    var upTo: Int64
    var changes: [Change]
    var due: [Due]
    var wanted: [Wanted]
    /// Papers of the delegation and its groups that were kept since then.
    var papers: Int

    var needCount: Int { wanted.reduce(0) { $0 + $1.needs.count } }
}

/// Gathers a digest. Every act is asked of `Access` as the person's own reading of it would be.
struct MissionDigestComposer: Sendable {
    let house: House
    let states: RoomStates
    let texts: TextStates
    /// `nil`: no private papers are kept here, and nothing is said of instructions.
    let sealing: PaperSealing?

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    /// For the page of a person.
    func digest(for visitor: PaperKeeping.Visitor, _ person: Person, _ language: Language) async throws -> MissionDigest {
        let (conference, standing) = (visitor.conference, visitor.standing)
        let size = house.record.size
        let (seen, kept) = try await house.record.read { database in
            let queries = PaperQueries(database: database)
            let seen = try queries.seen(conference.id, by: standing.person)
            return (seen, try queries.keptSince(conference.id, of: standing.holders.map(\.id), entry: seen?.upTo ?? 0))
        }
        return MissionDigest(
            since: seen?.at, upTo: size,
            changes: try await changes(of: conference, for: person, from: seen?.upTo ?? 0, before: size, language),
            due: try await due(in: conference, for: standing.actor, language), wanted: try await wanted(visitor, language), papers: kept)
    }

    // MARK: What changed

    /// - Parameter isPublicOnly: whether only what everybody may read is told, as in a mail.
    func changes(
        of conference: Conference, for person: Person, from first: Int64, before end: Int64, _ language: Language,
        isPublicOnly: Bool = false
    ) async throws -> [MissionDigest.Change] {
        let (news, titles) = try await house.record.read { database in
            let heads = try TextQueries(database: database).heads(conference.id)
            return (
                try NewsQueries(database: database).news(of: conference.id, from: first, before: end),
                Dictionary(heads.map { ($0.text, $0.title) }, uniquingKeysWith: { first, _ in first })
            )
        }
        let today = house.now().date
        var changes: [String: MissionDigest.Change] = [:]
        for item in news {
            guard isPublicOnly ? item.marking.isPublic(on: today) : house.access.mayRead(item.marking, as: person, on: today) else {
                continue
            }
            let key = "\(item.topic.rawValue)/\(item.thing)"
            var change =
                changes[key]
                ?? MissionDigest.Change(
                    topic: item.topic, thing: item.thing, title: title(item, titles, conference, language), acts: [], details: [],
                    path: path(item, conference), last: item.received)
            if let place = change.acts.firstIndex(where: { $0.kind == item.kind }) {
                change.acts[place].count += 1
            } else {
                change.acts.append(.init(kind: item.kind, count: 1))
            }
            if item.topic == .texts, !item.detail.isEmpty, !change.details.contains(item.detail) { change.details.append(item.detail) }
            change.last = item.received
            changes[key] = change
        }
        let order = Dictionary(uniqueKeysWithValues: NewsTopic.allCases.enumerated().map { ($1, $0) })
        return changes.values.sorted { left, right in
            (order[left.topic] ?? 0, right.last, left.thing) < (order[right.topic] ?? 0, left.last, right.thing)
        }
    }

    private func title(
        _ item: ConferenceNewsItem, _ titles: [String: [String: String]], _ conference: Conference, _ language: Language
    ) -> String {
        switch item.topic {
        case .texts: titles[item.thing].map { Self.chosen($0, language) } ?? item.thing
        case .decisions: item.detail.isEmpty ? item.thing : "\(item.thing) (\(item.detail))"
        case .silences: item.detail.isEmpty ? item.thing : item.detail
        case .documents: item.thing
        case .meetings, .conference:
            conference.body(item.thing).map { Self.chosen($0.name, language) } ?? Self.chosen(conference.title, language)
        }
    }

    static func chosen(_ texts: [String: String], _ language: Language) -> String {
        texts[language.tag] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
    }

    private func path(_ item: ConferenceNewsItem, _ conference: Conference) -> String {
        let address = pages.address(conference)
        switch item.topic {
        case .texts: return "\(address)/texts/\(item.thing)"
        case .silences: return "\(address)/silences"
        case .documents: return pages.address(item.thing, in: conference)
        case .meetings: return conference.body(item.thing) == nil ? address : "\(address)/rooms/\(item.thing)"
        case .decisions: return "/record/acts/\(item.entry)"
        case .conference: return address
        }
    }

    // MARK: What is due

    func due(in conference: Conference, for actor: ActorCode, _ language: Language) async throws -> [MissionDigest.Due] {
        let (states, now) = (states, house.now())
        let bodies = conference.bodies.filter { body in conference.delegations(in: body).contains { $0.actor == actor } }
        let (silences, plans, rooms) = try await house.record.read { database in
            (
                try SilenceQueries(database: database).silences(of: conference.id).filter { $0.silence.ended == nil },
                try NewsQueries(database: database).plans(of: conference.id, from: now).filter { !$0.isCancelled },
                try bodies.map { try states.room(conference.id, $0.id, in: database, keeping: true) }
            )
        }
        let address = pages.address(conference)
        var due = silences.map { kept in
            MissionDigest.Due(
                kind: .silence, text: words("due.silence", ["concerns": .text(kept.silence.begun.concerns)], language),
                at: kept.silence.deadline, path: "\(address)/silences")
        }
        due += plans.map { plan in
            MissionDigest.Due(
                kind: .planned,
                text: words(
                    "due.planned",
                    [
                        "body": .text(conference.body(plan.body).map { Self.chosen($0.name, language) } ?? plan.body),
                        "place": .text(plan.place), "about": .text(plan.about),
                    ], language), at: plan.begins, path: "\(address)/programme")
        }
        for room in rooms { due += self.due(in: room, for: actor, language) }
        if conference.delegation(actor)?.credentials == .awaited {
            due.append(.init(kind: .credentials, text: words("due.credentials", [:], language), at: nil, path: "\(address)/delegations"))
        }
        // What is now first, then by its day.
        return due.enumerated().sorted { left, right in
            (left.element.at?.milliseconds ?? 0, left.offset) < (right.element.at?.milliseconds ?? 0, right.offset)
        }.map(\.element)
    }

    /// What waits in one room: the meeting itself, our place among the speakers, a vote we have not cast, proposals before it.
    private func due(in room: Room, for actor: ActorCode, _ language: Language) -> [MissionDigest.Due] {
        guard let meeting = room.meeting, meeting.state != .adjourned else { return [] }
        let path = "\(pages.address(room.conference))/rooms/\(room.body.id)"
        let body = TextArgument.text(Self.chosen(room.body.name, language))
        var due = [
            MissionDigest.Due(
                kind: .meeting,
                text: words(
                    meeting.state == .open ? "due.meeting" : "due.meeting.suspended", ["body": body, "number": .number(meeting.number)],
                    language), at: nil, path: path)
        ]
        if let place = room.engine.speakers(room.state).firstIndex(where: { $0.actor == actor }) {
            due.append(
                .init(
                    kind: .speakers, text: words("due.speakers", ["body": body, "count": .number(Int64(place))], language), at: nil,
                    path: path))
        }
        if let open = room.state.openDecision, open.opened.method != .consensus, open.votes[actor] == nil,
            room.state.seat(actor)?.rank.isObserver == false
        {
            due.append(
                .init(
                    kind: .vote, text: words("due.vote", ["body": body, "name": .text(open.opened.concerns ?? "")], language), at: nil,
                    path: path))
        }
        let pending = room.state.proposals.count { $0.fate == .pending }
        if pending > 0 {
            due.append(
                .init(
                    kind: .proposal, text: words("due.proposals", ["body": body, "count": .number(Int64(pending))], language), at: nil,
                    path: path))
        }
        return due
    }

    // MARK: What wants an instruction

    private func wanted(_ visitor: PaperKeeping.Visitor, _ language: Language) async throws -> [MissionDigest.Wanted] {
        guard let sealing else { return [] }
        let (conference, texts, record) = (visitor.conference, texts, house.record)
        let opened = try await house.record.read { database in
            try TextQueries(database: database).heads(conference.id)
                .map { head in
                    try texts.open(head, in: conference, database, keeping: true) { try record.blob(sha256: $0) }
                }
                .filter { PositionPages.mayRead($0, visitor.standing.actor) }
        }
        let keeping = PaperKeeping(house: house, sealing: sealing)
        let positions = try await keeping.positions(of: visitor.standing, in: conference)
        return opened.compactMap { open in
            let needs = PositionPages.needs(open, positions[open.head.text] ?? [:])
            guard !needs.isEmpty else { return nil }
            return MissionDigest.Wanted(
                text: open.head.text, title: Self.chosen(open.head.title, language),
                path: "\(pages.address(conference))/positions/\(open.head.text)", needs: needs)
        }
    }

    private func words(_ key: String, _ arguments: [String: TextArgument], _ language: Language) -> String {
        house.catalogue.text("conferences.digest.\(key)", arguments, language)
    }
}
