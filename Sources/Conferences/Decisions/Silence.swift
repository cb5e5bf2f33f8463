import Acts
import Foundation

/// A text under silence: adopted unless somebody objects by the deadline (General Assembly decision 74/544). Silences run between
/// meetings, so they need no quorum and no open meeting.
struct Silence: Hashable, Sendable {
    var begun: ConferenceSilenceBegun
    var deadline: Moment
    /// In which the deadline was announced.
    var zone: String
    var objections: [ConferenceSilenceBroken] = []
    var ended: ConferenceSilenceEnded?

    init(_ begun: ConferenceSilenceBegun) {
        self.begun = begun
        deadline = begun.deadline
        zone = begun.zone
    }

    /// Takes what happened to this silence; what names another is passed over.
    mutating func apply(_ payload: any Payload) {
        switch payload {
        case let act as ConferenceSilenceBroken where act.silence == begun.silence: objections.append(act)
        case let act as ConferenceSilenceExtended where act.silence == begun.silence:
            deadline = act.deadline
            zone = act.zone
        case let act as ConferenceSilenceEnded where act.silence == begun.silence: ended = act
        default: break
        }
    }

    /// Whether somebody objected to the whole, or to a part of what is adopted whole or not at all.
    var isBroken: Bool { objections.contains { $0.paragraphs.isEmpty || !begun.isPartial } }

    /// Paragraphs that were objected to, in the order they stand.
    var objected: [String] {
        let all = Set(objections.flatMap(\.paragraphs))
        return begun.paragraphs.filter { all.contains($0) }
    }

    /// How it ends, as of that instant; `nil` while it runs. An objection at the very deadline is in time.
    func ending(at now: Moment, rules: ProcedureSet.SilenceRules) -> ConferenceSilenceEnded? {
        guard ended == nil else { return nil }
        let outcome: ConferenceSilenceEnded.Outcome
        var open: [String] = []
        if isBroken || (!objected.isEmpty && objected.count == begun.paragraphs.count) {
            outcome = .broken
            open = begun.paragraphs
        } else if now <= deadline {
            return nil
        } else if objected.isEmpty {
            outcome = .adopted
        } else {
            outcome = .partlyAdopted
            open = objected
        }
        return ConferenceSilenceEnded(
            conference: begun.conference, body: begun.body, silence: begun.silence, outcome: outcome, open: open, rule: rules.rule)
    }

    /// The instant of an hour of the clock in a zone.
    ///
    /// - Throws: a refusal where there is no such zone. An hour that a clock skips is taken as the first after the gap.
    static func deadline(on day: CalendarDate, hour: Int, minute: Int, zone: String) throws(Refusal) -> Moment {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try timeZone(zone)
        let parts = day.description.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (0...23).contains(hour), (0...59).contains(minute),
            let date = calendar.date(
                from: DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: hour, minute: minute))
        else { throw ProcedureFault.zone.refusal(nil, ["zone": "\(day) \(hour):\(minute) \(zone)"]) }
        return Moment(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
    }

    /// An instant as the clocks of a zone show it: `2026-11-29 18:00 (America/New_York)`; in UTC where there is no such zone.
    static func clock(_ moment: Moment, zone: String) -> String {
        var calendar = Calendar(identifier: .gregorian)
        let known = try? timeZone(zone)
        calendar.timeZone = known ?? .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1_000))
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
        return "\(day) \(two(parts.hour)):\(two(parts.minute)) (\(known == nil ? "UTC" : zone))"
    }

    static func timeZone(_ name: String) throws(Refusal) -> TimeZone {
        guard name.utf8.count <= 64, name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
            throw ProcedureFault.zone.refusal(nil, ["zone": name])
        }
        return zone
    }
}

extension ProcedureEngine {
    /// Whether a silence may begin: it lasts as long as the rules ask at least, and its hour is in a zone that exists.
    func admit(_ act: ConferenceSilenceBegun, at now: Moment) throws(Refusal) {
        _ = try Silence.timeZone(act.zone)
        let earliest = now.adding(milliseconds: rules.silence.hours * 3_600_000)
        guard act.deadline >= earliest else {
            throw ProcedureFault.silenceShort.refusal(
                rules.silence.rule, ["earliest": earliest.description, "hours": String(rules.silence.hours)])
        }
    }

    /// Whether an objection, an extension or an ending is in time and of the form this silence takes.
    func admit(_ payload: any Payload, to silence: Silence, seats: [MeetingState.Seat], at now: Moment) throws(Refusal) {
        if let ended = silence.ended {
            throw ProcedureFault.silenceOver.refusal(ended.rule, ["deadline": silence.deadline.description])
        }
        switch payload {
        case let act as ConferenceSilenceBroken:
            guard now <= silence.deadline else {
                throw ProcedureFault.silenceOver.refusal(rules.silence.rule, ["deadline": silence.deadline.description])
            }
            if let name = act.paragraphs.first(where: { !silence.begun.paragraphs.contains($0) }) {
                throw ProcedureFault.silenceParagraph.refusal(rules.silence.rule, ["name": name])
            }
            guard (act.actor == nil) == silence.begun.isSecret else {
                throw ProcedureFault.silenceObjector.refusal(
                    rules.silence.rule, ["way": silence.begun.isSecret ? "without-name" : "by-name"])
            }
            if let actor = act.actor {
                guard let seat = seats.first(where: { $0.actor == actor }) else {
                    throw ProcedureFault.noSeat.refusal(nil, ["actor": actor.rawValue])
                }
                guard !seat.rank.isObserver else {
                    throw ProcedureFault.observer.refusal(rules.speakers.observerRule, ["actor": actor.rawValue])
                }
            }
        case let act as ConferenceSilenceExtended:
            _ = try Silence.timeZone(act.zone)
            guard now <= silence.deadline else {
                throw ProcedureFault.silenceOver.refusal(rules.silence.rule, ["deadline": silence.deadline.description])
            }
            guard act.deadline > silence.deadline else {
                throw ProcedureFault.silenceShort.refusal(
                    rules.silence.rule, ["earliest": silence.deadline.description, "hours": String(rules.silence.hours)])
            }
        case let act as ConferenceSilenceEnded:
            // The chair may take a text back at any time; otherwise the deadline and the objections decide.
            if act.outcome == .withdrawn { return }
            guard let ending = silence.ending(at: now, rules: rules.silence) else {
                throw ProcedureFault.silenceRunning.refusal(rules.silence.rule, ["deadline": silence.deadline.description])
            }
            guard act == ending else {
                throw ProcedureFault.result.refusal(
                    rules.silence.rule,
                    ["outcome": ending.outcome.rawValue, "yes": "-", "no": String(silence.objections.count), "abstaining": "-"])
            }
        default: break
        }
    }
}
