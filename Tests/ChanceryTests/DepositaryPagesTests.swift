import Acts
import Foundation
import Record
import Testing
import Web

@testable import Treaties

/// The depositary's work at its pages, from the document that comes in to the number that comes back.
@Suite("The depositary's pages")
struct DepositaryPagesTests {
    private static let treaty = "/treaties/XXVII-99"

    /// Enters an accession as the officer does, and returns its entry.
    private static func accede(_ actor: String, _ date: String, _ visitor: DepositaryVisitor) async throws -> Int64 {
        let answer = try await visitor.post(
            "\(treaty)/record", from: "\(treaty)/record", form: "instrument-form",
            [("kind", "accession"), ("actor", actor), ("date", date), ("source", "the list of the depositary")])
        #expect(answer.status == 303, "\(answer.text.suffix(800))")
        return try #require(answer.location.flatMap { Int64($0.split(separator: "/").last ?? "") })
    }

    /// Prepares a notification of an act and issues it; one that cannot be issued says so at the preview already.
    private static func notify(
        _ fields: [(String, String)], preview expected: Int = 200, _ visitor: DepositaryVisitor
    ) async throws -> DepositaryVisitor.Answer {
        let query = fields.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
        let preview = try await visitor.get("\(treaty)/notify?\(query)")
        #expect(preview.status == expected, "\(preview.text.suffix(1500))")
        let mark = "name=\"previewed\" value=\""
        let digest = preview.text.range(of: mark).map { String(preview.text[$0.upperBound...].prefix { $0 != "\"" }) }
        return try await visitor.post(
            "\(treaty)/notify", from: "\(treaty)/notify?\(query)", form: "notify-form",
            fields + [("step", "issue"), ("previewed", digest ?? "")])
    }

