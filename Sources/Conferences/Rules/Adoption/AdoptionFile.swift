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

    private struct Waiver: Hashable, Sendable {
        var act: ConferenceScrubFindingWaived
        var entry: Int64
    }

    init() {}

    init(_ acts: some Sequence<Act>) { for act in acts { take(act) } }

    mutating func take(_ act: Act) {
        // What was adopted stands.
        guard adopted == nil else { return }
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
        case let confirmed as ConferenceLanguageVersionConfirmed where versions[confirmed.language]?.act.sha256 == confirmed.sha256:
            let known = versions[confirmed.language]?.confirmations ?? []
            guard !known.contains(where: { $0.author == act.author }) else { return }
            versions[confirmed.language]?.confirmations.append(
                Confirmation(act: confirmed, entry: act.entry, author: act.author, office: act.office, received: act.received))
        case let adopted as ConferenceTextAdopted: self.adopted = Adopted(act: adopted, entry: act.entry)
        default: break
        }
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
