import Acts
import Foundation
import Record
import Testing

@testable import Treaties

/// Texts of past reservations and declarations become statements with how sure they are, or are refused one by one.
struct DeclarationsImportTests {
    private static let text = """
        #France
        Reservation concerning article 9:The Government of the French Republic does not consider itself bound by article 9.
        #Kenya
        Objection: The Government of Kenya objects to the reservation made by France.
        #Atlantis
        Declaration: Atlantis understands article 2 as it stands.
        #Brazil
        Declaration: Brazil understands article 2 as it stands.
        """

    @Test("A reservation goes with its author's instrument; what has no day, no author or no act is refused with its reason")
    func rows() async throws {
        try await TreatyViewTests.withRegister { desk, record, _ in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            let acts = [TreatyViewTests.act("FRA", .accession, "2023-05-01"), TreatyViewTests.act("KEN", .accession, "2023-06-01")]
            _ = try await record.enter(
                Command {
                    try commands.open(
                        .init(opened: TreatyViewTests.opened, participation: acts), exists: false, first: $0.nextIndex, asOf: $0.now.date)
                })
            func take(_ isRehearsal: Bool) async throws -> TreatyDesk.DeclarationsReport {
                try await desk.importDeclarations(
                    Array(Self.text.utf8), into: "XXVII-99", source: "A test", language: "en", isRehearsal: isRehearsal, record: record,
                    office: "depositary", author: "node")
            }
            let size = record.size
            let rehearsal = try await take(true)
            #expect(record.size == size && rehearsal.entered == 0)
            let codes = rehearsal.rows.map { row in
                switch row.outcome {
                case .accepted(let made): made.statement.rawValue
                case .known: "known"
                case .refused(let refusal): refusal.code
                }
            }
            #expect(
                codes == [
                    "reservation", "treaty.import.row.statement-undated", "treaty.import.row.unknown-actor",
                    "treaty.import.row.statement-alone",
                ])
            let report = try await take(false)
            #expect(report.entered == 1 && record.size == size + 2)
            let entry = try #require(try record.entry(at: size + 1))
            let made: TreatyStatementMade = try #require(try entry.payload())
            #expect(made.date == CalendarDate("2023-05-01") && made.dated == .notGiven)
            #expect(made.confidence == "kind stated; day not given in the source, that of the instrument")
            #expect(made.text.hasSuffix("article 9."))
            // The same text again says nothing new.
            #expect(try await take(false).entered == 0)
            #expect(record.size == size + 2)
        }
    }

    @Test(
        "A statement is dated by the act its heading or first words name, and by nothing it says further on",
        arguments: [
            ("Upon signature:", "The Government declares…", DeclarationMoment.signature),
            ("Declaration made upon ratification:", "…", .consent),
            ("Reservation made upon signature and confirmed upon ratification:", "…", .consent),
            (nil, "Upon signature: Declaration: article 9 is not to be read so.", .signature),
            (
                nil, "Declaration: On signing this Convention, Uruguay reaffirms the right to make reservations upon ratification.",
                .signature
            ),
            (nil, "While ratifying the above-mentioned Convention, the Government invokes article 28.", .consent),
            (nil, "At the time of signature: …", .signature), (nil, "On depositing its instrument, the Government declares", .consent),
            (nil, "The United Kingdom reserves the right to formulate, upon ratifying the Convention, any reservations", nil),
            (nil, "Tunisia confirms that the reservations made at the time of signature of the Convention are maintained", nil),
            ("Modification of the reservation made upon ratification:", "…", nil), ("Reservation concerning article 9:", "…", nil),
            (nil, "", nil),
            (nil, "On behalf of the Government of the Republic", nil),
        ] as [(String?, String, DeclarationMoment?)])
    func moments(_ heading: String?, _ text: String, _ moment: DeclarationMoment?) {
        #expect(DeclarationMoment.stated(heading: heading, text: text) == moment)
    }
}
