public import Acts

/// Roll calls recomputed from their votes, and held against the counts and outcomes that were announced.
///
/// Two tables. The roll calls: columns `rcid` (or `id`), `yes`, `no`, `abstain`, in any order among others; an empty count or `NA` says
/// that it was not recorded. Where there is a column `majority` (`simple`, `two-thirds`, `three-fourths`, or `2/3`) it says what the vote
/// needed, or a column `important` (1: two thirds, GA rules 83 and 84);
/// where there is a column `outcome` (or `result`) it is compared too. The votes: one row for each roll call, with `rcid` and a
/// column for each delegation; or one row for each vote, with the columns `rcid`, `country` (or `iso3`, `actor`, `member`) and `vote`.
public struct VotesReplay: Hashable, Sendable {
    /// One roll call: what was announced and what its votes come to.
    public struct Result: Hashable, Sendable {
        public let rollCall: String
        /// Its line in the table of roll calls, from 1.
        public let line: Int
        public let majority: Majority
        /// As announced; `nil` where a count is missing in the table.
        public let announced: Tally?
        public let announcedOutcome: VoteOutcome?
        /// `nil`: the table of votes has no row for it.
        public let counted: Tally?

        public var outcome: VoteOutcome? { counted.map(majority.outcome(of:)) }
        public var isWithoutVotes: Bool { counted == nil }
        public var hasOtherCounts: Bool {
            guard let announced, let counted else { return false }
            return (announced.yes, announced.no, announced.abstaining) != (counted.yes, counted.no, counted.abstaining)
        }
        public var hasOtherOutcome: Bool {
            guard let outcome, let announcedOutcome else { return false }
            // A tie is announced as such or as a rejection, which it is in the end (GA rule 95 / 133).
            return outcome == .tied ? announcedOutcome == .adopted : outcome != announcedOutcome
        }
        public var isSame: Bool { !isWithoutVotes && !hasOtherCounts && !hasOtherOutcome }
    }

    public let results: [Result]
    /// Rows of votes whose roll call is not among the roll calls, with their lines.
    public let strangers: [(rollCall: String, line: Int)]

    public static func == (left: VotesReplay, right: VotesReplay) -> Bool {
        left.results == right.results && left.strangers.map(\.rollCall) == right.strangers.map(\.rollCall)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(results) }

    public var differences: [Result] { results.filter { !$0.isSame } }
    public var isSame: Bool { differences.isEmpty && strangers.isEmpty }

    /// Which of the two tables is at fault, and where.
    public enum Fault: Error, Hashable, Sendable {
        case rollCalls(VoteTableError)
        case votes(VoteTableError)
    }

    /// - Parameter majority: what a vote needed where the table of roll calls does not say.
    public init(rollCalls: [UInt8], votes: [UInt8], majority: Majority = .simple) throws(Fault) {
        let announcements: [Announcement]
        do { announcements = try Announcement.read(rollCalls, majority: majority) } catch { throw .rollCalls(error) }
        var counted: VoteCounts
        do { counted = try VoteCounts(votes) } catch { throw .votes(error) }
        results = announcements.map { announcement in
            Result(
                rollCall: announcement.rollCall, line: announcement.line, majority: announcement.majority, announced: announcement.tally,
                announcedOutcome: announcement.outcome ?? announcement.tally.map(announcement.majority.outcome(of:)),
                counted: counted.take(announcement.rollCall))
        }
        strangers = counted.rest
    }

    /// For programs: every roll call with its counts, and what differs.
    public var json: JSON {
        let outcomes = results.compactMap(\.outcome)
        let count = { (outcome: VoteOutcome) in JSON.integer(Int64(outcomes.count { $0 == outcome })) }
        return [
            "same": .bool(isSame), "rollCalls": .integer(Int64(results.count)),
            "recomputed": .integer(Int64(outcomes.count)), "adopted": count(.adopted), "rejected": count(.rejected), "tied": count(.tied),
            "differences": .array(differences.map(\.json)),
            "votesWithoutRollCall": .array(strangers.map { ["rcid": .string($0.rollCall), "line": .integer(Int64($0.line))] }),
            "results": .array(results.map(\.json)),
        ]
    }
}

extension VotesReplay.Result {
    var json: JSON {
        var object: JSONObject = [
            "rcid": .string(rollCall), "line": .integer(Int64(line)), "majority": .string(majority.name), "same": .bool(isSame),
        ]
        if let counted {
            object["yes"] = .integer(counted.yes)
            object["no"] = .integer(counted.no)
            object["abstain"] = .integer(counted.abstaining)
            object["needed"] = .integer(majority.needed(of: counted))
            object["outcome"] = outcome.map { .string($0.rawValue) }
            object["twoThirds"] = .bool(Majority.twoThirds.isMet(by: counted))
        }
        object["announced"] = announced.map {
            ["yes": .integer($0.yes), "no": .integer($0.no), "abstain": .integer($0.abstaining)]
        }
        object["announcedOutcome"] = announcedOutcome.map { .string($0.rawValue) }
        if !isSame { object["difference"] = .string(difference) }
        return .object(object)
    }

