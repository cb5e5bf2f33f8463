import Acts

/// Enters what an office does with its statements: each rule takes the state and gives the acts, or a refusal with its reason.
struct PressCommands: Sendable {
    /// The office that speaks, one of this node's.
    let office: String
    /// The person who acts for it, or `node`.
    let author: String

    /// The dossier of everything that is public.
    static let dossier = "statements"
    /// The dossier of what is on its way.
    static let draftsDossier = "press"
    static let longestTitle = 300
    static let longestParagraph = 8_000
    static let longestPhrase = 120
    static let longestReason = 2_000

    // MARK: How the office speaks

    func set(_ act: PressOfficeSet, known offices: Set<String>, form: String?) throws(Refusal) -> [ActDraft] {
        guard act.office == office else { throw Self.unknown }
        for clearance in act.clearances {
            guard offices.contains(clearance.office) else {
                throw Refusal(
                    .malformed, code: "press.unknown-office", "'\(clearance.office)' is no office of this node.",
                    mend: "Write the short name of one of its offices.", arguments: ["office": clearance.office])
            }
            guard clearance.step != PressDraft.approval, Self.isShortName(clearance.step) else {
                throw Refusal(
                    .malformed, code: "press.step", "'\(clearance.step)' cannot name a clearance.",
                    mend: "Use small letters and hyphens, such as 'legal'.", arguments: ["step": clearance.step])
            }
        }
        guard Set(act.clearances.map(\.step)).count == act.clearances.count else {
            throw Refusal(
                .malformed, code: "press.step-twice", "A clearance is named twice.", mend: "Name each clearance once.")
        }
        return [
            ActDraft(
                act, dossier: Self.draftsDossier, office: office, author: author,
                marking: .restricted(.init(audience: [], label: "internal")), request: form)
        ]
    }

    // MARK: Drafting

    /// - Parameters:
    ///   - drafted: what was written; `revises` names the draft that is written anew.
    ///   - draft: that draft, as it stands.
    ///   - corrected: the newest version of the statement that is corrected.
    func draft(
        _ drafted: StatementDrafted, label: PressLabel, revising draft: PressDraft?, settings: PressOfficeSet,
        corrected: PublicStatement?, form: String?
    ) throws(Refusal) -> [ActDraft] {
        try check(drafted.content)
        if drafted.revises != nil {
            guard let draft, draft.office == office, draft.draft == drafted.revises else { throw Self.unknown }
            guard draft.state != .released else { throw Self.released }
            guard draft.state != .proposed else {
                throw Refusal(
                    .conflict, code: "press.proposed", "The statement has been proposed to others.",
                    mend: "Stop the joint statement, and draft a new one.")
            }
            guard draft.state != .ready else {
                throw Refusal(
                    .conflict, code: "press.ready", "The statement stands ready to be released.", mend: "Stop it first, then write it anew."
                )
            }
        }
        if drafted.corrects != nil {
            guard let corrected, corrected.act.office == office else { throw Self.noStatement }
            guard corrected.withdrawal == nil else { throw Self.withdrawn }
            guard drafted.form == .statement else {
                throw Refusal(
                    .malformed, code: "press.holding-correction", "A correction is no holding statement.",
                    mend: "Draft it as a statement.")
            }
            guard drafted.correction[drafted.content.authoritative].map({ !$0.isEmpty }) ?? false else {
                throw Refusal(
                    .malformed, code: "press.no-correction", "It is not said what the correction changes.",
                    mend: "Say in one sentence, in the authoritative language, what was wrong.")
            }
        }
        return [act(drafted, label: label.rawValue, to: settings.clearances.map(\.office), form: form)]
    }

    // MARK: Clearing

    /// - Parameter offices: the offices in which the person may approve.
    func clear(
        _ draft: PressDraft?, version: Int64, step: String, as offices: Set<String>, settings: PressOfficeSet, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let draft = try requireWaiting(draft, version: version)
        guard let clearance = settings.clearances.first(where: { $0.step == step }) else {
            throw Refusal(
                .malformed, code: "press.unknown-step", "'\(step)' is no clearance that the office's statements need.",
                mend: "Look at the statement's list of clearances.", arguments: ["step": step])
        }
        guard offices.contains(clearance.office) else {
            throw Refusal(
                .forbidden, code: "press.not-your-clearance", "The clearance '\(step)' is given by the office '\(clearance.office)'.",
                mend: "A person with the role 'approver' in that office can give it.", citation: "docs/press.md, Clearances",
                arguments: ["step": step, "office": clearance.office])
        }
        try refuseAuthor(of: draft)
        guard !draft.has(step) else { return [] }
        return [act(StatementCleared(draft: draft.draft, version: version, step: step), like: draft, form: form)]
    }

    func giveBack(_ draft: PressDraft?, version: Int64, reason: String, form: String?) throws(Refusal) -> [ActDraft] {
        let draft = try requireWaiting(draft, version: version)
        return [act(StatementReturned(draft: draft.draft, version: version, reason: reason), like: draft, form: form)]
    }

    // MARK: Approving and releasing

