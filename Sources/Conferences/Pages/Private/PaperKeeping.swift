import Acts
import Record
import Web

/// Seals and enters what a person keeps for a delegation or a group, and opens what is kept.
struct PaperKeeping: Sendable {
    let house: House
    let sealing: PaperSealing

    /// Who asks, of which conference, as the record has it now.
    struct Visitor: Sendable {
        var conference: Conference
        var standing: PrivateStanding
    }

    /// - Throws: a `Refusal`.
    func visitor(_ visit: Visit) async throws -> Visitor {
        let signedIn = try house.access.requireSignedIn(visit.person)
        let id = try visit.parameter("conference")
        let access = house.access
        let (conference, person) = try await house.record.read { database in
            (try ConferenceQueries(database: database).conference(id), try access.person(signedIn.id, in: database))
        }
        guard let conference else { throw ConferenceCommands.unknown }
        return Visitor(conference: conference, standing: try PrivateStanding.of(person, in: conference))
    }

    /// Keeps a new paper or a new version of one.
    ///
    /// - Parameters:
    ///   - paper: the paper that gets a new version; `nil`: a new one.
    ///   - base: the version that the person had before them.
    ///   - on: the draft that a comment is about.
    /// - Returns: the paper's name.
    /// - Throws: a `Refusal`.
    @discardableResult
    func keep(
        _ content: JSON, _ form: ConferencePaperKept.Form, of holder: String, paper: String? = nil, base: Int64? = nil,
        on draft: String? = nil, by visitor: Visitor, request: String?
    ) async throws -> String {
        let (id, standing) = (visitor.conference.id, visitor.standing)
        guard let known = standing.holders.first(where: { $0.id == holder }) else { throw PaperCommands.unknown }
        let name = paper ?? Self.name()
        let place = PaperSealing.Place(conference: id, form: form, holder: holder, paper: name)
        let sealed = try sealing.seal(content, at: place, by: standing.office, to: known.offices)
        let act = ConferencePaperKept(conference: id, form: form, holder: holder, paper: name, on: draft, content: sealed)
        let (access, commands) = (house.access, PaperCommands(form: request))
        _ = try await house.record.enter(
            Command { context in
                guard let person = try access.person(standing.person, in: context.database),
                    let conference = try ConferenceQueries(database: context.database).conference(id)
                else { throw PaperCommands.noSpace }
                let now = try PrivateStanding.of(person, in: conference)
                let queries = PaperQueries(database: context.database)
                let isOnDraft = try draft.map { try queries.known(id, of: holder, .draft, $0) != nil } ?? true
                return try commands.keep(
                    act, for: now.holders, known: try queries.known(id, of: holder, form, name), base: base, isOnDraft: isOnDraft,
                    count: try queries.count(id, of: holder))
            })
        return name
    }

    /// A draft or a comment in clear; `nil` where it was sealed before this office shared in it.
    func paper(_ sealed: SealedPaper, for standing: PrivateStanding) throws -> PrivatePaper? {
        guard let json = try sealing.open(sealed.content, at: sealed.place, as: standing.office) else { return nil }
        return try? PrivatePaper(json: json)
    }

    /// The positions of a delegation, by text and by the name (wId) of the provision.
    func positions(of standing: PrivateStanding, in conference: Conference) async throws -> [String: [String: KeptPosition]] {
        let id = conference.id
        let kept = try await house.record.read { database in
            try PaperQueries(database: database).newest(id, .position, of: standing.actor.rawValue)
        }
        var positions: [String: [String: KeptPosition]] = [:]
        // The newest first: what comes later of the same provision is older.
        for sealed in kept {
            guard let json = try sealing.open(sealed.content, at: sealed.place, as: standing.office),
                let position = try? CapitalPosition(json: json), positions[position.text]?[position.provision] == nil
            else { continue }
            positions[position.text, default: [:]][position.provision] = KeptPosition(
                position: position, paper: sealed.place.paper, entry: sealed.entry, received: sealed.received, versions: sealed.versions)
        }
        return positions
    }

    /// Those on one text, by the name (wId) of the provision.
    func positions(of standing: PrivateStanding, in conference: Conference, on text: String) async throws -> [String: KeptPosition] {
        try await positions(of: standing, in: conference)[text] ?? [:]
    }

    /// 64 random bits.
    private static func name() -> String {
        let bits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - bits.count) + bits
    }
}

/// A position that was opened, with where it is kept.
struct KeptPosition: Hashable, Sendable {
    var position: CapitalPosition
    var paper: String
    var entry: Int64
    var received: Moment
    var versions: Int
}

/// The positions of a person's delegation, for a page that shows them beside a text.
struct Positions: Sendable {
    let house: House
    /// `nil`: this node keeps no private papers.
    let sealing: PaperSealing?

    /// - Returns: by the name (wId) of the provision; empty for who acts for no delegation of the conference.
    func of(_ person: Person?, _ conference: Conference, _ text: String) async throws -> [String: KeptPosition] {
        guard let sealing, let person, let standing = try? PrivateStanding.of(person, in: conference) else { return [:] }
        return try await PaperKeeping(house: house, sealing: sealing).positions(of: standing, in: conference, on: text)
    }
}
