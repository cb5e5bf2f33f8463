import Acts
import Testing

@Suite("Finding actors by name")
struct ActorSearchTests {
    private let table: ActorTable

    init() throws {
        table = try ActorTable.standard
    }

    @Test("Every present name and every alias of an actor finds it")
    func everyNameFindsItsActor() {
        for actor in table.actors {
            for name in actor.names where !name.isFormer {
                #expect(table.find(name: name.text)?.code == actor.code, "\(name.text)")
            }
            #expect(table.find(name: actor.code.rawValue)?.code == actor.code)
        }
    }

    @Test("Every former name finds its actor on the days it was borne, or one that bore it then too")
    func formerNames() {
        for actor in table.actors {
            for name in actor.names {
                guard let until = name.until, actor.exists(at: until) else { continue }
                let found = table.find(name: name.text, at: until)
                let bore = found?.names.contains { $0.text == name.text && $0.applies(at: until) } ?? false
                #expect(found?.code == actor.code || bore, "\(name.text) of \(actor.code)")
            }
        }
    }

    @Test(
        "Exact names, whatever the case, accents, punctuation and list",
        arguments: [
            ("United States", "USA"), ("USSR", "SUN"), ("St. Lucia", "LCA"), ("Saint Lucia", "LCA"), ("DR Congo", "COD"),
            ("Republic of Korea", "KOR"), ("south korea", "KOR"), ("COTE D’IVOIRE", "CIV"), ("Antigua & Barbuda", "ATG"),
            ("The Gambia", "GMB"), ("Turkey", "TUR"), ("Swaziland", "SWZ"), ("Czech Republic", "CZE"), ("Republic of China", "ROC"),
            ("China", "CHN"), ("Yugoslavia", "YUG"), ("EUU", "EU"), ("European Union", "EU"), ("EEC", "EU"), ("Holy See", "VAT"),
            ("Kosovo", "XKX"), ("Congo", "COG"), ("Congo - Kinshasa", "COD"), ("Macedonia", "MKD"), ("Burma", "MMR"),
            ("فرنسا", "FRA"), ("Россия", "RUS"), ("英国", "GBR"), ("Inggris", "GBR"), ("Corée du Sud", "KOR"), ("AU", "AU"), ("AR", "ARG"),
            ("United Arab Republic", "UAR"), ("Naoero", "NRU"), ("Nauru", "NRU"), ("Netherlands", "NLD"),
        ])
    func exact(name: String, code: String) {
        #expect(table.find(name: name)?.code.rawValue == code)
    }

    @Test(
        "Of several that bore a name, the one that bore it on the day",
        arguments: [
            ("Yugoslavia", "1980-01-01", "YUG"), ("Yugoslavia", "1995-01-01", "SCG"), ("United Arab Republic", "1960-01-01", "UAR"),
            ("United Arab Republic", "1965-01-01", "EGY"), ("Germany", "1980-01-01", "DEU"),
        ])
    func exactOnDay(name: String, date: String, code: String) throws {
        #expect(table.find(name: name, at: try #require(CalendarDate(date)))?.code.rawValue == code)
    }

    @Test("What is no name finds nothing", arguments: ["", " ", "…", "Atlantis", "Ruritania", "the"])
    func nothing(name: String) {
        #expect(table.find(name: name) == nil)
    }