    /// In words, for people; empty where there is none.
    public var difference: String {
        guard let counted, let outcome else { return "the table of votes has no row for it" }
        var parts: [String] = []
        if hasOtherCounts, let announced {
            parts.append(
                "announced \(announced.yes) to \(announced.no) with \(announced.abstaining) abstentions, "
                    + "counted \(counted.yes) to \(counted.no) with \(counted.abstaining)")
        }
        if hasOtherOutcome, let announcedOutcome {
            parts.append("announced as \(announcedOutcome.rawValue), by its votes \(outcome.rawValue)")
        }
        return parts.joined(separator: "; ")
    }
}

/// A row of the table of roll calls.
private struct Announcement {
    var rollCall: String
    var line: Int
    var majority: Majority
    var tally: Tally?
    var outcome: VoteOutcome?

    static func read(_ bytes: [UInt8], majority: Majority) throws(VoteTableError) -> [Announcement] {
        let table = try VoteTable(bytes)
        func required(_ column: Int?, _ name: String) throws(VoteTableError) -> Int {
            guard let column else {
                throw VoteTableError(
                    line: table.headerLine, reason: "there is no column '\(name)'",
                    mend: "The columns rcid, yes, no and abstain are needed.")
            }
            return column
        }
        let id = try required(table.column("rcid", "id", "roll-call"), "rcid")
        let yes = try required(table.column("yes", "in-favour", "in-favor", "for"), "yes")
        let no = try required(table.column("no", "against"), "no")
        let abstain = try required(table.column("abstain", "abstaining", "abstention", "abstentions", "abstained"), "abstain")
        let majorityColumn = table.column("majority", "majority-needed", "required-majority", "threshold")
        let importantColumn = table.column("important", "important-question", "two-thirds")
        let outcomeColumn = table.column("outcome", "result")
        var seen: [String: Int] = [:]
        var read: [Announcement] = []
        read.reserveCapacity(table.rows.count)
        for row in table.rows {
            let rollCall = row.cells[id]
            guard !rollCall.isEmpty else { throw VoteTableError(line: row.line, reason: "the roll call has no rcid") }
            if let earlier = seen[rollCall] {
                throw VoteTableError(line: row.line, reason: "the roll call \(rollCall) is there already, on line \(earlier)")
            }
            seen[rollCall] = row.line
            let counts = [
                try count(row.cells[yes], "yes", row.line), try count(row.cells[no], "no", row.line),
                try count(row.cells[abstain], "abstain", row.line),
            ]
            let known = counts.compactMap { $0 }
            read.append(
                Announcement(
                    rollCall: rollCall, line: row.line,
                    majority: try self.majority(row, majorityColumn, importantColumn) ?? majority,
                    tally: known.count == 3 ? Tally(yes: known[0], no: known[1], abstaining: known[2]) : nil,
                    outcome: try outcomeColumn.flatMap { (column) throws(VoteTableError) in try outcome(row.cells[column], row.line) }))
        }
        return read
    }

    /// What a row says its vote needed; `nil` where it does not say.
    private static func majority(_ row: VoteTable.Row, _ named: Int?, _ important: Int?) throws(VoteTableError) -> Majority? {
        if let named, let majority = try needed(row.cells[named], row.line) { return majority }
        guard let important else { return nil }
        switch row.cells[important].lowercased() {
        case "1", "yes", "true", "y": return .twoThirds
        case "0", "no", "false", "n": return .simple
        case "", "na": return nil
        case let text:
            throw VoteTableError(
                line: row.line, reason: "'\(text)' does not say whether the question is important", mend: "Write 1 or 0.")
        }
    }

    private static func count(_ text: String, _ name: String, _ line: Int) throws(VoteTableError) -> Int64? {
        if text.isEmpty || text.uppercased() == "NA" { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text), number <= 1_000_000_000 else {
            throw VoteTableError(
                line: line, reason: "'\(text)' in the column '\(name)' is no count of votes", mend: "Write a whole number.")
        }
        return number
    }

    private static func needed(_ text: String, _ line: Int) throws(VoteTableError) -> Majority? {
        guard !text.isEmpty, text.uppercased() != "NA" else { return nil }
        guard let majority = Majority(replayed: text) else {
            throw VoteTableError(
                line: line, reason: "'\(text)' in the column 'majority' is no majority",
                mend: "Write simple, two-thirds or three-fourths.")
        }
        return majority
    }

