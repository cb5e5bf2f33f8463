import Acts
import Testing

@Suite("Actor table")
struct ActorTableTests {
    private let table: ActorTable

    init() throws {
        table = try ActorTable.standard
    }

    private func code(_ text: String) throws -> ActorCode { try #require(ActorCode(rawValue: text)) }
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test("Codes, alpha-2 codes and M49 numbers are each given once")
    func codesAreUnique() {
        #expect(Set(table.actors.map(\.code)).count == table.actors.count)
        let alpha2 = table.actors.compactMap(\.alpha2)
        #expect(Set(alpha2).count == alpha2.count)
        #expect(alpha2.allSatisfy { $0.utf8.count == 2 })
        let m49 = table.actors.compactMap(\.m49)
        #expect(Set(m49).count == m49.count)
        #expect(table.actors.map(\.code) == table.actors.map(\.code).sorted())
    }

    @Test("Every actor and every group has a name in all seven languages")
    func everyLanguage() {
        #expect(ActorTable.languages == ["en", "fr", "es", "ru", "zh", "ar", "id"])
        for actor in table.actors {
            for language in ActorTable.languages {
                #expect(
                    actor.names.contains { $0.form == .short && $0.language == language && !$0.isFormer && !$0.text.isEmpty },
                    "\(actor.code) in \(language)")
            }
        }
        for group in table.groups {
            #expect(Set(ActorTable.languages.map(group.name(in:))).allSatisfy { $0 != group.id || group.id == "brics" }, "\(group.id)")
        }
    }

