import Acts
import Testing

@Suite("Actor groups")
struct ActorGroupTests {
    private let table: ActorTable

    init() throws {
        table = try ActorTable.standard
    }

    private func count(_ group: String, _ date: String) throws -> Int {
        try #require(table.group(group)).members(at: #require(CalendarDate(date))).count
    }

    private func contains(_ group: String, _ actor: String, _ date: String) throws -> Bool {
        try #require(table.group(group)).contains(#require(ActorCode(rawValue: actor)), at: #require(CalendarDate(date)))
    }

    @Test(
        "Sizes on a day",
        arguments: [
            ("eu", "1957-12-31", 0), ("eu", "1958-01-01", 6), ("eu", "1973-01-01", 9), ("eu", "1981-01-01", 10), ("eu", "1986-01-01", 12),
            ("eu", "1995-01-01", 15), ("eu", "2004-05-01", 25), ("eu", "2007-01-01", 27), ("eu", "2013-07-01", 28),
            ("eu", "2020-01-31", 28), ("eu", "2020-02-01", 27),
            ("coe", "1949-08-03", 10), ("coe", "1989-12-31", 23), ("coe", "2007-05-11", 47), ("coe", "2022-03-16", 46),
            ("asean", "1967-08-08", 5), ("asean", "1999-04-30", 10), ("asean", "2025-10-26", 11),
            ("oecd", "1961-12-31", 19), ("oecd", "1962-12-31", 20), ("oecd", "2021-05-25", 38),
            ("security-council-permanent", "1946-01-01", 5), ("security-council-permanent", "1971-10-24", 5),
            ("security-council-permanent", "1971-10-25", 5), ("security-council-permanent", "1991-12-24", 5),
            ("ctbt-annex-2", "1996-09-24", 44), ("brics", "2010-01-01", 4), ("brics", "2026-01-01", 10), ("ldc", "2025-01-01", 44),
            ("lldc", "2025-01-01", 32), ("annex-one", "2015-01-01", 43), ("g77", "2025-01-01", 133 + 1),
        ])
    func sizes(group: String, date: String, size: Int) throws {
        #expect(try count(group, date) == size)
    }

    @Test("The seat of China and that of the Soviet Union change hands on their days")
    func seats() throws {
        let permanent = "security-council-permanent"
        #expect(try contains(permanent, "ROC", "1971-10-24"))
        #expect(try !contains(permanent, "ROC", "1971-10-25"))
        #expect(try contains(permanent, "CHN", "1971-10-25"))
        #expect(try contains(permanent, "SUN", "1991-12-23"))
        #expect(try !contains(permanent, "SUN", "1991-12-24"))
        #expect(try contains(permanent, "RUS", "1991-12-24"))
    }

    @Test("An earlier act listed under the later holder of a seat counts as a member's, and the seat counts once")
    func sameSeat() throws {
        #expect(try contains("un-members", "RUS", "1948-04-07"))
        #expect(try contains("un-members", "CHN", "1960-01-01"))
        #expect(try contains("un-members", "TZA", "1962-01-01"))
        #expect(try contains("un-members", "SRB", "2001-03-12"))
        #expect(try contains("security-council-permanent", "RUS", "1965-08-31"))
        let members = try #require(table.group("un-members")).members(at: #require(CalendarDate("1948-04-07"))).map(\.rawValue)
        #expect(members.contains("SUN") && !members.contains("RUS"))
    }

    @Test("Memberships that were interrupted are so")
    func interrupted() throws {
        #expect(try contains("un-members", "IDN", "1965-01-19"))
        #expect(try !contains("un-members", "IDN", "1966-01-01"))
        #expect(try contains("un-members", "IDN", "1966-09-28"))
        #expect(try !contains("coe", "GRC", "1972-01-01"))
        #expect(try contains("coe", "GRC", "1974-11-28"))
        #expect(try !contains("opec", "QAT", "2019-01-01"))
    }

    @Test("The groups of an actor on a day")
    func groupsOfActor() throws {
        let france = try #require(ActorCode(rawValue: "FRA"))
        let ids = table.groups(of: france, at: try #require(CalendarDate("2026-01-01"))).map(\.id)
        #expect(
            ids == ["annex-one", "coe", "ctbt-annex-2", "eu", "g20", "imo", "oecd", "security-council-permanent", "un-members", "un-weog"])
    }
}