    /// What is to happen once the last approval is given.
    enum Hour: Hashable, Sendable {
        case now
        case at(Moment)
        /// When a person releases it: holding statements, and what waits for an event.
        case onCall
        /// When others have signed it too.
        case jointly(JointPlan)
    }

    /// Approves a draft. The last approval that is needed seals it and releases it, at once or at its hour.
    func approve(
        _ draft: PressDraft?, version: Int64, hour: Hour, settings: PressOfficeSet, officeName: [String: String],
        corrected: PublicStatement?, now: Moment, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let draft = try requireWaiting(draft, version: version)
        try refuseAuthor(of: draft)
        if let open = settings.clearances.first(where: { !draft.has($0.step) }) {
            throw Refusal(
                .unlawful, code: "press.not-cleared", "The clearance '\(open.step)' has not been given.",
                mend: "The office '\(open.office)' gives it.", citation: "docs/press.md, Clearances",
                arguments: ["step": open.step, "office": open.office])
        }
        guard !draft.approvers.contains(author) else {
            throw Refusal(
                .forbidden, code: "press.approved-before", "The person has approved this version already; a second one must.",
                mend: "Another person of the office with the role 'approver' can.", citation: "docs/press.md, Two persons")
        }
        if let refusal = TranslationParity(draft.content, required: settings.languages).refusal { throw refusal }
        let approved = act(StatementApproved(draft: draft.draft, version: version), like: draft, form: form)
        guard draft.approvers.count + 1 >= PressLabel.approvals(draft.label) else { return [approved] }

        if draft.corrects != nil {
            guard let corrected else { throw Self.noStatement }
            guard corrected.withdrawal == nil else { throw Self.withdrawn }
        }
        let released = StatementReleased(
            statement: corrected?.act.statement, version: (corrected?.act.version ?? 0) + 1, draft: draft.draft, office: office,
            officeName: officeName, holder: settings.holder, content: draft.content, corrects: corrected?.act.code,
            correction: draft.correction)
        let sealed = SealedPayload(released)
        switch hour {
        case .now: return [approved, release(sealed, of: draft, by: author)]
        case .jointly(let plan): return [approved, try propose(draft, plan, now: now)]
        case .onCall: return [approved, schedule(released, sealed, draft, at: nil)]
        case .at(let moment):
            guard moment > now else {
                throw Refusal(
                    .unlawful, code: "press.hour-past", "The hour of release, \(moment), has passed.",
                    mend: "Give a later one, or release now.",
                    arguments: ["moment": moment.description])
            }
            return [approved, schedule(released, sealed, draft, at: moment)]
        }
    }

    private func schedule(_ released: StatementReleased, _ sealed: SealedPayload, _ draft: PressDraft, at moment: Moment?) -> ActDraft {
        act(
            StatementScheduled(draft: draft.draft, version: draft.version, at: moment, released: released.json, salt: sealed.salt),
            like: draft, form: nil)
    }

    /// Releases what stands ready: a person does who wrote none of it, or the node at the hour.
    ///
    /// - Parameter corrected: the newest version of the statement that it corrects, as it is now.
    func releaseReady(_ draft: PressDraft?, corrected: PublicStatement?, now: Moment, form: String?) throws(Refusal) -> [ActDraft] {
        guard let draft, draft.office == office else { throw Self.unknown }
        guard draft.state != .released else { throw Self.released }
        guard draft.state == .ready, let sealed = draft.sealed else {
            throw Refusal(
                .conflict, code: "press.not-ready", "The statement does not stand ready.", mend: "It must be cleared and approved first.")
        }
        if author == "node" {
            guard let at = draft.at, at <= now else { return [] }
        } else {
            try refuseAuthor(of: draft)
        }
        if draft.corrects != nil {
            guard let corrected, corrected.withdrawal == nil else { throw Self.withdrawn }
            guard let json = try? sealed.json(), json["version"]?.integer == corrected.act.version + 1 else {
                throw Refusal(
                    .conflict, code: "press.corrected-since", "The statement was corrected again since this correction was sealed.",
                    mend: "Stop it, and approve it anew.")
            }
        }
        return [release(sealed, of: draft, by: author, form: form)]
    }

    /// Releases at its hour what stands ready, or stops it where that is refused: the statement it corrects was withdrawn or corrected
    /// since. A person must look then, and the reason is the refusal's code.
    func releaseAtItsHour(_ draft: PressDraft, corrected: PublicStatement?, now: Moment) -> [ActDraft] {
        do {
            return try releaseReady(draft, corrected: corrected, now: now, form: nil)
        } catch {
            return [act(StatementStopped(draft: draft.draft, reason: error.code), like: draft, form: nil)]
        }
    }

    private func release(_ sealed: SealedPayload, of draft: PressDraft, by author: String, form: String? = nil) -> ActDraft {
        ActDraft(
            kind: StatementReleased.kind, payload: sealed, dossier: Self.dossier, office: office, author: author, marking: .public,
            references: [Reference(draft.version)], request: form)
    }

