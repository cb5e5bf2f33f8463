public import Acts
public import Web

/// Which pages of a conference an act concerns, so that who reads a text is not disturbed by every request for the floor.
extension ConferenceDesk {
    /// The part of a conference's dossier that a text's own pages are on.
    static func part(ofText text: String) -> String { "text/\(text)" }

    /// Acts of the rooms that texts' pages show nothing of. That a meeting was opened or closed, and what the rules are, is not among them:
    /// who may read a text follows from it.
    private static let ofRooms: Set<ActKind> = Set(RoomAct.kinds.keys).subtracting([
        ConferenceMeetingChanged.kind, ConferenceProcedureAdopted.kind,
    ])

    /// Acts on a text, by their member `text`.
    private static let ofTexts: Set<ActKind> = Set(TextAct.kinds.keys).union(AdoptionView.kinds)

    /// Acts that are neither of a room nor on a text, and of which texts' pages show nothing.
    private static let ofNeither: Set<ActKind> = [
        ConferenceStatementFiled.kind, ConferenceRecordIssued.kind, ConferenceMeetingPlanned.kind, ConferenceSilenceBegun.kind,
        ConferenceSilenceBroken.kind, ConferenceSilenceExtended.kind, ConferenceSilenceEnded.kind,
    ]

    public func reach(of entry: Entry) -> LiveReach? {
        guard entry.kind.name.hasPrefix("conference.") else { return nil }
        // Of what is not for everybody it is told to all alike.
        guard entry.statement.marking == .public else { return .dossier }
        if Self.ofRooms.contains(entry.kind) || Self.ofNeither.contains(entry.kind) { return .only([]) }
        guard Self.ofTexts.contains(entry.kind), case .present(let sealed) = entry.content, let text = try? sealed.json()["text"]?.string
        else { return .dossier }
        return .only([Self.part(ofText: text)])
    }
}
