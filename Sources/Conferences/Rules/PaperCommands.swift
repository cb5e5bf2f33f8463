import Acts
import Federation

/// Enters what delegations and groups keep for themselves.
///
/// A leaf of the record is public to the byte, so it names neither the office nor the person nor the conference: the node enters the
/// act, and who wrote it is sealed with what was written.
struct PaperCommands: Sendable {
    /// Makes a form good once.
    let form: String?

    /// Most papers and comments of one holder.
    static let mostPapers = 10_000
    /// Most versions of one paper.
    static let mostVersions = 2_000

    /// What is known of a paper before a version of it is kept.
    struct Known: Hashable, Sendable {
        var form: ConferencePaperKept.Form
        /// The entry of the newest version.
        var entry: Int64
        var versions: Int
    }

    /// - Parameters:
    ///   - holders: whose papers the person shares in, as the record has it at the moment of entry.
    ///   - known: the paper's newest version; `nil` of a new paper.
    ///   - base: the version that the person had before them; `nil` of a new paper.
    ///   - isOnDraft: whether the draft that a comment is about is the holder's.
    ///   - count: how many papers and comments the holder has.
    func keep(
        _ act: ConferencePaperKept, for holders: [PaperHolder], known: Known?, base: Int64?, isOnDraft: Bool = true, count: Int = 0
    ) throws(Refusal) -> [ActDraft] {
        guard let holder = holders.first(where: { $0.id == act.holder }), isOnDraft else { throw Self.unknown }
        if let known {
            guard known.form == act.form else { throw Self.unknown }
            guard known.entry == base else { throw Self.newer }
            guard known.versions < Self.mostVersions else { throw Self.tooMany(Self.mostVersions) }
        } else {
            guard base == nil else { throw Self.unknown }
            guard count < Self.mostPapers else { throw Self.tooMany(Self.mostPapers) }
        }
        guard let sealed = try? SealedContent(json: act.content),
            Set(sealed.seals.map(\.recipient.office)) == Set(holder.offices),
            sealed.purpose == PaperSealing.purpose(act.form)
        else { throw Self.membersChanged }
        return [draft(act)]
    }

    /// - Parameter before: up to where the person had seen.
    func see(_ act: ConferenceDigestSeen, before: Int64, size: Int64) -> [ActDraft] {
        guard act.upTo > before, act.upTo <= size else { return [] }
        return [draft(act)]
    }

    private func draft(_ act: some Payload) -> ActDraft {
        ActDraft(act, office: "node", author: "node", marking: Self.marking, request: form)
    }

    /// An audience that no office can be: the acts' ciphertext is read by this desk's own pages and by nobody else's.
    static let marking = Marking.restricted(.init(audience: ["(sealed)"], label: "sealed"))

    static var unknown: Refusal {
        Refusal(
            .notFound, code: "conferences.paper-unknown", "There is no such paper among yours.", mend: "Look at the list of your papers.")
    }

    static var notYours: Refusal {
        Refusal(
            .forbidden, code: "conferences.paper-not-yours", "Another delegation of the group began this paper.",
            mend: "Ask that delegation to withdraw it.")
    }

    static var newer: Refusal {
        Refusal(
            .conflict, code: "conferences.paper-newer", "Somebody kept a newer version meanwhile.",
            mend: "Your words are below. Read the newer version, then keep yours.")
    }

    static var membersChanged: Refusal {
        Refusal(
            .conflict, code: "conferences.paper-members", "Who shares in this paper changed at this moment.", mend: "Keep it once more.")
    }

    static var noSpace: Refusal {
        Refusal(
            .forbidden, code: "conferences.no-space", "You act for no delegation of this conference.",
            mend:
                "The secretariat registers a delegation with your office; your administrator gives the role 'delegate' or 'capital'.")
    }

    static func tooMany(_ most: Int) -> Refusal {
        Refusal(
            .tooMany, code: "conferences.paper-many", "There are \(most) already.",
            mend: "Begin another paper, or go on with one of yours.",
            arguments: ["most": String(most)])
    }
}
