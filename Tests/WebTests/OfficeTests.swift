import Acts
import HTTPTypes
import Record
import Testing

@testable import Web

@Suite("Offices, people and access")
struct OfficeTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    private func administrator() async throws -> Person {
        _ = try await Identity.bootstrap(house.record)
        return try house.officer()
    }

    @Test("An administrator establishes an office and appoints a person, who gets a link that works")
    func invitation() async throws {
        let administrator = try await administrator()
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: administrator))
            let offices = try await visitor.get("/offices")
            #expect(
                try await visitor.post(
                    "/establish-office",
                    [("request", try visitor.token(offices, form: "establish-office")), ("office", "press"), ("name", "Press office")]
                ).headers[.location] == "/offices/press")
            let office = try await visitor.get("/offices/press")
            let invited = try await visitor.post(
                "/offices/press/people",
                [("request", try visitor.token(office, form: "invite")), ("name", "Ana <María>"), ("role", "reader")])
            #expect(invited.text.contains("Ana &lt;María&gt;"))
            let link = try #require(invited.text.firstMatch(of: /sign-in\/link\?token=([A-Za-z0-9_-]+)/)).output.1
            visitor.forget()
            let page = try await visitor.get("/sign-in/link?token=\(link)")
            _ = try await visitor.post(
                "/sign-in/link", [("request", try visitor.token(page, form: "confirm-link")), ("token", String(link))])
            let account = try await visitor.get("/account")
            #expect(account.text.contains("Ana &lt;María&gt;") && account.text.contains("Press office"))
        }
    }

    @Test("Who works in an office is shown to the node's own people alone")
    func names() async throws {
        let administrator = try await administrator()
        try await house.visit { (visitor) async throws in
            let outside = try await visitor.get("/offices/depositary")
            #expect(outside.status == .ok && !outside.text.contains(administrator.name))
            visitor.bring(house.cookie(for: administrator))
            #expect(try await visitor.get("/offices/depositary").text.contains(administrator.name))
            let entry = try #require(
                try (0..<house.record.size).first { try house.record.entry(at: $0)?.kind == PersonAppointed.kind })
            #expect(try await visitor.get("/record/acts/\(entry)").text.contains(administrator.name))
            visitor.forget()
            let act = try await visitor.get("/record/acts/\(entry)")
            #expect(act.status == .ok && !act.text.contains(administrator.name))
            let json = try await visitor.json("/record/acts/\(entry)").json
            #expect(json["state"] == "restricted" && json["payload"] == nil && json["salt"] == nil)
            #expect(!(try await visitor.get("/record/acts/\(entry).tlog-proof").text.contains(administrator.name)))
            #expect(!(try await visitor.json("/record/acts?limit=500").text.contains(administrator.name)))
        }
    }

    @Test("The last administrator cannot be dismissed")
    func lastAdministrator() async throws {
        let administrator = try await administrator()
        let identity = house.house.identity
        await #expect(throws: Refusal.self) {
            try await identity.appoint(administrator.id, in: "depositary", as: [.reader], by: administrator, request: "a")
        }
        let (second, _) = try await identity.invite(
            "Second", to: "depositary", as: [.administrator], by: administrator, request: "b")
        try await identity.appoint(administrator.id, in: "depositary", as: [.reader], by: administrator, request: "c")
        let refusal = await #expect(throws: Refusal.self) {
            try await identity.invite("Third", to: "depositary", as: [.reader], by: administrator, request: "d")
        }
        #expect(refusal?.code == "access.role.administrator", "who was dismissed may no more, whatever the page still showed")
        let people = try Identity.people(in: house.record)
        #expect(people.first { $0.id == second }?.holds(.administrator) == true)
    }

    /// Who may do what: nobody, a reader, an officer, an administrator.
    @Test("Every door asks for its role")
    func doors() async throws {
        let administrator = try await administrator()
        let identity = house.house.identity
        let (reader, _) = try await identity.invite("Reader", to: "depositary", as: [.reader], by: administrator, request: "r")
        let (officer, _) = try await identity.invite(
            "Officer", to: "depositary", as: [.depositaryOfficer], by: administrator, request: "o")
        let people = try Identity.people(in: house.record)
        let persons: [(String, Person?)] = [
            ("nobody", nil), ("reader", people.first { $0.id == reader }), ("officer", people.first { $0.id == officer }),
            ("administrator", administrator),
        ]
        let doors: [(path: String, allowed: Set<String>)] = [
            ("/notes/a", ["officer", "administrator"]), ("/establish-office", ["administrator"]),
            ("/offices/depositary/people", ["administrator"]), ("/offices/depositary/people/\(reader)", ["administrator"]),
            ("/people/\(reader)/link", ["administrator"]), ("/people/\(reader)/sessions/end", ["administrator", "reader"]),
            ("/people/\(reader)/passkeys/x/revoke", ["administrator", "reader"]),
            ("/account/recovery-codes", ["reader", "officer", "administrator"]),
            ("/account/sessions/end", ["reader", "officer", "administrator"]),
        ]
        try await house.visit { (visitor) async throws in
            for (name, person) in persons {
                for door in doors {
                    visitor.forget()
                    if let person { visitor.bring(house.cookie(for: person)) }
                    let size = house.record.size
                    // Without a good form token: who passes the door is stopped there, and nothing is entered.
                    let answer = try await visitor.post(door.path, [], [.accept: "application/json"])
                    if door.allowed.contains(name) {
                        #expect(answer.code == "request.form-token", "\(name) at \(door.path)")
                    } else {
                        #expect(
                            answer.status == (person == nil ? .unauthorized : .forbidden) && answer.code?.hasPrefix("access.") == true,
                            "\(name) at \(door.path): \(answer.code ?? "-")")
                    }
                    #expect(house.record.size == size)
                }
            }
        }
    }

    @Test("Who may read what is marked so, table by table")
    func readers() throws {
        let access = Access()
        let day = try #require(CalendarDate("2026-11-22"))
        func person(_ office: String) -> Person {
            Person(id: "p", name: "P", appointments: [.init(office: office, roles: [.reader])])
        }
        func restricted(_ audience: [String], _ release: String? = nil) -> Marking {
            .restricted(.init(audience: audience, label: "TLP:AMBER", release: release.flatMap { CalendarDate($0) }))
        }
        let table: [(Marking, Person?, Bool)] = [
            (.public, nil, true), (.public, person("a"), true), (restricted([]), nil, false), (restricted([]), person("a"), true),
            (restricted(["a"]), person("a"), true), (restricted(["a"]), person("b"), false), (restricted(["a"]), nil, false),
            (restricted(["a"], "2026-11-22"), nil, true), (restricted(["a"], "2026-11-23"), nil, false),
            (restricted(["a"], "2026-11-23"), person("b"), false),
        ]
        for (marking, person, allowed) in table {
            #expect(access.mayRead(marking, as: person, on: day) == allowed, "\(marking) \(person?.appointments.first?.office ?? "-")")
        }
    }

    @Test(
        "An office's short name is of its form",
        arguments: [
            ("press-office", true), ("ab", true), ("a", false), ("Press", false), ("1press", false), ("press office", false), ("", false),
            (String(repeating: "a", count: 41), false), ("préss", false), ("../x", false),
        ])
    func identifiers(_ office: String, _ isGood: Bool) {
        if isGood {
            #expect(throws: Never.self) { try OfficeRules.checkIdentifier(office) }
        } else {
            #expect(throws: Refusal.self) { try OfficeRules.checkIdentifier(office) }
        }
    }

    @Test("What the identity view knows is the same after a rebuild, an erasure included")
    func rebuild() async throws {
        let administrator = try await administrator()
        let identity = house.house.identity
        let (person, _) = try await identity.invite("Erased Person", to: "depositary", as: [.reader], by: administrator, request: "x")
        _ = try await identity.newRecoveryCodes(for: administrator, request: "y")
        let appointment = try #require(
            try (0..<house.record.size).last { try house.record.entry(at: $0)?.kind == PersonAppointed.kind })
        _ = try await house.record.erase(entry: appointment, ground: "GDPR art. 17", office: "depositary", author: administrator.id)
        let people = try Identity.people(in: house.record)
        #expect(!people.contains { $0.id == person } && people.contains { $0.id == administrator.id })
        try await house.visit { (visitor) async throws in
            let act = try await visitor.get("/record/acts/\(appointment)")
            #expect(act.text.contains("erased") && act.text.contains("/record/acts/\(house.record.size - 1)"))
            #expect(try await visitor.json("/record/acts/\(appointment)").json["state"] == "erased")
        }
    }
}
