import Acts
import Foundation

extension MeetingState {
    /// The delegations in the order a roll is called: by their names in a language's alphabetical order, beginning with the one that was
    /// drawn by lot (GA rule 87 / 127; BBNJ draft rule 53). Who has no vote is not called.
    ///
    /// Names are compared as the language's dictionaries do (Unicode collation): in English Côte d'Ivoire stands between Costa Rica and
    /// Croatia, in French Égypte before El Salvador.
    func rollCall(language: String, drawn: ActorCode?) -> [ActorCode] {
        let locale = Locale(identifier: language)
        let called = seats.filter { votes(of: $0) > 0 }.map { seat in
            (actor: seat.actor, name: seat.names[language] ?? seat.names["en"] ?? seat.actor.rawValue)
        }.sorted { left, right in
            switch left.name.compare(right.name, options: [], range: nil, locale: locale) {
            case .orderedAscending: true
            case .orderedDescending: false
            case .orderedSame: left.actor < right.actor
            }
        }.map(\.actor)
        guard let drawn, let start = called.firstIndex(of: drawn) else { return called }
        return Array(called[start...] + called[..<start])
    }

    /// Who is called next in a roll call: the first in order that is in the room, has not been called, and may answer; `nil` when the roll
    /// is through. An organization is not called where one of its members votes, nor they where it has (BBNJ Agreement art. 64(2)).
    func nextCalled(in decision: Decision) -> ActorCode? {
        rollCall(language: decision.opened.language ?? "en", drawn: decision.opened.drawn).first { actor in
            present.contains(actor) && decision.votes[actor] == nil && !decision.passed.contains(actor) && !isSpokenFor(actor, decision)
        }
    }

    /// Whether an organization's members have voted, or the organization for its member.
    private func isSpokenFor(_ actor: ActorCode, _ decision: Decision) -> Bool {
        let members = seat(actor)?.members ?? []
        return decision.votes.keys.contains { members.contains($0) || seat($0)?.members.contains(actor) == true }
    }
}
