import Acts
import Ledger

/// What was done towards the adoption of a text, worked out from the acts in their order.
struct AdoptionFile: Hashable, Sendable {
    /// The text in one language as it stands.
    struct LanguageVersion: Hashable, Sendable {
        var act: ConferenceLanguageVersionEntered
        var entry: Int64
        /// The person who entered it.
        var author: String
        var confirmations: [Confirmation] = []

        /// Two persons found it concordant, one of them of the languages service.
        var isConfirmed: Bool {
            Set(confirmations.map(\.author)).count >= 2 && confirmations.contains { $0.act.capacity == .languageOfficer }
        }
    }

    struct Confirmation: Hashable, Sendable {
        var act: ConferenceLanguageVersionConfirmed
        var entry: Int64
        var author: String
        var office: String
        var received: Moment
    }

    struct Adopted: Hashable, Sendable {
        var act: ConferenceTextAdopted
        var entry: Int64
    }

    /// The text in a language that the adoption had left to follow.
    struct Followed: Hashable, Sendable {
        var act: ConferenceLanguageFollowed
        var entry: Int64
        var received: Moment
    }

    /// One act of those that make it.
    struct Act: Sendable {
        var entry: Int64
        var payload: any Payload
        var author: String
        var office: String
        var received: Moment
    }

    /// The newest version that was handed to the scrub; `nil`: none was.
    var prepared: ConferenceAdoptionPrepared?
    var preparedEntry: Int64 = 0
    /// Reasons by finding, of the version that is prepared.
    var waivers: [String: (reason: String, entry: Int64)] {
        waived.reduce(into: [:]) { $0[$1.act.finding] = ($1.act.reason, $1.entry) }
    }
    private var waived: [Waiver] = []
    /// By language tag, of the version that is prepared.
    var versions: [String: LanguageVersion] = [:]
    var adopted: Adopted?
    /// By language tag: what followed the adoption.
    var followed: [String: Followed] = [:]

    private struct Waiver: Hashable, Sendable {
        var act: ConferenceScrubFindingWaived
        var entry: Int64
    }

    init() {}

    init(_ acts: some Sequence<Act>) { for act in acts { take(act) } }

    mutating func take(_ act: Act) {
        // What was adopted stands; what may follow it are the languages that it left to.
        if let adopted { return takeLater(act, adopted) }
        switch act.payload {
        case let prepared as ConferenceAdoptionPrepared:
            // Another version is read anew, in the scrub and in every language.
            if prepared.version != self.prepared?.version {
                waived = []
                versions = [:]
            }
            self.prepared = prepared
            preparedEntry = act.entry
        case let waiver as ConferenceScrubFindingWaived where waiver.version == prepared?.version:
            waived.append(Waiver(act: waiver, entry: act.entry))
        case let version as ConferenceLanguageVersionEntered where version.version == prepared?.version:
            versions[version.language] = LanguageVersion(act: version, entry: act.entry, author: act.author)
        case let confirmed as ConferenceLanguageVersionConfirmed: take(confirmed, act)
        case let adopted as ConferenceTextAdopted: self.adopted = Adopted(act: adopted, entry: act.entry)
        default: break
        }
    }

    private mutating func take(_ confirmed: ConferenceLanguageVersionConfirmed, _ act: Act) {
        guard let version = versions[confirmed.language], version.act.sha256 == confirmed.sha256,
            !version.confirmations.contains(where: { $0.author == act.author })
        else { return }
        versions[confirmed.language]?.confirmations.append(
            Confirmation(act: confirmed, entry: act.entry, author: act.author, office: act.office, received: act.received))
    }

    private mutating func takeLater(_ act: Act, _ adopted: Adopted) {
        let outstanding = outstanding
        switch act.payload {
        case let version as ConferenceLanguageVersionEntered
        where version.version == adopted.act.version && outstanding.contains(version.language):
            versions[version.language] = LanguageVersion(act: version, entry: act.entry, author: act.author)
        case let confirmed as ConferenceLanguageVersionConfirmed where outstanding.contains(confirmed.language): take(confirmed, act)
        case let followed as ConferenceLanguageFollowed
        where followed.adopted == adopted.entry && outstanding.contains(followed.language):
            self.followed[followed.language] = Followed(act: followed, entry: act.entry, received: act.received)
        default: break
        }
    }

    /// The authentic languages that the adoption left to follow and whose texts are not established yet; empty before the adoption.
    var outstanding: [String] { (adopted?.act.later ?? []).filter { followed[$0] == nil } }

    /// The texts of the adopted instrument in all languages that are established by now.
    var establishedTexts: [String: Hash] {
        (adopted?.act.texts ?? [:]).merging(followed.mapValues(\.act.sha256)) { adopted, _ in adopted }
    }

    /// The authentic languages whose texts are entered and confirmed by two.
    var confirmedTexts: [String: Hash] {
        var texts: [String: Hash] = [:]
        for language in prepared?.languages ?? [] {
            if let version = versions[language], version.isConfirmed { texts[language] = version.act.sha256 }
        }
        return texts
    }

    /// The authentic languages that are not ready yet.
    var missing: [String] {
        let confirmed = confirmedTexts
        return (prepared?.languages ?? []).filter { confirmed[$0] == nil }
    }
}
