import Acts
import Fediverse

/// Which pairs of keys an office has by the record: the one it signs with, and the one before it while that goes on counting.
struct FediverseKeyRing: Hashable, Sendable {
    /// How long the keys before a roll go on counting, in milliseconds: 30 days, as for the keys of nodes.
    static let overlap: Int64 = 30 * 86_400_000

    /// A pair that was made by a roll.
    struct Roll: Hashable, Sendable {
        var entry: Int64
        var key: String
        var multikey: String
        var at: Moment
        var overlapUntil: Int64?
    }

    /// The pair before the newest, while it counts.
    struct Former: Hashable, Sendable {
        /// `nil`: the office's first pair.
        var key: String?
        /// In POSIX milliseconds.
        var until: Int64
    }

    /// The name of the newest pair; `nil`: the office's first.
    let current: String?
    /// Since when, where it is not the first.
    let since: Moment?
    let former: Former?

    /// - Parameter rolls: of the office, in order.
    init(_ rolls: [Roll], at now: Moment) {
        current = rolls.last?.key
        since = rolls.last?.at
        let before = rolls.count > 1 ? rolls[rolls.count - 2].key : nil
        former = rolls.last?.overlapUntil.flatMap { now.milliseconds < $0 ? Former(key: before, until: $0) : nil }
    }

    /// What a pair's proof key is called after the actor's identifier: the first keeps the name that it always had.
    static func proofKeyName(_ key: String?) -> String {
        key.map { "\(ActorDocument.firstProofKey)-\($0)" } ?? ActorDocument.firstProofKey
    }

    /// The acts of a roll, or why there is none.
    ///
    /// - Parameter revokes: whether the pair before it counts no more from now on, as where it was stolen.
    func roll(
        _ made: (key: String, publicKey: String, multikey: String), office: String, author: String, revokes: Bool, at now: Moment,
        form: String?
    ) throws(Refusal) -> [ActDraft] {
        if !revokes, let former {
            throw Refusal(
                .conflict, code: "fediverse.rolled", "The office's keys were rolled, and those before them still count.",
                mend: "Wait until \(Moment(milliseconds: former.until).date), or roll them as stolen.",
                citation: "docs/fediverse.md, Keys", arguments: ["day": Moment(milliseconds: former.until).date.description])
        }
        return [
            ActDraft(
                FediverseKeyRolled(
                    office: office, key: made.key, publicKey: made.publicKey, multikey: made.multikey,
                    overlapUntil: revokes ? nil : now.milliseconds + Self.overlap),
                dossier: PressCommands.dossier, office: office, author: author, request: form)
        ]
    }
}
