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

    /// Who is called next in a roll call: the first in order that is in the room and has not answered; `nil` when all have.
    func nextCalled(in decision: Decision) -> ActorCode? {
        rollCall(language: decision.opened.language ?? "en", drawn: decision.opened.drawn)
            .first { present.contains($0) && decision.votes[$0] == nil }
    }
}
