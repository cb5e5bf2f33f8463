import Acts
import Texts

/// What can be done to a text under negotiation, by the last part of its address.
enum TextAction: String, CaseIterable, Sendable {
    /// Proposes an amendment, or a sub-amendment to one.
    case amend
    case cosponsor
    case withdraw
    /// The chair puts an amendment into the text.
    case apply
    case status
    case reading
    /// Tables the next version.
    case table
}

/// Says who may do what to a text under negotiation, and whether it can be done to the text as it stands.
///
/// Tabling is for the secretariat and who presides; a delegation tables a text of its own, alone or for a group it speaks for, and the
/// versions after it. Amendments are proposed by participants, or entered by the chair for those who proposed them from the floor.
/// Nobody is made a sponsor by another delegation: others join by co-sponsoring. What is applied, read and found agreed is the chair's.
struct TextCommands: Sendable {
    let conference: Conference
    /// The body before which the text is.
    let body: Conference.Body?
    /// The text's negotiation so far; an empty one where it is tabled for the first time.
    let negotiation: Negotiation
    /// The sponsors of the newest version that was tabled.
    var sponsors: [String] = []
    /// Who acts, as who presides or serves; `nil` where the person does neither.
    let chair: RoomActor?
    /// Who acts, for a delegation; `nil` where the person acts for none that sits in the body.
    let delegate: RoomActor?

    /// How the chair's own proposals are signed, where no delegation stands behind them.
    static let chairsName = "chair"
    /// Most sponsors of one act.
    static let mostSponsors = 200

    /// Judges one act.
    ///
    /// - Parameters:
    ///   - words: of a text that is tabled, its bytes.
    ///   - moment: when it is received.
    /// - Returns: who enters it.
    /// - Throws: a refusal of who may not do it, or of what cannot be done to the text as it stands.
    func admit(_ act: any Payload, words: [UInt8] = [], at moment: Moment) throws(Refusal) -> RoomActor {
        var after = negotiation
        switch act {
        case let tabled as ConferenceTextTabled:
            let actor = try mayTable(tabled)
            try after.table(tabled, words: words, at: moment)
            return actor
        case let proposed as ConferenceAmendmentProposed:
            let actor = try mayPropose(proposed)
            try after.propose(proposed, at: moment)
            return actor
        case let joined as ConferenceAmendmentCosponsored:
            let actor = try sponsor(joined.sponsors, chairMay: true)
            let known = try negotiation.amendment(joined.amendment).sponsors
            guard joined.sponsors.contains(where: { !known.contains($0) }) else { throw Self.sponsorAlready(joined.sponsors.first ?? "") }
            try after.cosponsor(joined, at: moment)
            return actor
        case let withdrawn as ConferenceAmendmentWithdrawn:
            let actor = try mayWithdraw(withdrawn)
            try after.withdraw(withdrawn, at: moment)
            return actor
        case let applied as ConferenceAmendmentApplied:
            guard let chair else { throw ConferenceCommands.notPresiding }
            try after.apply(applied, at: moment)
            return chair
        case let begun as ConferenceReadingBegun:
            guard let chair else { throw ConferenceCommands.notPresiding }
            try after.begin(begun, at: moment)
            return chair
        case let set as ConferenceProvisionStatusSet:
            let actor = try maySet(set)
            try after.set(set, at: moment)
            return actor
        default: throw ConferenceCommands.notPresiding
        }
    }

    // MARK: Who may

    private func mayTable(_ act: ConferenceTextTabled) throws(Refusal) -> RoomActor {
        try wantSomebody()
        try ConferenceCommands.checkName(act.text)
        try ConferenceCommands.checkTexts(act.title)
        guard (2...35).contains(act.language.utf8.count) else { throw Self.language(act.language) }
        if let name = act.body, conference.body(name) == nil { throw ConferenceCommands.unknownBody(name) }
        if chair != nil { return try sponsor(act.sponsors, chairMay: true, mayBeNobody: true) }
        guard let delegate else { throw ConferenceCommands.noDelegation }
        if act.version > 1 {
            guard let first = sponsors.first, speaks(delegate, for: first) else { throw Self.notSponsor(act.text) }
        }
        return try sponsor(act.sponsors, chairMay: false)
    }

    private func mayPropose(_ act: ConferenceAmendmentProposed) throws(Refusal) -> RoomActor {
        if chair != nil, act.sponsors == [Self.chairsName] { return try sponsor([], chairMay: true, mayBeNobody: true) }
        return try sponsor(act.sponsors, chairMay: true)
    }

    /// The one who introduced it takes it back; the chair enters what was said from the floor.
    private func mayWithdraw(_ act: ConferenceAmendmentWithdrawn) throws(Refusal) -> RoomActor {
        let amendment = try negotiation.amendment(act.amendment)
        guard let first = amendment.sponsors.first else { throw Self.notSponsor(act.amendment) }
        if let delegate, speaks(delegate, for: first), act.by == first { return delegate }
        if let chair, act.by == nil || amendment.sponsors.contains(act.by ?? "") { return chair }
        throw Self.notSponsor(act.amendment)
    }

