import TestSupport
import Testing

@testable import Treaties

/// Numbers of depositary notifications, as they stand on real ones.
struct NotificationNumberTests {
    @Test(
        "Every form in use is read, and kept as it stood",
        arguments: [
            ("C.N.49.2015.TREATIES-XVI.1", 49, 2015, "XVI-1"), ("C.N.116.2018.TREATIES-XVIII-10", 116, 2018, "XVIII-10"),
            ("C.N.533.2010.TREATIES-6", 533, 2010, nil), ("C.N.7.2016.treaties XVIII.10", 7, 2016, "XVIII-10"),
            ("C.N.735.2016.TREATIES-XXVII.7.d (Depositary Notification)", 735, 2016, "XXVII-7-d"),
            ("C.N.12.2026.TREATIES-3", 12, 2026, nil), ("C. N. 5. 1999. TREATIES-IV.11", 5, 1999, "IV-11"),
            ("  C.N.1.2026.TREATIES-IV.11 (Reissued)", 1, 2026, "IV-11"),
        ] as [(String, Int64, Int64, String?)])
    func variants(_ text: String, _ serial: Int64, _ year: Int64, _ treaty: String?) throws {
        let number = try #require(NotificationNumber(text))
        #expect(number.serial == serial)
        #expect(number.year == year)
        #expect(number.treaty == treaty)
        #expect(number.verbatim == text.trimmedOfSpace)
    }

    @Test(
        "What is no such number is refused",
        arguments: [
            "", "C.N.", "C.N.0.2026.TREATIES-IV.1", "C.N.x.2026.TREATIES-IV.1", "C.N.1.26.TREATIES-IV.1", "C.N.1.2026",
            "A.N.1.2026.TREATIES-1",
            "C.N.1.2026.TREATIES-<b>", "C.N.1.2026.TREATIES-IV/../../x.y.z.a.b", "C.N.99999999.2026.TREATIES-1",
            String(repeating: "C.N.", count: 50),
        ])
    func refused(_ text: String) {
        #expect(NotificationNumber(text) == nil)
    }

    @Test("A number that is given is read back to the same", arguments: ["IV-11", "XXVII-7-d", "XXVI-8", "A-1"])
    func given(_ treaty: String) throws {
        let given = NotificationNumber(serial: 12, year: 2026, treaty: treaty)
        let read = try #require(NotificationNumber(given.verbatim))
        #expect(read.serial == 12 && read.year == 2026 && read.isSame(as: given))
        if treaty.first == "I" || treaty.first == "X" { #expect(read.treaty == treaty) }
    }

    @Test("No text whatever breaks the reader, and what is read can be an address", arguments: [49_2015 as UInt64])
    func anyText(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["C", "N", ".", "-", " ", "TREATIES", "2026", "1", "IV", "é", "\u{A0}", "(", ")", "\n", "/", "0", "treaty", "–", "٣"]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
            guard let number = NotificationNumber(text) else { continue }
            #expect(number.serial > 0 && (1900...2200).contains(number.year), "seed \(seed): \(text.debugDescription)")
        }
    }
}
