import Disclosure

/// A release as it is read: what is shown, in order, with a mark wherever something was removed.
struct ReleaseText: Sendable {
    enum Piece: Hashable, Sendable {
        case paragraph(String)
        /// The law's identifier and the provision.
        case removal(regime: String, exemption: String)
    }

    let pieces: [Piece]
    /// The provisions cited, each once.
    let exemptions: [RedactedRelease.Removal]

    init(_ release: RedactedRelease) {
        var pieces: [Piece] = []
        func marks(after path: String?) {
            for removal in release.removals where removal.after == path {
                pieces.append(.removal(regime: removal.regime, exemption: removal.exemption))
            }
        }
        marks(after: nil)
        for leaf in release.shown {
            pieces.append(.paragraph(leaf.part.text))
            marks(after: leaf.part.path)
        }
        self.pieces = pieces
        var seen: Set<String> = []
        exemptions = release.removals.filter { seen.insert("\($0.regime) \($0.exemption)").inserted }
    }
}