    @Test("An accession is notified: previewed, numbered, read in both languages, in the feed, and never changed")
    func notification() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let act = try await Self.accede("IDN", "2026-11-19", visitor)
            let waiting = try await visitor.get("\(Self.treaty)/notify")
            #expect(waiting.text.contains("data-entry=\"\(act)\""))
            let preview = try await visitor.get("\(Self.treaty)/notify?act=\(act)")
            #expect(preview.text.contains("C.N.1.2026.TREATIES-XXVII.99"))
            #expect(preview.text.contains("INDONESIA: ACCESSION") && preview.text.contains("INDONÉSIE"))
            #expect(preview.text.contains("It enters into force for the State or organization mentioned above on 19 December 2026."))
            let issued = try await Self.notify([("act", String(act))], visitor)
            #expect(issued.status == 303, "\(issued.text.suffix(800))")
            #expect(issued.location == "/notifications/C.N.1.2026.TREATIES-XXVII.99")
            let page = try await visitor.get("/notifications/C.N.1.2026.TREATIES-XXVII.99", anonymous: true)
            #expect(page.text.contains("Issued on 20 November 2026; 193 addressees."), "\(page.text)")
            let french = try await visitor.get("/notifications/C.N.1.2026.TREATIES-XXVII.99?text=fr", anonymous: true)
            #expect(french.text.contains("La formalité mentionnée ci-dessus a été accomplie le 19 novembre 2026."))
            // Written otherwise, the number is the same.
            #expect(try await visitor.get("/notifications/c.n.1.2026.treaties%20XXVII-99").status == 200)
            let json = try await visitor.json("/notifications/C.N.1.2026.TREATIES-XXVII.99", anonymous: true)
            #expect(json["acts"]?[0]?.integer == act)
            #expect(json["addressees"]?.array?.count == 193)
            #expect(json["deliveries"] == nil)
            let feed = try await visitor.get("\(Self.treaty)/notifications.atom", accept: "*/*", anonymous: true)
            #expect(feed.type.hasPrefix("application/atom+xml") && feed.text.contains("C.N.1.2026.TREATIES-XXVII.99: INDONESIA: ACCESSION"))
            #expect(try await visitor.get("\(Self.treaty)/notify").text.contains("data-entry=\"\(act)\"") == false)
            let list = try await visitor.json("/notifications?subject=instrument&actor=IDN&year=2026", anonymous: true)
            #expect(list["total"]?.integer == 1)
            #expect(try await visitor.json("/notifications?subject=signature", anonymous: true)["total"]?.integer == 0)
            for language in ["fr", "es", "ru", "zh", "ar", "id"] {
                #expect(try await visitor.get("/notifications/C.N.1.2026.TREATIES-XXVII.99", language: language).status == 200)
                #expect(try await visitor.get("/notifications", language: language).status == 200)
            }
        }
        // The day of issue is the date of notification, from which periods run.
        let notified = try await house.record.read { database -> CalendarDate? in
            let queries = DepositaryQueries(database: database)
            let found = try queries.notifications(limit: 1).notifications.first
            let act = try found.flatMap { try queries.notification(entry: $0.entry)?.acts.first }
            return try act.flatMap { try queries.notified(of: DepositaryHouse.treaty)[$0] }
        }
        #expect(notified == CalendarDate("2026-11-20"))
    }

    @Test("Numbers of a year have no gaps and begin anew each year; a rectification points back and is pointed to")
    func numbering() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let act = try await Self.accede("IDN", "2026-11-19", visitor)
            for serial in 1...3 {
                let issued = try await Self.notify([("act", String(act))], visitor)
                #expect(issued.location == "/notifications/C.N.\(serial).2026.TREATIES-XXVII.99")
            }
            // Refused ones take no number.
            let empty = try await Self.notify(
                [("subject", "rectification"), ("earlier", "C.N.2.2026.TREATIES-XXVII.99")], preview: 400, visitor
            )
            #expect(empty.status == 400)
            let rectified = try await Self.notify(
                [
                    ("subject", "rectification"), ("earlier", "C.N.2.2026.TREATIES-XXVII.99"), ("further-en", "Read 18 November 2026."),
                    ("further-fr", "Lire 18 novembre 2026."),
                ], visitor)
            #expect(rectified.location == "/notifications/C.N.4.2026.TREATIES-XXVII.99")
            let page = try await visitor.get("/notifications/C.N.4.2026.TREATIES-XXVII.99")
            #expect(page.text.contains("Depositary notification C.N.2.2026.TREATIES-XXVII.99 of 20 November 2026 is rectified as follows."))
            #expect(page.text.contains("INDONESIA: RECTIFICATION"))
            let earlier = try await visitor.get("/notifications/C.N.2.2026.TREATIES-XXVII.99")
            #expect(earlier.text.contains("This notification is rectified by"))
            house.clock.move(to: "2027-01-04T09:00:00.000Z")
            let next = try await Self.notify([("act", String(act))], house.officer(visitor.client))
            #expect(next.location == "/notifications/C.N.1.2027.TREATIES-XXVII.99")
        }
    }

    @Test("What was changed after the preview is shown again before it is issued")
    func changedAfterPreview() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let act = try await Self.accede("IDN", "2026-11-19", visitor)
            let answer = try await visitor.post(
                "\(Self.treaty)/notify", from: "\(Self.treaty)/notify?act=\(act)", form: "notify-form",
                [("act", String(act)), ("step", "issue"), ("previewed", "0")])
            #expect(answer.status == 409 && answer.text.contains("no longer the one that was shown"))
            #expect(try await visitor.json("/notifications")["total"]?.integer == 0)
        }
    }

    @Test("A reservation goes out word for word in its own language")
    func quotation() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let answer = try await Self.notify(
                [
                    ("subject", "reservation"), ("further-en", "A reservation was received."), ("further-fr", "Une réserve a été reçue."),
                    ("quotation", "تتحفظ الحكومة على <المادة 12>."), ("quotation-language", "ar"),
                ], visitor)
            #expect(answer.status == 303)
            let page = try await visitor.get("/notifications/C.N.1.2026.TREATIES-XXVII.99?text=fr")
            #expect(page.text.contains("<blockquote lang=\"ar\" dir=\"rtl\"><p>تتحفظ الحكومة على &lt;المادة 12&gt;.</p>"))
            #expect(page.text.contains("Original : arabe"))
        }
    }

    @Test("A document is received, examined and listed; only the depositary's own people see where it lies")
    func custody() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let digest = String(repeating: "ab", count: 32)
            let answer = try await visitor.post(
                "\(Self.treaty)/custody/receive", from: "\(Self.treaty)/custody/receive", form: "receipt-form",
                [
                    ("item", "instrument"), ("actor", "IDN"), ("action", "accession"), ("dated", "2026-11-01"), ("received", "2026-11-19"),
                    ("channel", "by-hand"), ("medium", "original"), ("sha256", digest), ("seal", "S-17"), ("place", "Vault 3"),
                ])
            #expect(answer.status == 303, "\(answer.text.suffix(900))")
            let page = try #require(answer.location)
            let json = try await visitor.json(page, anonymous: true)
            #expect(json["document"]?.string == digest && json["place"] == nil && json["seal"] == nil)
            #expect(try await visitor.json(page)["place"]?.string == "Vault 3")
            let points = TreatyInstrumentExamined.Point.allCases.map { ("check-\($0.rawValue)", "yes") }
            var unclear = points
            unclear[2].1 = "no"
            func examine(_ points: [(String, String)]) async throws -> DepositaryVisitor.Answer {
                try await visitor.post("\(page)/examine", from: page, form: "examination-form", points + [("result", "in-order")])
            }
            func waits(_ kind: String, _ link: String) async throws -> Bool {
                let waiting = try await visitor.json("/desk")["awaiting"]?.array ?? []
                return waiting.contains { $0["kind"]?.string == kind && $0["href"]?.string == link }
            }
            #expect(try await waits("examine", page), "VCLT art. 77(1)(d): its form is to be examined")
            let refused = try await examine(unclear)
            // The page that comes back leads on to the document, not to where the form was sent.
            #expect(refused.text.contains("\(page)?lang=fr"))
            #expect(refused.status == 422 && refused.text.contains("VCLT art. 77(1)(d), 77(2)"))
            #expect(try await examine(points).status == 303)
            #expect(try await !waits("examine", page))
            #expect(try await visitor.get(page, anonymous: true).text.contains("In due and proper form"))
            #expect(
                try await visitor.json("/treaties/custody?item=instrument&actor=IDN&treaty=XXVII-99", anonymous: true)["total"]?.integer
                    == 1)
            #expect(
                try await visitor.get("/treaties/custody?format=csv").text.contains(
                    "XXVII-99,instrument,IDN,accession,2026-11-01,2026-11-19"))
            let late = try await visitor.post(
                "\(Self.treaty)/custody/receive", from: "\(Self.treaty)/custody/receive", form: "receipt-form",
                [("item", "full-powers"), ("actor", "IDN"), ("received", "2027-11-19"), ("channel", "post"), ("medium", "scan")])
            #expect(late.status == 422 && late.text.contains("still to come"))
            for path in ["\(Self.treaty)/custody/receive", "\(Self.treaty)/notify", "/depositary/contacts"] {
                #expect(try await visitor.get(path, anonymous: true).status == 401)
            }
        }
    }

    /// Proposes a correction of the text, and returns its page.
    private static func propose(_ visitor: DepositaryVisitor) async throws -> String {
        let answer = try await visitor.post(
            "\(treaty)/corrections/propose", from: "\(treaty)/corrections/propose", form: "proposal-form",
            [
                ("scope", "text"), ("objectionsUntil", "2026-12-31"), ("language-1", "fr"), ("place-1", "Article 12"),
                ("reads-1", "trente"),
                ("should-1", "treize"),
            ])
        #expect(answer.status == 303, "\(answer.text.suffix(900))")
        return try #require(answer.location)
    }

    @Test("A correction: proposed, objected to by a State concerned only, effected where nobody objects, with its procès-verbal")
    func corrections() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let first = try await Self.propose(visitor)
            let second = try await Self.propose(visitor)
            func object(_ page: String, _ actor: String) async throws -> DepositaryVisitor.Answer {
                try await visitor.post("\(page)/object", from: page, form: "objection-form", [("actor", actor), ("date", "2026-11-20")])
            }
            #expect(try await object(first, "BRA").status == 422)
            #expect(try await object(first, "KEN").status == 303)
            house.clock.move(to: "2027-01-02T09:00:00.000Z")
            let later = try house.officer(visitor.client)
            #expect(try await later.json(first)["stage"]?.string == "objected")
            #expect(try await later.json(second)["stage"]?.string == "due")
            let waiting = try await later.json("/desk")["awaiting"]?.array ?? []
            #expect(waiting.filter { $0["kind"]?.string == "correct" }.map { $0["href"]?.string } == [second])
            #expect(try await later.post("\(second)/effect", from: second, form: "effect-form", []).status == 303)
            // The correction that was made lets the corrected text in; the one that was objected to does not.
            let made = try await house.house.record.read { try TreatyQueries(database: $0).instrument("XXVII-99")?.corrections }
            let effecting = try #require(made?.first).entry
            #expect(made?.count == 1 && made?.first?.languages == ["fr"])
            #expect(try house.house.record.entry(at: effecting)?.kind == TreatyCorrectionEffected.kind)
            #expect(try await later.get(second).text.contains("/treaties/XXVII-99/text/enter"))
            let page = try await later.get(second, language: "fr", anonymous: true)
            #expect(page.text.contains("PV.1.2027.TREATIES-XXVII.99") && page.text.contains("PROCÈS-VERBAL DE RECTIFICATION"))
            #expect(try await later.json("\(Self.treaty)/corrections", anonymous: true)["corrections"]?.array?.count == 2)
            // The effect is notified, to those that signed or consented.
            let entry = try #require(second.split(separator: "/").last.map(String.init))
            let issued = try await Self.notify([("act", entry)], later)
            let location = try #require(issued.location)
            let json = try await later.json(location)
            #expect(json["subject"]?.string == "correction-effected" && json["addressees"]?.array?.count == 2)
        }
    }

    @Test("The package for registration is a ZIP file with statement, Parties and proofs; the number that comes back is an act")
    func registration() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            let package = try await visitor.get("\(Self.treaty)/registration.zip", accept: "*/*", anonymous: true)
            #expect(package.status == 200 && package.type == "application/zip")
            #expect(package.body.starts(with: [0x50, 0x4B, 0x03, 0x04]))
            for name in ["statement.en.txt", "statement.fr.txt", "parties.csv", "registration.json", "proofs/"] {
                #expect(
                    package.text.contains(name)
                        || package.body.split(separator: 0x0A).contains { String(decoding: $0, as: UTF8.self).contains(name) })
            }
            #expect(try await visitor.get("\(Self.treaty)/registration.zip", accept: "*/*").body == package.body)
            let answer = try await visitor.post(
                "\(Self.treaty)/registration/enter", from: "\(Self.treaty)/registration", form: "registration-form",
                [("manner", "ex-officio"), ("date", "2026-11-20"), ("number", "58000"), ("volume", "3400")])
            #expect(answer.status == 303, "\(answer.text.suffix(900))")
            let page = try await visitor.get("\(Self.treaty)/registration", anonymous: true)
            #expect(page.text.contains("Registered ex officio on 20 November 2026 under number 58000."))
        }
    }

    @Test("Another depositary's ledger is compared with this register's own, and a list with an error is not taken at all")
    func ledgers() async throws {
        let house = try await DepositaryHouse()
        try await house.visit { visitor in
            func give(_ table: String) async throws -> DepositaryVisitor.Answer {
                try await visitor.post(
                    "\(Self.treaty)/ledgers/import", from: "\(Self.treaty)/ledgers", form: "ledger-form",
                    [("depositary", "GBR"), ("asOf", "2026-01-01"), ("table", table)])
            }
            let wrong = try await give("actor,action,date\nFRA,accession,2023-05-01\nAtlantis,accession,2023-05-01")
            #expect(wrong.status == 400 && wrong.text.contains("row 3"))
            #expect(try await give("actor,action,date\nFRA,accession,2023-05-02\nBRA,accession,2025-05-01").status == 303)
            let json = try await visitor.json("\(Self.treaty)/ledgers", anonymous: true)
            #expect(json["differences"]?.integer == 3)
            #expect(json["rows"]?[0]?["finding"]?.string == "missing")
            let page = try await visitor.get("\(Self.treaty)/ledgers", anonymous: true)
            #expect(page.text.contains("The lists differ in 3 places; the earliest date counts."))
        }
    }

    @Test("Every text the desk says it in exists in every language, in the same form")
    func languages() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Treaties/Languages")
            .standardizedFileURL
        let catalogue = try LanguageCatalogue(folders: [folder])
        #expect(catalogue.gaps.isEmpty, "\(catalogue.gaps.map(\.description).joined(separator: "\n"))")
        for kind in DepositaryActWords.kinds { #expect(catalogue.has("kind.\(kind.name)"), "\(kind)") }
    }
}
