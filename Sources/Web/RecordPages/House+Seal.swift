public import Acts
import Ledger
import Record

/// The texts that the seal's module shows, by what it found.
struct SealWords {
    let house: House
    let visit: Visit

    /// For a template: attribute names and values.
    var context: [[String: Any]] {
        [
            "checking", "verified", "failed", "unable", "no-ed25519", "format", "checkpoint", "signature", "origin", "extra", "leaf",
            "inclusion", "commitment", "other-entry", "step-signature", "step-inclusion", "step-commitment", "step-no-payload",
        ].map { ["name": "data-\($0)", "text": house.text("seal.word.\($0)", visit)] }
    }
}

extension House {
    /// An act's seal, large: verified in the reader's own browser, with the download of its proof. The page must bring the module
    /// `seal.js`.
    public func seal(of entry: Entry, _ visit: Visit) throws -> Markup {
        try part(
            "parts/seal",
            [
                "entry": String(entry.index), "key": record.verifierKey.description,
                "name": text("seal.entry", ["entry": .text(String(entry.index))], visit),
                "words": SealWords(house: self, visit: visit).context,
            ] as [String: Any], visit.language)
    }

    /// An act's seal, small: its number and the way to its proof, for a row of a list.
    public func smallSeal(ofEntry index: Int64, _ visit: Visit) -> Markup {
        Markup.element(
            "a", ["class": "small-seal", "href": "/record/acts/\(index)"], text: text("seal.entry", ["entry": .text(String(index))], visit))
    }
}