    private func maySet(_ act: ConferenceProvisionStatusSet) throws(Refusal) -> RoomActor {
        guard act.status != .moved, act.status != .deleted else { throw Self.madeByAmendments(act.status) }
        if let by = act.by {
            if let delegate, isParticipant(delegate), speaks(delegate, for: by) { return delegate }
            if let chair, ConferenceCommands.isParty(by, of: conference) { return chair }
            throw delegate == nil && chair == nil ? ConferenceCommands.noDelegation : ConferenceCommands.notYours
        }
        guard let chair else { throw ConferenceCommands.notPresiding }
        if act.status == .agreed || act.status == .agreedAdReferendum,
            let text = negotiation.current?.text, let index = text.blocks.firstIndex(where: { $0.wId.text == act.provision }),
            text.isBracketed(at: index)
        {
            throw Self.bracketsStand(act.provision)
        }
        return chair
    }

    /// Who may name these sponsors: a delegation those it speaks for, the chair anybody who sits in the body.
    private func sponsor(_ names: [String], chairMay: Bool, mayBeNobody: Bool = false) throws(Refusal) -> RoomActor {
        try wantSomebody()
        guard names.count <= Self.mostSponsors, Set(names).count == names.count else { throw Self.sponsorAlready(names.first ?? "") }
        for name in names where !ConferenceCommands.isParty(name, of: conference) { throw ConferenceCommands.unknownSponsor(name) }
        if let delegate, isParticipant(delegate), !names.isEmpty, names.allSatisfy({ speaks(delegate, for: $0) }) { return delegate }
        if let chair, chairMay, mayBeNobody || !names.isEmpty { return chair }
        guard delegate.map(isParticipant) ?? false else { throw ConferenceCommands.noDelegation }
        throw Self.speaksForOthers(names.first { name in !(delegate.map { speaks($0, for: name) } ?? false) } ?? "")
    }

    /// Who neither presides nor acts for a participant does nothing.
    private func wantSomebody() throws(Refusal) {
        guard chair != nil || delegate.map(isParticipant) == true else { throw ConferenceCommands.noDelegation }
    }

    private func isParticipant(_ actor: RoomActor) -> Bool {
        actor.delegation.flatMap { conference.delegation($0) }?.standing == .participant
    }

    private func speaks(_ actor: RoomActor, for name: String) -> Bool {
        actor.delegation.map { Self.parties(of: $0, in: conference).contains(name) } ?? false
    }

    /// The names a delegation may sign with: its own, and those of groups it speaks for. Where a group names nobody, each member does.
    static func parties(of delegation: ActorCode, in conference: Conference) -> [String] {
        [delegation.rawValue]
            + conference.groups.filter { group in
                group.speaker == delegation || (group.speaker == nil && group.members.contains(delegation))
            }.map(\.id)
    }
}

extension TextCommands {
    static func unknown(_ text: String) -> Refusal {
        Refusal(
            .notFound, code: "conferences.texts.unknown", "The conference has no text '\(text.prefix(60))'.",
            mend: "Look at the list of its texts.", arguments: ["text": String(text.prefix(60))])
    }

    static let wordsLost = Refusal(
        .unavailable, code: "conferences.texts.words-lost", "The words of this text are not among the node's blobs.",
        mend: "Put the blobs back from the backup; their SHA-256 is in the act.")

    static func nameTaken(_ text: String) -> Refusal {
        Refusal(
            .conflict, code: "conferences.texts.name-taken", "There is a text '\(text)' already.",
            mend: "Choose another name, or table it as that text's next version.", arguments: ["text": text])
    }

    static func notSponsor(_ name: String) -> Refusal {
        Refusal(
            .forbidden, code: "conferences.texts.not-sponsor", "'\(name)' was introduced by others.",
            mend: "Ask who introduced it, or the chair.", arguments: ["name": name])
    }

    static func speaksForOthers(_ name: String) -> Refusal {
        Refusal(
            .forbidden, code: "conferences.texts.speaks-for-others", "Your delegation does not speak for '\(name)'.",
            mend: "Sign with your own delegation or a group you speak for; others join by co-sponsoring.", arguments: ["name": name])
    }

    static func sponsorAlready(_ name: String) -> Refusal {
        Refusal(
            .conflict, code: "conferences.texts.sponsor-already", "'\(name)' is named already.", mend: "Name each sponsor once.",
            arguments: ["name": name])
    }

    static func language(_ tag: String) -> Refusal {
        Refusal(
            .malformed, code: "conferences.texts.language", "'\(tag.prefix(40))' is not a language's tag.",
            mend: "Give the tag of the language it is negotiated in: en, fr, zh-Hant.", citation: "RFC 5646",
            arguments: ["language": String(tag.prefix(40))])
    }

    static func bracketsStand(_ provision: String) -> Refusal {
        Refusal(
            .conflict, code: "conferences.texts.brackets-stand", "Brackets stand in or around \(provision).",
            mend: "Apply an amendment that settles them first, then find it agreed.", arguments: ["provision": provision])
    }

    static func madeByAmendments(_ status: ConferenceProvisionStatus) -> Refusal {
        Refusal(
            .malformed, code: "conferences.texts.status-by-amendment", "A provision becomes '\(status.rawValue)' by an amendment.",
            mend: "Propose to move or delete it, and apply that.", arguments: ["status": status.rawValue])
    }

    static let noWords = Refusal(
        .malformed, code: "conferences.texts.no-words", "There are no words to table.", mend: "Paste the text, or choose its file.")
}