    /// The kill switch: whoever drafts or approves for the office may stop what has not been released.
    func stop(_ draft: PressDraft?, reason: String, form: String?) throws(Refusal) -> [ActDraft] {
        guard let draft, draft.office == office else { throw Self.unknown }
        guard draft.state != .released else {
            throw Refusal(
                .conflict, code: "press.too-late", "The statement has been released.", mend: "Correct it or withdraw it: both stay visible."
            )
        }
        guard draft.state == .ready else {
            throw Refusal(
                .conflict, code: "press.not-ready", "The statement does not stand ready.", mend: "It must be cleared and approved first.")
        }
        return [act(StatementStopped(draft: draft.draft, reason: reason), like: draft, form: form)]
    }

    func withdraw(_ statement: PublicStatement?, reason: [String: String], form: String?) throws(Refusal) -> [ActDraft] {
        guard let statement, statement.act.office == office else { throw Self.noStatement }
        guard statement.withdrawal == nil else { throw Self.withdrawn }
        return [
            ActDraft(
                StatementWithdrawn(statement: statement.act.statement, reason: reason), dossier: Self.dossier, office: office,
                author: author, marking: .public, references: [Reference(statement.entry)], request: form)
        ]
    }

    // MARK: What every act asks

    private func requireWaiting(_ draft: PressDraft?, version: Int64) throws(Refusal) -> PressDraft {
        guard let draft, draft.office == office else { throw Self.unknown }
        guard draft.state != .released else { throw Self.released }
        guard draft.version == version else {
            throw Refusal(
                .conflict, code: "press.newer-version", "The statement was written anew in the meantime.", mend: "Read the newest version.")
        }
        guard draft.state == .waiting else {
            throw Refusal(
                .conflict, code: "press.not-waiting", "The statement does not wait for clearance or approval.",
                mend: "Look at where it stands now.")
        }
        return draft
    }

    /// Two persons stand behind a statement: nobody clears, approves or releases what they wrote a version of.
    private func refuseAuthor(of draft: PressDraft) throws(Refusal) {
        guard draft.authors.contains(author) else { return }
        throw Refusal(
            .forbidden, code: "press.own-draft", "Whoever wrote a statement neither clears nor releases it.",
            mend: "Another person with the role 'approver' can.", citation: "docs/press.md, Two persons")
    }

    private func check(_ content: StatementContent) throws(Refusal) {
        for tag in content.languages {
            guard Self.isLanguageTag(tag) else {
                throw Refusal(
                    .malformed, code: "press.language", "'\(tag)' is not a language tag.", mend: "Write one such as 'en' or 'zh-Hans'.",
                    citation: "BCP 47", arguments: ["language": tag])
            }
            guard let text = content.texts[tag], !text.title.isEmpty, text.title.count <= Self.longestTitle, !text.paragraphs.isEmpty,
                text.paragraphs.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 4 * Self.longestParagraph })
            else {
                throw Refusal(
                    .malformed, code: "press.text", "The text in '\(tag)' lacks a title or a paragraph, or one of them is too long.",
                    mend: "Give a title of at most \(Self.longestTitle) characters and at least one paragraph.",
                    arguments: ["language": tag, "most": String(Self.longestTitle)])
            }
        }
        for medium in content.media where (medium.alternative[content.authoritative] ?? "").allSatisfy(\.isWhitespace) {
            let place = String((content.media.firstIndex(of: medium) ?? 0) + 1)
            throw Refusal(
                .unlawful, code: "press.no-alternative", "File \(place) has no alternative text in '\(content.authoritative)'.",
                mend: "Say in words what it shows.", citation: "WCAG 2.2, 1.1.1",
                arguments: ["language": content.authoritative, "file": place])
        }
    }

    static func isLanguageTag(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (2...3).contains(parts.first?.count ?? 0) && text.utf8.count <= 16
            && parts.allSatisfy { (1...8).contains($0.count) && $0.utf8.allSatisfy { isLetterOrDigit($0) } }
            && (parts.first?.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A } ?? false)
    }

    static func isShortName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39)
    }

    static var unknown: Refusal {
        Refusal(
            .notFound, code: "press.unknown", "There is no such draft for the offices you act for.", mend: "Look at the list of drafts.")
    }

    static var noStatement: Refusal {
        Refusal(
            .notFound, code: "press.no-statement", "This node has released no such statement.", mend: "Look at the list of statements.")
    }

    static var released: Refusal {
        Refusal(
            .conflict, code: "press.released", "The statement has been released and stands as it was released.",
            mend: "Correct it by a new version, or withdraw it.")
    }

    static var withdrawn: Refusal {
        Refusal(
            .conflict, code: "press.withdrawn", "The statement has been withdrawn.", mend: "Draft a new statement.")
    }

    /// A confidential act, marked for the office that speaks and those that clear.
    private func act(_ payload: some Payload, label: String, to offices: [String], form: String?) -> ActDraft {
        ActDraft(
            payload, dossier: Self.draftsDossier, office: office, author: author,
            marking: .restricted(.init(audience: [office] + offices, label: label)), request: form)
    }

    private func act(_ payload: some Payload, like draft: PressDraft, form: String?) -> ActDraft {
        act(payload, label: draft.label, to: draft.audience, form: form)
    }
}
