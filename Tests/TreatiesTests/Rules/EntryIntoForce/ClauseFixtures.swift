import Acts

@testable import Treaties

/// Short ways to write clauses and acts in tests.
func clause(_ text: String) throws -> EntryIntoForceClause {
    try EntryIntoForceClause.read(try JSONParser.parse(text))
}

func date(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else { throw MalformedAct(place: "test", reason: "'\(text)' is no date") }
    return date
}

/// Acts as `"FRA ratification 1960-09-16"`, with ` -> 1993-01-01` for a legal effect of their own; `EU` is a regional organization.
func acts(_ lines: String...) throws -> [ParticipationAct] {
    try lines.flatMap { $0.split(separator: ";") }.map { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3 || words.count == 5, let kind = ParticipationKind(rawValue: words[1]) else {
            throw MalformedAct(place: "test", reason: "'\(line)' is no act")
        }
        let participant = Participant(ParticipantID(words[0]), nature: words[0] == "EU" ? .regionalOrganization : .state)
        return ParticipationAct(kind, by: participant, on: try date(words[2]), effect: words.count == 5 ? try date(words[4]) : nil)
    }
}

/// So many ratifications by AA01, AA02, … on consecutive days.
func ratifications(_ count: Int, from first: String, prefix: String = "AA") throws -> [ParticipationAct] {
    let start = try date(first)
    return (0..<count).map { index in
        ParticipationAct(.ratification, by: Participant(ParticipantID("\(prefix)\(index + 10)")), on: start.adding(days: index))
    }
}
