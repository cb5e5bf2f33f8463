public import Acts

/// Another depositary's list of a treaty, as its own record has it: acts of participation with corrections and confirmations applied.
public enum FollowedLedger {
    /// The dossiers among these in which another register keeps this treaty: of the same number and not of another title, or of the same title.
    ///
    /// - Parameters:
    ///   - opened: the treaty here.
    ///   - others: what the other register opened.
    public static func numbers(of opened: TreatyOpened, among others: [TreatyOpened]) -> Set<String> {
        let own = folded(opened.titles["en"])
        var numbers: Set<String> = []
        for other in others {
            let title = folded(other.titles["en"])
            if let own, let title {
                if own == title { numbers.insert(other.treaty) }
            } else if other.treaty == opened.treaty {
                numbers.insert(other.treaty)
            }
        }
        return numbers
    }

    /// The lines of the list.
    ///
    /// - Parameter acts: of one record and one treaty, in the order of that record; others are passed over.
    public static func lines(of acts: [Entry]) -> [TreatyLedgerImported.Line] {
        var known: [Int64: TreatyParticipation] = [:]
        for entry in acts {
            switch entry.kind {
            case TreatyParticipation.kind:
                known[entry.index] = try? entry.payload(as: TreatyParticipation.self)
            case TreatyActConfirmed.kind:
                guard let act = try? entry.payload(as: TreatyActConfirmed.self), let before = known.removeValue(forKey: act.entry) else {
                    continue
                }
                known[entry.index] = before.confirmed(by: act)
            case TreatyParticipationCorrected.kind:
                guard let act = try? entry.payload(as: TreatyParticipationCorrected.self) else { continue }
                known[act.entry] = nil
                known[entry.index] = act.replacement
            default: continue
            }
        }
        return known.sorted { $0.key < $1.key }.map(\.value).filter { !$0.unconfirmed }.map { act in
            TreatyLedgerImported.Line(act.actor, act.action, on: act.date)
        }
    }

    /// Titles that differ in case and punctuation alone are one.
    private static func folded(_ title: String?) -> String? {
        guard let title else { return nil }
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
