public import Acts
public import GRDB
import Record

extension TreatyDesk {
    /// Kinds of other nodes' acts that this desk acts upon: full powers issued at home, and their withdrawal.
    public var takenKinds: [ActKind] { HomeIssued.kinds }

    /// Whether an act of another node's record may be entered here.
    ///
    /// - Parameters:
    ///   - act: proved to stand in that record.
    ///   - origin: that record's log.
    ///   - actor: of the office that did it, by its node's document.
    /// - Throws: a `Refusal` that says what stands in the way.
    public func examine(_ act: Entry, of origin: String, actor: String?, views: Database, today: CalendarDate) throws {
        let rule = HomeIssuedRule(actors: actors, today: today)
        switch act.kind {
        case TreatyFullPowersIssued.kind:
            guard let issued = try act.payload(as: TreatyFullPowersIssued.self) else { return }
            let known = Set(try TreatyQueries(database: views).treaties().map(\.opened.treaty))
            try rule.check(issued, office: actor, treaties: known)
        case TreatyFullPowersRevoked.kind:
            guard let revoked = try act.payload(as: TreatyFullPowersRevoked.self) else { return }
            let held = try ConsentQueries(database: views, actors: actors).fullPowers(issuedAt: origin, entry: revoked.entry)
            try rule.check(revoked, of: held, office: actor)
        default: break
        }
    }
}