    @Test("Former names come in all seven languages too, and their periods do not overlap")
    func formerNames() {
        for actor in table.actors {
            let former = actor.names.filter { $0.form == .short && $0.isFormer }
            let periods = Set(former.map { [$0.from?.dayNumber ?? .min, $0.until?.dayNumber ?? .max] })
            #expect(former.count == periods.count * ActorTable.languages.count, "\(actor.code)")
            let sorted = periods.sorted { $0[0] < $1[0] }
            for (earlier, later) in zip(sorted, sorted.dropFirst()) { #expect(earlier[1] < later[0], "\(actor.code)") }
        }
    }

    /// The numbers the United Nations gives for its growth in membership.
    @Test(
        "Members of the United Nations, counted on the last day of a year",
        arguments: [
            (1945, 51), (1946, 55), (1947, 57), (1948, 58), (1949, 59), (1950, 60), (1955, 76), (1956, 80), (1957, 82), (1958, 82),
            (1960, 99), (1961, 104), (1962, 110), (1963, 112 + 1), (1964, 115), (1965, 117), (1966, 122), (1967, 123), (1968, 126),
            (1970, 127), (1971, 132), (1973, 135), (1974, 138), (1975, 144), (1976, 147), (1977, 149), (1978, 151), (1979, 152),
            (1980, 154), (1981, 157), (1983, 158), (1984, 159), (1990, 159), (1991, 166), (1992, 179), (1993, 184), (1994, 185),
            (1999, 188), (2000, 189), (2002, 191), (2006, 192), (2011, 193), (2025, 193),
        ])
    func unitedNationsMembers(year: Int, count: Int) throws {
        let members = try #require(table.group("un-members"))
        let last = try #require(CalendarDate(year: year, month: 12, day: 31))
        let found = members.members(at: last)
        #expect(found.count == count)
        #expect(Set(found).count == found.count)
    }

    @Test("The 193 Members of today are States with alpha-2, M49 number and, but for none, a regional group")
    func membersOfToday() throws {
        let members = try #require(table.group("un-members")).members(at: day("2026-01-01"))
        #expect(members.count == 193)
        for member in members {
            let actor = try #require(table[member])
            #expect(actor.kind == .state && actor.alpha2 != nil && actor.m49 != nil && actor.code.rawValue.count == 3)
            #expect(actor.exists(at: try day("2026-01-01")))
            let group = try #require(actor.regionalGroup, "\(member) is in no regional group")
            #expect(try #require(table.group(group)).contains(member, at: day("2026-01-01")))
        }
        let regional = try table.groups.filter { $0.id.hasPrefix("un-") && $0.id != "un-members" }
            .map { $0.members(at: try day("2026-01-01")).count }
        #expect(regional.count == 5)
        #expect(regional.reduce(0, +) == 193)
    }

    @Test("Successions name known actors, agree on both sides and follow the end of the predecessor")
    func successions() throws {
        for actor in table.actors {
            for succession in actor.predecessors {
                #expect(succession.successor == actor.code)
                #expect(try #require(table[succession.predecessor]).successors.contains(succession))
            }
            for succession in actor.successors {
                #expect(succession.predecessor == actor.code)
                #expect(try #require(table[succession.successor]).predecessors.contains(succession))
                if succession.kind != .separation, let until = actor.validUntil, actor.code.rawValue != "YUG" {
                    #expect(abs(succession.date.dayNumber - until.dayNumber) <= 2, "\(actor.code) to \(succession.successor)")
                }
            }
        }
        for actor in table.actors where actor.kind == .extinctState {
            #expect(actor.validUntil != nil, "\(actor.code)")
            if actor.code.rawValue != "SCG" { #expect(!actor.successors.isEmpty, "\(actor.code)") }
        }
        let yemen = try #require(table[code("YEM")])
        #expect(yemen.predecessors.map(\.predecessor.rawValue) == ["YAR", "YMD"])
        #expect(yemen.predecessors.allSatisfy { $0.kind == .unification })
        #expect(try #require(table[code("CSK")]).successors.map(\.successor.rawValue) == ["CZE", "SVK"])
        #expect(try #require(table[code("SUN")]).successors.count == 12)
    }

    @Test(
        "A name changes on its day and not before",
        arguments: [
            ("SWZ", "en", "2018-04-18", "Swaziland"), ("SWZ", "en", "2018-04-19", "Eswatini"),
            ("TUR", "en", "2022-05-30", "Turkey"), ("TUR", "en", "2022-05-31", "Türkiye"),
            ("TUR", "fr", "2020-01-01", "Turquie"), ("TUR", "fr-CA", "2026-01-01", "Türkiye"),
            ("MKD", "en", "2019-02-11", "The former Yugoslav Republic of Macedonia"), ("MKD", "en", "2019-02-12", "North Macedonia"),
            ("MKD", "ar", "2026-01-01", "مقدونيا الشمالية"), ("CZE", "en", "2015-03-14", "Czech Republic"),
            ("CPV", "en", "2013-01-01", "Cape Verde"), ("MMR", "en", "1989-06-17", "Burma"), ("BFA", "fr", "1970-01-01", "Haute-Volta"),
            ("COD", "en", "1980-01-01", "Zaire"), ("COD", "en", "1970-01-01", "Democratic Republic of the Congo"),
            ("COD", "en", "1962-01-01", "Congo (Leopoldville)"), ("KHM", "en", "1980-01-01", "Democratic Kampuchea"),
            ("KHM", "en", "1960-01-01", "Cambodia"), ("BLR", "en", "1991-09-18", "Byelorussian Soviet Socialist Republic"),
            ("LKA", "en", "1960-01-01", "Ceylon"), ("BEN", "en", "1960-12-01", "Dahomey"),
            ("EGY", "en", "1965-01-01", "United Arab Republic"),
            ("EU", "en", "1979-11-13", "European Economic Community"), ("EU", "en", "1998-01-01", "European Community"),
            ("EU", "en", "2015-01-01", "European Union"), ("IMO", "fr", "2000-01-01", "Organisation maritime internationale"),
            ("DEU", "en", "1990-10-02", "Germany (Federal Republic of)"), ("DEU", "en", "1990-10-03", "Germany"),
        ])
    func datedNames(actor: String, language: String, date: String, name: String) throws {
        #expect(try #require(table[code(actor)]).name(in: language, at: day(date)) == name)
    }

    @Test(
        "Present names are those of the United Nations' list",
        arguments: [
            ("BOL", "en", "Bolivia (Plurinational State of)"), ("BOL", "fr", "Bolivie (État plurinational de)"),
            ("IRN", "en", "Iran (Islamic Republic of)"), ("VNM", "en", "Viet Nam"), ("CIV", "en", "Côte d'Ivoire"),
            ("CIV", "fr", "Côte d'Ivoire"), ("GBR", "fr", "Royaume-Uni de Grande-Bretagne et d'Irlande du Nord"),
            ("KOR", "id", "Republik Korea"), ("RUS", "zh", "俄罗斯联邦"), ("FRA", "ar", "فرنسا"), ("JPN", "ru", "Япония"),
            ("ESP", "es", "España"), ("USA", "id", "Amerika Serikat"), ("VAT", "id", "Takhta Suci"), ("PSE", "fr", "État de Palestine"),
            ("FRA", "de", "France"), ("FRA", "zh-Hans-CN", "法国"),
        ])
    func presentNames(actor: String, language: String, name: String) throws {
        #expect(try #require(table[code(actor)]).name(in: language) == name)
    }

    @Test("The formal name is given where one is held, and not for a time when the State was called otherwise")
    func formalNames() throws {
        let norway = try #require(table[code("NOR")])
        #expect(norway.formalName(in: "en") == "Kingdom of Norway")
        #expect(norway.formalName(in: "fr") == "Norvège")
        let turkey = try #require(table[code("TUR")])
        #expect(turkey.formalName(in: "en") == "Republic of Türkiye")
        #expect(try turkey.formalName(in: "en", at: day("2000-01-01")) == "Turkey")
    }

    @Test("Kinds: observers, entities, organizations, States that are no more")
    func kinds() throws {
        for observer in ["VAT", "PSE"] { #expect(try #require(table[code(observer)]).kind == .observerState) }
        for nonMember in ["COK", "NIU"] {
            #expect(try #require(table[code(nonMember)]).isState)
            #expect(try !(#require(table.group("un-members"))).contains(code(nonMember), at: day("2026-01-01")))
        }
        for entity in ["XKX", "TWN", "ROC"] { #expect(try !(#require(table[code(entity)])).isState) }
        #expect(try #require(table[code("EU")]).isRegionalOrganization)
        #expect(try #require(table[code("IAEA")]).isOrganization)
        #expect(try !(#require(table[code("IAEA")])).isRegionalOrganization)
        #expect(try !(#require(table[code("CSK")])).exists(at: day("1993-01-01")))
        #expect(try #require(table[code("CSK")]).exists(at: day("1992-12-31")))
    }

    @Test("Damaged and contradictory tables are refused with their reason")
    func refusals() throws {
        let france = Actor(code: try code("FRA"), kind: .state, names: [])
        #expect(throws: ActorTableError.duplicateCode(france.code)) { try ActorTable(actors: [france, france], groups: []) }
        let unknown = try code("ZZZ")
        let group = ActorGroup(id: "g", names: [:], memberships: [.init(actor: unknown)])
        #expect(throws: ActorTableError.unknownActor(unknown, in: "the group g")) { try ActorTable(actors: [france], groups: [group]) }
        let empty = ActorGroup(id: "g", names: [:], memberships: [])
        #expect(throws: ActorTableError.duplicateGroup("g")) { try ActorTable(actors: [france], groups: [empty, empty]) }
        let backwards = ActorGroup(
            id: "g", names: [:], memberships: [.init(actor: france.code, from: try day("2000-01-02"), until: try day("2000-01-01"))])
        #expect(throws: ActorTableError.emptyPeriod(france.code, in: "the group g")) {
            try ActorTable(actors: [france], groups: [backwards])
        }
        let stray = Succession(predecessor: unknown, successor: france.code, date: try day("2000-01-01"), kind: .separation)
        let successor = Actor(code: france.code, kind: .state, names: [], predecessors: [stray])
        #expect(throws: ActorTableError.unknownActor(unknown, in: "a succession of FRA")) {
            try ActorTable(actors: [successor], groups: [])
        }
    }

    @Test("An actor without a name answers with its code")
    func nameless() throws {
        #expect(Actor(code: try code("FRA"), kind: .state, names: []).name(in: "ar") == "FRA")
    }
}
