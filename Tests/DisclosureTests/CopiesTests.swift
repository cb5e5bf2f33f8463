import Acts
import TestSupport
import Testing

@testable import Disclosure

@Suite("Individual copies")
struct CopiesTests {
    static let secret = [UInt8](repeating: 9, count: 32)

    @Test("Wordings are read from the author's notation, and every copy is made of them")
    func notation() throws {
        let text = try VariantText(
            notation: "The mission {noted|observed} that \\{x\\} was {almost|nearly} done.\n\n| Article 5 applies.\n")
        #expect(text.sites.map(\.options) == [["noted", "observed"], ["almost", "nearly"]])
        #expect(text.text([1, 0]) == ["The mission observed that {x} was almost done.", "Article 5 applies."])
    }

    static let refused: [(notation: String, fault: String)] = [
        ("It cost {5 million|6 million}.", "number"), ("It took {two|several} days.", "number"), ("Il y a {cent|beaucoup}.", "number"),
        ("He said \"we {agree|concur}\".", "quotation"), ("He said “we {agree|concur}”.", "quotation"),
        ("„wir {gehen|laufen}“ sagte er", "quotation"),
        ("« nous {allons|partons} »", "quotation"), ("It was {“so”|thus}.", "quotation"), ("| Article {shall|will} apply.", "fixedText"),
        ("{agree}", "options"), ("{a|b|c|d|e|f|g|h|i}", "options"), ("The {car\u{200B}|vehicle}", "invisible"),
        ("The {visit|vis\u{456}t}", "sameWords"), ("The {visit|Visit}", "sameWords"), ("The {new  visit|new visit,}", "sameWords"),
        ("The {organisation|organization}", "sameWords"), ("{a|{b|c}}", "notation"), ("a}b", "notation"), ("{a|b", "notation"),
    ]

    @Test("Numbers, quotations, treaty text, invisible characters, look-alikes and mere spelling are no wordings", arguments: refused)
    func refusals(row: (notation: String, fault: String)) {
        do {
            _ = try VariantText(notation: row.notation)
            Issue.record("\(row.notation) was taken")
        } catch {
            let name = String(describing: Mirror(reflecting: error).children.first?.label ?? "tooLarge")
            #expect(name == row.fault, "\(row.notation): \(error)")
        }
    }

    @Test("After a quotation is closed the wording may vary again")
    func closedQuotation() throws {
        #expect(try VariantText(notation: "He said “no”, and {left|departed}. „Nein“ {said|replied} she.").sites.count == 2)
    }

    @Test("An assignment is balanced at every site, different for every copy, and the same again from the same secret")
    func assignment() throws {
        var random = SeededGenerator(seed: 1)
        let text = try LeakTrial.text(sites: 40, random: &random)
        let drawn = try CopyAssignment(of: text, copies: 200, secret: Self.secret, document: "A")
        for site in 0..<40 { #expect(drawn.choices.count { $0[site] == 0 } == 100) }
        #expect(Set(drawn.choices).count == 200)
        #expect(try CopyAssignment(of: text, copies: 200, secret: Self.secret, document: "A") == drawn)
        #expect(try CopyAssignment(of: text, copies: 200, secret: Self.secret, document: "B") != drawn)
        #expect(try CopyAssignment(of: text, copies: 200, secret: [UInt8](repeating: 8, count: 32), document: "A") != drawn)
        #expect(throws: CopyAssignment.Fault.weakSecret) { try CopyAssignment(of: text, copies: 2, secret: [1], document: "A") }
        let short = try LeakTrial.text(sites: 4, random: &random)
        #expect(throws: CopyAssignment.Fault.tooFewSites(sites: 4, copies: 200)) {
            try CopyAssignment(of: short, copies: 200, secret: Self.secret, document: "A")
        }
    }

    @Test("A copy retyped in capitals, without punctuation or with other spaces is read site by site", arguments: 0..<20)
    func reading(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let text = try LeakTrial.text(sites: 24, random: &random)
        let choice = (0..<24).map { _ in Int.random(in: 0...1, using: &random) }
        let plain = text.text(choice).joined(separator: "\n")
        let leaks: [String] = [
            plain, plain.uppercased(), plain.replacing(" ", with: "\u{2009} "), plain.replacing(".", with: ""),
            plain.replacing("e", with: "e\u{200B}"),
        ]
        for leak in leaks {
            let reading = LeakReading(of: leak, against: text)
            let wrong = zip(reading.options, choice).count { read, given in read != nil && read != given }
            #expect(wrong == 0)
            #expect(reading.read >= 22, "\(reading.read) of 24 read")
        }
    }

    @Test("A text that has nothing to do with it shows nothing")
    func stranger() throws {
        var random = SeededGenerator(seed: 2)
        let text = try LeakTrial.text(sites: 40, random: &random)
        let other = try LeakTrial.text(sites: 40, random: &random)
        let reading = LeakReading(of: other.text([]).joined(separator: " "), against: text)
        let analysis = LeakAnalysis(
            reading: reading, assignment: try CopyAssignment(of: text, copies: 200, secret: Self.secret, document: "A"))
        #expect(analysis.consistent.isEmpty)
    }

    @Test("Chance is reckoned exactly: the tail of the binomial, site by site")
    func tail() {
        let tail = LeakAnalysis.tail(of: [0.5, 0.5, 0.5, 0.5])
        let expected: [Double] = [1, 0.9375, 0.6875, 0.3125, 0.0625]
        #expect(tail == expected)
        #expect(LeakAnalysis.sitesNeeded(copies: 200) == 18, "2^-17 x 200 is above 0.001, 2^-18 x 200 below")
    }

    @Test("Sixteen sites cannot reach a verdict among two hundred copies, forty can")
    func verdicts() throws {
        var random = SeededGenerator(seed: 3)
        #expect(try LeakTrial(sites: 16).run(.verbatim, runs: 5, random: &random).named == 0)
        let forty = try LeakTrial(sites: 40).run(.verbatim, runs: 5, random: &random)
        #expect(forty.named == 5)
        #expect(forty.falselyNamed == 0)
    }

    @Test("Addresses and numbers are each copy's own, and tell it again wherever they turn up")
    func canaries() {
        let marks = CanaryMarks(secret: Self.secret, document: "DOC-1/1", copies: 200)
        let addresses = (1...200).map { marks.address(copy: $0, at: "press@mfa.example") }
        #expect(Set(addresses).count == 200)
        #expect(addresses.count { $0.hasPrefix("press+") && $0.hasSuffix("@mfa.example") } == 200)
        #expect(marks.sightings(in: "To: \(addresses[16].uppercased())").map(\.copy) == [17])
        #expect(marks.sightings(in: "Ref. \(marks.reference(copy: 42, base: "MFA/2026/117"))").map(\.copy) == [42])
        #expect(marks.sightings(in: "press@mfa.example").isEmpty)
        #expect(CanaryMarks(secret: Self.secret, document: "DOC-2/1", copies: 200).sightings(in: addresses[16]).isEmpty)
    }
}