    @Test(
        "The first answer of a search, beginnings, words within and misspellings included",
        arguments: [
            ("Kazakstan", "KAZ"), ("Columbia", "COL"), ("Phillipines", "PHL"), ("فرنسا", "FRA"), ("中国", "CHN"), ("Cote dIvoire", "CIV"),
            ("germny", "DEU"), ("Untied Kingdom", "GBR"), ("Untied States", "USA"), ("Swtizerland", "CHE"), ("Lichtenstein", "LIE"),
            ("Azerbajan", "AZE"), ("Kyrgistan", "KGZ"), ("Guatamala", "GTM"), ("Mozambik", "MOZ"), ("Venezuala", "VEN"),
            ("Equador", "ECU"), ("Marocco", "MAR"), ("Tunesia", "TUN"), ("Phillippines", "PHL"), ("Eqypt", "EGY"), ("Viet nam", "VNM"),
            ("fran", "FRA"), ("indon", "IDN"), ("Emirates", "ARE"), ("arab emi", "ARE"), ("herzegovina", "BIH"), ("guinea bissau", "GNB"),
            ("new zea", "NZL"), ("bosnia", "BIH"), ("tobago", "TTO"), ("Казахстн", "KAZ"), ("Украйна", "UKR"), ("Germanyy", "DEU"),
            ("Allemagne", "DEU"), ("alemania", "DEU"), ("ألمانيا", "DEU"), ("المانيا", "DEU"), ("السعوديه", "SAU"), ("德国", "DEU"),
            ("日本", "JPN"), ("印度尼西亚", "IDN"), ("Jepang", "JPN"), ("Selandia Baru", "NZL"), ("soviet", "SUN"), ("czechoslovak", "CSK"),
            ("europen union", "EU"), ("Union européenne", "EU"), ("UNESCO", "UNESCO"), ("world health", "WHO"), ("Swaziland", "SWZ"),
            ("fr", "FRA"), ("Burma", "MMR"), ("Zaire", "COD"), ("FR", "FRA"), ("USA", "USA"), ("United States", "USA"),
            ("Brasil", "BRA"),
        ])
    func first(text: String, code: String) {
        let matches = table.search(text, limit: 5)
        #expect(matches.first?.actor.code.rawValue == code, "\(matches.map { ($0.actor.code.rawValue, $0.name.text, $0.score) })")
    }

    @Test("One letter dropped, doubled or swapped in an English short name of some length still finds the State among three")
    func misspellings() {
        for (turn, actor) in table.actors.enumerated() where actor.kind == .state {
            let name = actor.name(in: "en")
            var letters = Array(name)
            guard letters.count >= 7 else { continue }
            // Place and mistake go by turns, so that every part of a name and every kind of mistake comes up.
            let position = turn % (letters.count - 1)
            switch turn % 3 {
            case 0: letters.remove(at: position)
            case 1: letters.insert(letters[position], at: position)
            default: letters.swapAt(position, position + 1)
            }
            let found = table.search(String(letters), limit: 3).map(\.actor.code)
            #expect(found.contains(actor.code), "\(String(letters)) for \(name)")
        }
    }

    @Test("A search gives each actor once, best first, and no more than asked")
    func order() {
        for text in ["united", "republic", "guinea", "republik", "a", "中", "сан"] {
            let matches = table.search(text, limit: 20)
            #expect(matches.count <= 20)
            #expect(Set(matches.map(\.actor.code)).count == matches.count)
            #expect(zip(matches, matches.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
        #expect(table.search("france", limit: 0).isEmpty)
        #expect(table.search("", limit: 5).isEmpty)
        #expect(Set(table.search("guinea", limit: 6).map(\.actor.code.rawValue)).isSuperset(of: ["GIN", "GNB", "GNQ", "PNG"]))
        #expect(Set(table.search("congo", limit: 4).map(\.actor.code.rawValue)).isSuperset(of: ["COG", "COD"]))
        #expect(Set(table.search("korea", limit: 4).map(\.actor.code.rawValue)).isSuperset(of: ["KOR", "PRK"]))
    }

    @Test("No input breaks a search: random scalars of every script, long texts")
    func anyInput() {
        var state: UInt64 = 20_261_122
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x17F, 0x300...0x36F, 0x400...0x4FF, 0x600...0x6FF, 0x4E00...0x4FFF, 0x1F300...0x1F5FF,
        ]
        for round in 0..<300 {
            var text = ""
            for _ in 0..<next(40) {
                let range = ranges[Int(next(UInt64(ranges.count)))]
                if let scalar = Unicode.Scalar(range.lowerBound + UInt32(next(UInt64(range.count)))) { text.unicodeScalars.append(scalar) }
            }
            let matches = table.search(text, limit: 3)
            #expect(matches.count <= 3, "round \(round) of seed 20261122: \(text)")
            #expect(matches.allSatisfy { $0.score > 0 && $0.score <= 1 })
            _ = table.find(name: text)
        }
        #expect(table.search(String(repeating: "france ", count: 10_000), limit: 3).count <= 3)
    }
}
