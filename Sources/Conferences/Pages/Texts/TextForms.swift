import Acts
import Ledger
import Texts
import Web

/// Makes the acts about a text of what forms say. Whether they are admitted is asked afterwards.
struct TextForms {
    let fields: Fields
    let opened: TextPages.Opened
    /// The place in the record of the act to come, which amendments are numbered by, so that no two have one name.
    let index: Int64

    private var conference: String { opened.text.conference.id }
    private var text: String { opened.text.head.text }
    private var negotiation: Negotiation { opened.text.negotiation }
    /// Most bytes of words in one form, in characters of four.
    static let longest = ConferenceTextChange.mostBytes

    /// - Throws: a refusal where a field is missing or wrong.
    func payloads(_ action: TextAction) throws -> [any Payload] {
        switch action {
        case .amend: return try amendment()
        case .cosponsor:
            return [
                ConferenceAmendmentCosponsored(
                    conference: conference, text: text, amendment: try fields.required("name"), sponsors: try sponsors())
            ]
        case .withdraw:
            let name = try fields.required("name")
            let first = try negotiation.amendment(name).sponsors.first
            return [
                ConferenceAmendmentWithdrawn(
                    conference: conference, text: text, amendment: name,
                    by: first.flatMap {
                        opened.own.contains($0) || opened.standing.chair != nil && $0 != TextCommands.chairsName ? $0 : nil
                    })
            ]
        case .apply: return [try application(of: try fields.required("name"), try manner())]
        case .status:
            return [
                ConferenceProvisionStatusSet(
                    conference: conference, text: text, version: try base(), provision: try fields.required("provision"),
                    status: try fields.requiredChoice("status", of: ConferenceProvisionStatus.self),
                    by: try fields.filled("by", longest: 64), note: try fields.filled("note", longest: RoomForms.longest))
            ]
        case .reading:
            let last = Int64(negotiation.readings.last?.number ?? 0)
            return [
                ConferenceReadingBegun(
                    conference: conference, text: text, reading: try fields.integer("reading", in: 1...10_000) ?? last + 1,
                    version: Int64(negotiation.versionCount), provision: try fields.filled("provision", longest: 400))
            ]
        case .table: return []
        }
    }

    /// The version that was looked at.
    private func base() throws -> Int64 {
        try fields.integer("base", in: 1...Int64(Negotiation.mostVersions)) ?? Int64(negotiation.versionCount)
    }

    private func manner() throws -> ConferenceAmendmentApplied.Manner {
        try fields.choice("manner", of: ConferenceAmendmentApplied.Manner.self) ?? .asProposed
    }

    private func application(of amendment: String, _ manner: ConferenceAmendmentApplied.Manner) throws -> ConferenceAmendmentApplied {
        let isSub = try? negotiation.amendment(amendment).amends != nil
        let version = Int64(negotiation.versionCount) + (isSub == true ? 0 : 1)
        return ConferenceAmendmentApplied(
            conference: conference, text: text, amendment: amendment, version: version, manner: manner,
            decision: try fields.filled("decision", longest: 40))
    }

    /// Names of delegations and groups between spaces or commas; where none is given, the visitor's own, or the chair's.
    private func sponsors() throws -> [String] {
        let named = try Self.names(try fields.filled("sponsors", longest: 4_000), in: opened.text.conference)
        if !named.isEmpty { return named }
        if let own = opened.own.first { return [own] }
        return opened.standing.chair == nil ? [] : [TextCommands.chairsName]
    }

    static func names(_ text: String?, in conference: Conference) throws -> [String] {
        let table = try ActorTable.standard
        return (text ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }).prefix(TextCommands.mostSponsors + 1).map { word in
            let word = String(word)
            if conference.group(word) != nil || word == TextCommands.chairsName { return word }
            if conference.group(word.lowercased()) != nil { return word.lowercased() }
            return ActorCode(rawValue: word.uppercased()).flatMap { table[$0] != nil ? $0.rawValue : nil } ?? word
        }
    }

    /// One gesture: the provision's words as they should be, from which the change is made; or an operation with what it asks for.
    private func amendment() throws -> [any Payload] {
        let amends = try fields.filled("amends", longest: 64)
        let target = amends == nil ? try fields.required("provision") : ""
        let base = try base()
        let id = "a\(index)"
        let change = try fields.text("operation") == "edit" ? edited(target, amends, base) : operation(target)
        let proposed = ConferenceAmendmentProposed(
            conference: conference, text: text, amendment: id, base: base, change: change, sponsors: try sponsors(), amends: amends,
            document: try fields.filled("document", longest: 80), reason: try fields.filled("reason", longest: RoomForms.longest))
        guard try fields.text("apply") != nil, opened.standing.chair != nil else { return [proposed] }
        return [
            proposed,
            ConferenceAmendmentApplied(
                conference: conference, text: text, amendment: id, version: Int64(negotiation.versionCount) + (amends == nil ? 1 : 0),
                manner: try manner()),
        ]
    }

    private func edited(_ target: String, _ amends: String?, _ base: Int64) throws -> ConferenceTextChange {
        let words = try self.words("words") ?? ""
        let old: String
        if let amends {
            old = try negotiation.amendment(amends).change.words ?? ""
        } else {
            guard let block = try negotiation.version(base).text.blocks.first(where: { $0.wId.text == target }) else {
                throw TextRefusal.vanished(target, version: Int(base))
            }
            old = block.words
        }
        // A browser sends every end of a line as CR LF.
        let same = old.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if amends == nil, !words.contains(where: { !$0.isWhitespace }) { return ConferenceTextChange(.delete, target: target) }
        let change = try WordChange.between(same, and: words, target: target)
        guard same != old else { return change }
        return ConferenceTextChange(
            change.operation, target: target, words: change.words?.replacing("\n", with: "\r\n"),
            anchor: change.anchor?.replacing("\n", with: "\r\n"), occurrence: change.occurrence, position: change.position)
    }

    private func operation(_ target: String) throws -> ConferenceTextChange {
        ConferenceTextChange(
            try fields.requiredChoice("operation", of: ConferenceTextChange.Operation.self), target: target, words: try words("words"),
            anchor: try words("anchor"), occurrence: try fields.integer("occurrence", in: 1...10_000),
            position: try fields.choice("position", of: ConferenceTextChange.Position.self),
            beside: try fields.filled("beside", longest: 400), number: try fields.filled("number", longest: 40))
    }

    /// Words as they were written, ends of lines as one sign, spaces at both ends taken off.
    private func words(_ name: String) throws -> String? {
        try fields.filled(name, longest: Self.longest)?.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
}
