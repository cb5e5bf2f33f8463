import Acts
import Record
import Testing

import class Record.Record

@testable import Treaties

/// Acts of consent over a real record: what is signed is entered with what follows from it, and counts as the law says.
@Suite("Consent in the record")
struct ConsentViewTests {
    /// Enters an act as a signed one is entered: prepared, then judged again.
    private func enter(
        _ desk: TreatyDesk, _ record: Record, _ prepare: (ConsentCommands) -> ActDraft
    ) async throws -> [Entry] {
        let act = try SigningRequest(prepare(ConsentCommands(actors: desk.actors, office: "depositary", author: "officer")))
        let actors = desk.actors
        return try await record.enter(
            Command { context in try ConsentEntering(actors: actors, context: context).drafts(act) ?? [] })
    }

    private func withTreaty(
        _ acts: [TreatyParticipation] = [], clauses: JSON? = nil,
        _ body: (TreatyDesk, Record, TreatyViewTests.Clock) async throws -> Void
    ) async throws {
        try await TreatyViewTests.withRegister { desk, record, clock in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            let treaty = SampleRegister.Treaty(opened: ConsentTests.opened(clauses), participation: acts)
            _ = try await record.enter(Command { try commands.open(treaty, exists: false, first: $0.nextIndex, asOf: $0.now.date) })
            try await body(desk, record, clock)
        }
    }

    private func bound(_ desk: TreatyDesk, _ record: Record) async throws -> Set<ActorCode> {
        let rule = StandingRule(actors: desk.actors)
        return try await record.read { database in
            try TreatyQueries(database: database).standing(of: "XXVII-99", asOf: CalendarDate("2024-03-01")!, rule: rule)?.boundActors ?? []
        }
    }

    @Test("An unconfirmed act counts nowhere until it is confirmed, and what was known before stays known")
    func unconfirmed() async throws {
        try await withTreaty([TreatyViewTests.act("FRA", .accession, "2023-05-01")]) { desk, record, clock in
            var act = ConsentTests.act("KEN", .accession, "2024-02-20")
            act.signatory = Signatory(name: "Somebody", title: "Counsellor", capacity: .plenipotentiary)
            await #expect(throws: Refusal.self) { try await enter(desk, record) { $0.prepare(act, request: "a") } }
            act.unconfirmed = true
            let entered = try await enter(desk, record) { $0.prepare(act, request: "b") }
            #expect(entered.map(\.kind) == [TreatyParticipation.kind], "no date is proposed on its strength")
            #expect(entered[0].statement.effective == nil)
            #expect(try await bound(desk, record) == [ConsentTests.code("FRA")])
            let before = clock.now
            clock.move(to: "2024-03-05T12:00:00.000Z")
            let confirmation = TreatyActConfirmed(
                treaty: "XXVII-99", entry: entered[0].index, date: ConsentTests.day("2024-03-01"),
                signatory: Signatory(name: "The Minister", title: "", capacity: .foreignMinister))
            let confirmed = try await enter(desk, record) { $0.prepare(confirmation, request: "c") }
            #expect(confirmed.map(\.kind) == [TreatyActConfirmed.kind, TreatyEntryIntoForceProposed.kind])
            #expect(try await bound(desk, record) == [ConsentTests.code("FRA"), ConsentTests.code("KEN")])
            let known = try await record.read { database in
                (
                    try TreatyQueries(database: database).lines(of: "XXVII-99", knownAt: before).count,
                    try TreatyQueries(database: database).history(of: "XXVII-99").count { $0.stands }
                )
            }
            #expect(known == (1, 2))
            await #expect(throws: Refusal.self) { try await enter(desk, record) { $0.prepare(confirmation, request: "d") } }
        }
    }

    @Test("A reservation made with an instrument is signed with it and becomes an act of its own")
    func attached() async throws {
        try await withTreaty([TreatyViewTests.act("FRA", .accession, "2023-05-01")]) { desk, record, _ in
            var act = ConsentTests.act("KEN", .accession, "2024-02-20")
            act.statements = [AttachedStatement(statement: .reservation, text: "Sauf l'article 3.", language: "fr", provisions: ["art_3"])]
            let entered = try await enter(desk, record) { $0.prepare(act, request: "a") }
            #expect(entered.map(\.kind) == [TreatyParticipation.kind, TreatyStatementMade.kind, TreatyEntryIntoForceProposed.kind])
            let made = try #require(try entered[1].payload(as: TreatyStatementMade.self))
            #expect(made.madeAt == entered[0].index && made.text == "Sauf l'article 3." && made.provisions == ["art_3"])
            let read = try await record.read { try TreatyQueries(database: $0).act(entered[0].index)?.participation }
            #expect(read == act, "what the act says beyond its kind and day is kept")
        }
    }

