import Ledger
import Testing

@Suite("Entry bundles")
struct EntryBundleTests {
    @Test("A bundle reads back, and its leaves are the tile's")
    func roundTrip() throws {
        let log = try SampleLog(size: 300)
        let place = try #require(EntryBundleCoordinate(index: 1, width: 44))
        #expect(place.entries == 256..<300)
        let bundle = try EntryBundle(Array(log.entries[256..<300]))
        #expect(Array(bundle.bytes.prefix(9)) == [0, 7] + Array("act 256".utf8))
        #expect(try EntryBundle(parsing: bundle.bytes) == bundle)
        #expect(bundle.leaves == Array(log.leaves[256..<300]))
        let largest = try EntryBundle([[UInt8](repeating: 1, count: 65_535), []])
        #expect(try EntryBundle(parsing: largest.bytes) == largest)
    }

    @Test("What no log serves is refused")
    func refusals() {
        #expect(throws: EntryBundleError.wrongCount(0)) { try EntryBundle(parsing: []) }
        #expect(throws: EntryBundleError.wrongCount(257)) { try EntryBundle(parsing: [UInt8](repeating: 0, count: 514)) }
        #expect(throws: EntryBundleError.endsEarly(place: 0)) { try EntryBundle(parsing: [0]) }
        #expect(throws: EntryBundleError.endsEarly(place: 1)) { try EntryBundle(parsing: [0, 1, 9, 0, 2, 9]) }
        #expect(throws: EntryBundleError.entryTooLong(place: 1, length: 65_536)) {
            try EntryBundle([[], [UInt8](repeating: 0, count: 65_536)])
        }
    }
}
