import Foundation

/// The form of `actors.json` and `groups.json`, and how they become a table. `Scripts/data/make_actors.py` writes them.
enum ActorTableFile {
    private struct Actors: Decodable {
        let version: Int
        /// Predecessor, successor, date, kind.
        let successions: [[String]]
        let actors: [Row]

        struct Row: Decodable {
            let code: ActorCode
            let kind: Kind
            let alpha2: String?
            let m49: Int?
            let from: CalendarDate?
            let until: CalendarDate?
            let region: String?
            let names: [String: String]
            let formal: [String: String]?
            let former: [Former]?
            let aliases: [String]?
            let note: String?
        }

        struct Former: Decodable {
            let from: CalendarDate?
            let until: CalendarDate
            let names: [String: String]
        }

        struct Kind: Decodable {
            let value: Actor.Kind

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                let text = try container.decode(String.self)
                guard let value = Actor.Kind(rawValue: text) else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a kind of actor")
                }
                self.value = value
            }
        }
    }

    private struct Groups: Decodable {
        let version: Int
        let groups: [Row]

        struct Row: Decodable {
            let id: String
            let names: [String: String]
            let note: String?
            /// Actor, first day, last day: the dates left off from the end where there are none, `null` before one.
            let members: [[String?]]
            /// Actor, first day, last day, and the actor under which the same seat is listed.
            let sameSeat: [[String]]?
        }
    }

    /// Reads both files.
    ///
    /// - Parameter read: gives a file's bytes by its name, or `nil` where there is none.
    static func table(read: (String) -> Data?) throws(ActorTableError) -> ActorTable {
        let actorsFile = "actors.json"
        let groupsFile = "groups.json"
        let file = try decode(Actors.self, actorsFile, read)
        guard file.version == 1 else { throw .unknownVersion(file: actorsFile, version: file.version) }
        let groups = try decode(Groups.self, groupsFile, read)
        guard groups.version == 1 else { throw .unknownVersion(file: groupsFile, version: groups.version) }

        var before: [ActorCode: [Succession]] = [:]
        var after: [ActorCode: [Succession]] = [:]
        for row in file.successions {
            let succession = try succession(row, file: actorsFile)
            before[succession.successor, default: []].append(succession)
            after[succession.predecessor, default: []].append(succession)
        }
        let known = Set(file.actors.map(\.code))
        for code in Array(before.keys) + Array(after.keys) where !known.contains(code) {
            throw .unknownActor(code, in: "a succession")
        }
        let actors = file.actors.map { row in
            Actor(
                code: row.code, kind: row.kind.value, names: names(of: row), alpha2: row.alpha2, m49: row.m49, validFrom: row.from,
                validUntil: row.until, regionalGroup: row.region,
                predecessors: byDate(before[row.code] ?? []), successors: byDate(after[row.code] ?? []), note: row.note)
        }
        var actorGroups: [ActorGroup] = []
        for row in groups.groups {
            var memberships: [ActorGroup.Membership] = []
            for member in row.members { memberships.append(try membership(member, group: row.id, file: groupsFile)) }
            for seat in row.sameSeat ?? [] { memberships.append(try membership(seat, group: row.id, file: groupsFile)) }
            actorGroups.append(ActorGroup(id: row.id, names: row.names, memberships: memberships, note: row.note))
        }
        return try ActorTable(actors: actors, groups: actorGroups)
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, _ name: String, _ read: (String) -> Data?
    ) throws(ActorTableError) -> Value {
        guard let data = read(name) else { throw .missing(file: name) }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw .malformed(file: name, reason: reason(of: error))
        } catch {
            throw .malformed(file: name, reason: String(describing: error))
        }
    }

    private static func reason(of error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found): context = found
        case .dataCorrupted(let found): context = found
        @unknown default: return String(describing: error)
        }
        let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return place.isEmpty ? context.debugDescription : "at \(place): \(context.debugDescription)"
    }

    /// Present short names in the order of the languages, then formal names, former names and aliases.
    private static func names(of row: Actors.Row) -> [ActorName] {
        func ordered(_ texts: [String: String]) -> [(key: String, value: String)] {
            let order = ActorTable.languages
            return texts.sorted {
                (order.firstIndex(of: $0.key) ?? order.count, $0.key) < (order.firstIndex(of: $1.key) ?? order.count, $1.key)
            }
        }
        var names = ordered(row.names).map { ActorName(text: $0.value, language: $0.key, form: .short) }
        names += ordered(row.formal ?? [:]).map { ActorName(text: $0.value, language: $0.key, form: .formal) }
        for former in row.former ?? [] {
            names += ordered(former.names).map {
                ActorName(text: $0.value, language: $0.key, form: .short, from: former.from, until: former.until)
            }
        }
        names += (row.aliases ?? []).map { ActorName(text: $0, language: "und", form: .alias) }
        return names
    }

    private static func byDate(_ successions: [Succession]) -> [Succession] {
        successions.sorted { ($0.date, $0.predecessor, $0.successor) < ($1.date, $1.predecessor, $1.successor) }
    }

    private static func succession(_ row: [String], file: String) throws(ActorTableError) -> Succession {
        guard row.count == 4, let predecessor = ActorCode(rawValue: row[0]), let successor = ActorCode(rawValue: row[1]),
            let date = CalendarDate(row[2]), let kind = Succession.Kind(rawValue: row[3])
        else { throw .malformed(file: file, reason: "at .successions: \(row) is not predecessor, successor, date and kind") }
        return Succession(predecessor: predecessor, successor: successor, date: date, kind: kind)
    }

    private static func membership(
        _ row: [String?], group: String, file: String
    ) throws(ActorTableError) -> ActorGroup.Membership {
        let malformed = ActorTableError.malformed(
            file: file, reason: "at the group \(group): \(row.map { $0 ?? "null" }) is not actor, first day, last day, same seat")
        func entry(_ index: Int) -> String? { row.indices.contains(index) ? row[index] : nil }
        func date(_ index: Int) throws(ActorTableError) -> CalendarDate? {
            guard let text = entry(index) else { return nil }
            guard let date = CalendarDate(text) else { throw malformed }
            return date
        }
        guard (1...4).contains(row.count), let text = entry(0), let actor = ActorCode(rawValue: text) else { throw malformed }
        var seat: ActorCode?
        if let text = entry(3) {
            guard let code = ActorCode(rawValue: text) else { throw malformed }
            seat = code
        }
        return ActorGroup.Membership(actor: actor, from: try date(1), until: try date(2), sameSeatAs: seat)
    }
}

extension ActorTable {
    /// The table that comes with the program. Read at the first use, once, whichever task asks first.
    ///
    /// - Throws: ``ActorTableError`` where the installed files are missing or damaged; the same at every call.
    public static var standard: ActorTable {
        get throws(ActorTableError) { try loaded.get() }
    }

    private static let loaded: Result<ActorTable, ActorTableError> = {
        do throws(ActorTableError) {
            return .success(
                try ActorTableFile.table { name in
                    Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Data").flatMap { try? Data(contentsOf: $0) }
                })
        } catch {
            return .failure(error)
        }
    }()
}