    @Test("Full powers are held, cover an act, and cover none once they are revoked")
    func fullPowers() async throws {
        try await withTreaty { desk, record, _ in
            let issued = AuthorityTests.powers(acts: []).issued
            let entry = try await enter(desk, record) { $0.prepare(issued, request: "a") }[0].index
            var act = ConsentTests.act("KEN", .accession, "2024-02-20")
            act.signatory = Signatory(name: "Amina Otieno", title: "Ambassador", capacity: .plenipotentiary)
            act.fullPowers = entry
            let prepared = act
            let entered = try await enter(desk, record) { $0.prepare(prepared, request: "b") }
            #expect(entered[0].statement.references.contains(Reference(entry)))
            let held = HeldFullPowers(entry: entry, issued: issued)
            let revoked = TreatyFullPowersRevoked(entry: entry, date: ConsentTests.day("2024-02-25"), reason: "New ambassador")
            _ = try await enter(desk, record) { $0.prepare(revoked, of: held, request: "c") }
            act.action = .withdrawal
            act.date = ConsentTests.day("2024-02-26")
            act.takesEffect = ConsentTests.day("2026-01-01")
            let late = act
            let refusal = await #expect(throws: Refusal.self) { try await enter(desk, record) { $0.prepare(late, request: "d") } }
            #expect(refusal?.code == "treaty.full-powers-withdrawn")
        }
    }

    @Test("Reservation, objection, withdrawal: the statements' standing and the relation of two Parties follow the acts")
    func statements() async throws {
        let parties = ["FRA", "KEN", "IDN"].map { TreatyViewTests.act($0, .accession, "2023-05-01") }
        try await withTreaty(parties) { desk, record, clock in
            clock.move(to: "2025-06-01T12:00:00.000Z")
            let companion = try await record.read { database in
                try TreatyQueries(database: database).lines(of: "XXVII-99").first { $0.participation.actor == ConsentTests.code("KEN") }?
                    .entry
            }
            let reservation = ConsentTests.made("KEN", .reservation, "2023-05-01", madeAt: companion, provisions: ["art_3"])
            let made = try await enter(desk, record) { $0.prepare(reservation, request: "a") }[0].index
            let objection = ConsentTests.made("FRA", .objection, "2023-09-01", answers: made)
            let objected = try await enter(desk, record) { $0.prepare(objection, request: "b") }[0].index
            let rule = StandingRule(actors: desk.actors)
            let actors = desk.actors
            func standings(_ day: String) async throws -> [StatementStanding] {
                try await record.read { database in
                    try ConsentQueries(database: database, actors: actors)
                        .standings(of: "XXVII-99", asOf: ConsentTests.day(day), rule: rule)
                }
            }
            let standing = try #require(try await standings("2025-01-01").first)
            #expect(standing.code == "made" && standing.objectedBy == [ConsentTests.code("FRA")] && standing.acceptedBy == 1)
            #expect(standing.notificationAssumed)
            #expect(try await standings("2023-08-01").count == 1)
            let life = try #require(
                try await record.read { try LifeQueries(database: $0, actors: actors).life(of: "XXVII-99") })
            let reading = try life.reading(on: ConsentTests.day("2025-01-01"))
            #expect(reading.reservations.count == 1 && reading.reservations[0].id == String(made))
            let withdrawn = TreatyStatementChanged(
                treaty: "XXVII-99", statement: objected, change: .withdrawn, date: ConsentTests.day("2025-05-01"),
                signatory: Signatory(name: "The Minister", title: "", capacity: .foreignMinister))
            _ = try await enter(desk, record) { $0.prepare(withdrawn, request: "c") }
            let after = try #require(try await standings("2025-06-01").first)
            #expect(after.objectedBy.isEmpty && after.acceptedBy == 2)
        }
    }

    @Test("A treaty that has ended takes no more acts, and nobody is bound by it any more")
    func terminated() async throws {
        try await withTreaty(["FRA", "KEN"].map { TreatyViewTests.act($0, .accession, "2023-05-01") }) { desk, record, _ in
            let end = TreatyTerminated(
                treaty: "XXVII-99", from: ConsentTests.day("2024-02-01"), ground: .consentOfAll, note: "By the notes of 3 January.")
            _ = try await enter(desk, record) { $0.prepare(end, request: "a") }
            let act = ConsentTests.act("IDN", .accession, "2024-02-20")
            let refusal = await #expect(throws: Refusal.self) { try await enter(desk, record) { $0.prepare(act, request: "b") } }
            #expect(refusal?.code == "treaty.terminated")
            let actors = desk.actors
            let life = try #require(try await record.read { try LifeQueries(database: $0, actors: actors).life(of: "XXVII-99") })
            let reading = try life.reading(on: ConsentTests.day("2024-02-20"))
            #expect(reading.parties(on: ConsentTests.day("2024-02-20").dayNumber).isEmpty)
            #expect(try life.reading(on: ConsentTests.day("2024-01-20")).parties(on: ConsentTests.day("2024-01-20").dayNumber).count == 2)
        }
    }

    @Test("The text signed is held against the authenticated one of the record (VCLT art. 10)")
    func authenticatedText() async throws {
        try await withTreaty { desk, record, _ in
            let set = String(repeating: "ab", count: 32)
            let json: JSON = [
                "treaty": "XXVII-99", "date": "2020-01-10", "procedure": "asAgreed", "texts": ["en": .string(set)], "textSet": .string(set),
                "gaps": 0,
            ]
            let authenticated = try TreatyAuthenticated(json: json)
            _ = try await record.enter(Command([ActDraft(authenticated, office: "depositary", author: "officer")]))
            var act = ConsentTests.act("KEN", .signature, "2024-02-20")
            act.text = String(repeating: "cd", count: 32)
            let wrong = act
            let refusal = await #expect(throws: Refusal.self) { try await enter(desk, record) { $0.prepare(wrong, request: "a") } }
            #expect(refusal?.code == "treaty.other-text")
            act.text = set
            let right = act
            #expect(try await enter(desk, record) { $0.prepare(right, request: "b") }.count == 1)
        }
    }
}