    private static func outcome(_ text: String, _ line: Int) throws(VoteTableError) -> VoteOutcome? {
        switch VoteTable.folded(text) {
        case "", "na": return nil
        case "adopted", "passed", "carried", "approved", "yes", "retained": return .adopted
        case "rejected", "failed", "lost", "defeated", "not-adopted", "no", "not-retained": return .rejected
        case "tied", "tie", "equally-divided": return .tied
        default:
            throw VoteTableError(
                line: line, reason: "'\(text)' in the column 'outcome' is no outcome", mend: "Write adopted, rejected or tied.")
        }
    }
}

extension Majority {
    /// As it is written in tables and on the command line; `nil` for anything else.
    public init?(replayed text: String) {
        switch VoteTable.folded(text) {
        case "simple", "1/2", "majority", "simple-majority": self = .simple
        case "two-thirds", "2/3", "two-thirds-majority", "twothirds": self = .twoThirds
        case "three-fourths", "3/4", "three-quarters", "three-fourths-majority", "threefourths": self = .threeFourths
        default: return nil
        }
    }
}

/// The table of votes, counted.
private struct VoteCounts {
    private var tallies: [String: (tally: Tally, line: Int)] = [:]

    /// The counts of that roll call, once.
    mutating func take(_ rollCall: String) -> Tally? { tallies.removeValue(forKey: rollCall)?.tally }

    /// What nobody asked for, by line.
    var rest: [(rollCall: String, line: Int)] {
        tallies.map { (rollCall: $0.key, line: $0.value.line) }.sorted { $0.line < $1.line }
    }

    init(_ bytes: [UInt8]) throws(VoteTableError) {
        let table = try VoteTable(bytes)
        guard let id = table.column("rcid", "id", "roll-call") else {
            throw VoteTableError(
                line: table.headerLine, reason: "there is no column 'rcid'",
                mend: "Add the column that says which roll call the votes are of.")
        }
        if table.header.count <= 6, let vote = table.column("vote"),
            let member = table.column("country", "country-code", "iso3", "iso2", "actor", "member", "delegation", "code")
        {
            try count(votesOf: table, id: id, member: member, vote: vote)
        } else {
            try count(matrix: table, id: id)
        }
    }

    private mutating func count(matrix table: VoteTable, id: Int) throws(VoteTableError) {
        for row in table.rows {
            let rollCall = row.cells[id]
            guard !rollCall.isEmpty else { throw VoteTableError(line: row.line, reason: "the row has no rcid") }
            if let earlier = tallies[rollCall]?.line {
                throw VoteTableError(line: row.line, reason: "the roll call \(rollCall) is there already, on line \(earlier)")
            }
            var tally = Tally(yes: 0, no: 0)
            for (column, cell) in row.cells.enumerated() where column != id && !cell.isEmpty {
                if let vote = try VoteCounts.vote(cell, of: table.names[column], line: row.line) { tally.count(vote) }
            }
            tallies[rollCall] = (tally, row.line)
        }
    }

    private mutating func count(votesOf table: VoteTable, id: Int, member: Int, vote: Int) throws(VoteTableError) {
        struct Voter: Hashable {
            let rollCall: String
            let member: String
        }
        var seen: [Voter: Int] = [:]
        for row in table.rows {
            let rollCall = row.cells[id]
            guard !rollCall.isEmpty else { throw VoteTableError(line: row.line, reason: "the row has no rcid") }
            let voter = Voter(rollCall: rollCall, member: row.cells[member])
            if let earlier = seen[voter] {
                throw VoteTableError(
                    line: row.line, reason: "\(voter.member) votes twice in the roll call \(rollCall), first on line \(earlier)")
            }
            seen[voter] = row.line
            var tally = tallies[rollCall] ?? (Tally(yes: 0, no: 0), row.line)
            if let vote = try VoteCounts.vote(row.cells[vote], of: voter.member, line: row.line) { tally.tally.count(vote) }
            tallies[rollCall] = tally
        }
    }

    /// The vote a code stands for; `nil`: none was cast. The numbers are those of Voeten's data: 1 yes, 2 abstention, 3 no, 8 absent,
    /// 9 no member.
    private static func vote(_ code: String, of member: String, line: Int) throws(VoteTableError) -> ConferenceVote? {
        switch code {
        case "Y", "1", "y", "yes", "Yes", "YES": return .yes
        case "N", "3", "n", "no", "No", "NO": return .no
        case "A", "2", "a", "abstain", "Abstain", "ABSTAIN", "AB", "Abstention", "abstention": return .abstain
        case "", "8", "9", "X", "x", "-", "NA", "NV", "absent", "Absent", "not voting", "Not voting", "non-voting", "Non-Voting", "0":
            return nil
        default:
            throw VoteTableError(
                line: line, reason: "'\(code)' of \(member) is no vote",
                mend: "Write Y, N or A, and nothing for a delegation that did not vote.")
        }
    }
}
