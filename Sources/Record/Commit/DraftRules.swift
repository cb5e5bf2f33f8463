import Acts

/// What every act must hold, of whatever kind, before it is entered: it can be read back, and points only backwards.
enum DraftRules {
    /// Kinds that only the record itself enters.
    private static let ownKinds: Set<ActKind> = [RecordOpened.kind, PayloadErased.kind, HistoryLossAccepted.kind]

    static func check(_ draft: ActDraft, at index: Int64, payloadLimit: Int) throws {
        let statement = draft.statement
        guard draft.payload.commitment == statement.payloadCommitment else {
            throw malformed("record.commitment", "The act commits to another payload than the one it came with.")
        }
        guard draft.payload.bytes.count <= payloadLimit else {
            throw Refusal(
                .tooLarge, code: "record.payload-too-large",
                "The payload has \(draft.payload.bytes.count) bytes; at most \(payloadLimit) are entered.",
                mend: "Store large content as a blob and let the act cite its SHA-256.")
        }
        for reference in statement.references {
            guard reference.index >= 0, reference.index <= 9_007_199_254_740_991 else {
                throw malformed("record.reference", "A reference gives \(reference.index), which is no entry's place.")
            }
            guard let origin = reference.origin else {
                guard reference.index < index else {
                    throw Refusal(
                        .conflict, code: "record.unknown-reference",
                        "The act refers to entry \(reference.index), but only \(index) entries come before it.",
                        mend: "Refer to entries that exist.", arguments: ["entry": "\(reference.index)"])
                }
                continue
            }
            guard !origin.isEmpty else { throw malformed("record.reference", "A reference names an empty origin.") }
        }
        if let effective = statement.effective { try check(effective) }
        if case .restricted(let restriction) = statement.marking, let release = restriction.release { try check(release) }
    }

    /// Acts that come by a command may not be of the record's own kinds.
    static func checkKind(_ kind: ActKind) throws {
        guard !ownKinds.contains(kind) else {
            throw Refusal(
                .forbidden, code: "record.own-kind", "Acts of the kind \(kind) are entered by the record itself.",
                mend: "Use the record's own operation.")
        }
    }

    private static func check(_ date: CalendarDate) throws {
        guard (1...9999).contains(date.year) else {
            throw malformed("record.date", "The day \(date) lies outside the years 1 to 9999.")
        }
    }

    private static func malformed(_ code: String, _ explanation: String) -> Refusal {
        Refusal(.malformed, code: code, explanation, mend: "Correct the act and send it again.")
    }
}
