import Acts
import Testing

@testable import Treaties

/// What the tests of the depositary's rules share.
enum DepositaryFixtures {
    static let france = ActorCode(rawValue: "FRA")!
    static let kenya = ActorCode(rawValue: "KEN")!

    static let opened = TreatyOpened(
        treaty: "XXVII-99", titles: ["en": "Convention on Rivers", "fr": "Convention sur les fleuves"], chapter: "XXVII",
        chapterNames: ["en": "Environment"], adoptedAt: "Nairobi", adoptedOn: date("2020-01-10"), openForSignature: date("2020-02-01"),
        closedForSignature: date("2021-02-01"), article: "Art. 9: on the 30th day after the 2nd instrument",
        clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30], "later": ["unit": "days", "count": 30]])

    static func date(_ text: String) -> CalendarDate { CalendarDate(text)! }

    static func commands() throws -> DepositaryCommands {
        DepositaryCommands(actors: try ActorTable.standard, settings: .standard, office: "depositary", author: "officer")
    }

    static func ratification() -> NotificationFacts {
        var facts = NotificationFacts(subject: .instrument, opened: opened)
        facts.actor = france
        facts.actorNames = ["en": "France", "fr": "France"]
        facts.action = .ratification
        facts.effected = date("2026-03-01")
        facts.inForce = date("2024-05-01")
        facts.inForceForActor = date("2026-03-31")
        facts.acts = [41]
        facts.addressees = [.init(kenya, as: .party)]
        return facts
    }

    /// The code of the refusal that something ends in.
    static func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.code ?? "\(error)"
        }
    }
}
