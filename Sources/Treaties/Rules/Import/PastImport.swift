public import Acts

/// Judges a table of past participation: each row against the law, the register and the rows before it.
///
/// Rows are taken in the order of their days, whole or not at all. What is refused stays refused with its reason; nothing is
/// mended on the way.
public struct PastImport: Sendable {
    private let actors: ActorTable
    private let file: TreatyFile
    private let today: CalendarDate
    private let reader: ImportRowReader

    /// - Parameters:
    ///   - source: where rows come from that do not say so themselves.
    ///   - confidence: how sure they are, likewise.
    public init(
        actors: ActorTable, file: TreatyFile, today: CalendarDate, layout: ImportLayout, source: String?, confidence: String?
    ) {
        self.actors = actors
        self.file = file
        self.today = today
        reader = ImportRowReader(
            actors: actors, layout: layout, treaty: file.opened.treaty, source: source, confidence: confidence)
    }

    /// What the rows would become.
    ///
    /// - Parameter inForce: since when other treaties of the register are in force, for the clause.
    public func plan(_ rows: [CSVTable.Row], inForce: [String: CalendarDate] = [:]) -> ImportPlan {
        var planned: [ImportPlan.Row] = []
        var stated: [Int: CalendarDate] = [:]
        for row in rows {
            var plan = ImportPlan.Row(line: row.line, cells: row.cells, outcome: .empty)
            do throws(ImportRowReader.Unreadable) {
                let reading = try reader.read(row)
                plan.actor = reading.actor
                plan.acts = reading.acts
                stated[planned.count] = reading.statedEffect
            } catch {
                plan.outcome = .refused(error.refusal)
                plan.suggestions = error.suggestions
            }
            planned.append(plan)
        }
        judge(&planned)
        compareEffects(&planned, stated: stated, inForce: inForce)
        return ImportPlan(rows: planned)
    }

    private func judge(_ rows: inout [ImportPlan.Row]) {
        var lines = Dictionary(grouping: file.lines, by: \.participation.actor)
        var lineOf: [TreatyParticipation: Int] = [:]
        let order = rows.indices.filter { !rows[$0].acts.isEmpty }.sorted {
            (rows[$0].acts[0].date, $0) < (rows[$1].acts[0].date, $1)
        }
        for index in order {
            guard let actor = rows[index].actor else { continue }
            var own = lines[actor] ?? []
            var new: [TreatyParticipation] = []
            do throws(Refusal) {
                for act in rows[index].acts {
                    if let earlier = lineOf[Self.essence(of: act)] {
                        throw Refusal(
                            .conflict, code: "treaty.import.row.duplicate", "Line \(earlier) of the table says the same.",
                            mend: "Leave one of the two out.", citation: "VCLT art. 11", arguments: ["line": String(earlier)])
                    }
                    if own.contains(where: { Self.says(act, $0.participation) }) { continue }
                    try check(act, among: own)
                    own.append(TreatyFile.Line(entry: Int64.max, participation: act))
                    new.append(act)
                }
                rows[index].newActs = new
                rows[index].outcome = new.isEmpty ? .known : .accepted
                lines[actor] = own
                for act in rows[index].acts { lineOf[Self.essence(of: act)] = rows[index].line }
            } catch {
                rows[index].outcome = .refused(error)
            }
        }
    }

    /// The act without where it comes from: what makes two rows say the same.
    private static func essence(of act: TreatyParticipation) -> TreatyParticipation {
        TreatyParticipation(treaty: act.treaty, actor: act.actor, action: act.action, date: act.date)
    }

    /// Whether the register holds the act already: same kind and day, and the same day of effect where it has one.
    private static func says(_ act: TreatyParticipation, _ own: TreatyParticipation) -> Bool {
        own.action == act.action && own.date == act.date && own.takesEffect == act.takesEffect
    }

    /// The act may stand among the actor's own, and what the register holds of a later day still may with it.
    private func check(_ act: TreatyParticipation, among own: [TreatyFile.Line]) throws(Refusal) {
        func rule(_ lines: [TreatyFile.Line]) -> AdmissionRule {
            AdmissionRule(
                file: TreatyFile(opened: file.opened, lines: lines, proposed: file.proposed, confirmed: file.confirmed),
                actors: actors, today: today)
        }
        try rule(own).check(act)
        for (index, later) in own.enumerated() where later.participation.date > act.date {
            var others = own
            others.remove(at: index)
            guard (try? rule(others).check(later.participation)) != nil else { continue }
            do throws(Refusal) {
                try rule(others + [TreatyFile.Line(entry: Int64.max, participation: act)]).check(later.participation)
            } catch {
                throw Refusal(
                    .conflict, code: "treaty.import.row.contradicts",
                    "With it, the act of \(later.participation.date) in the register could not stand: \(error.explanation)",
                    mend: "Correct the later act first, or mend the row.", citation: error.citation,
                    arguments: ["date": later.participation.date.description, "reason": error.explanation])
            }
        }
    }

    /// Holds the days of effect that the table gives against those the clause gives once all its rows are in.
    private func compareEffects(_ rows: inout [ImportPlan.Row], stated: [Int: CalendarDate], inForce: [String: CalendarDate]) {
        guard !stated.isEmpty else { return }
        let added = rows.filter { $0.outcome == .accepted }.flatMap(\.newActs)
            .map { TreatyFile.Line(entry: Int64.max, participation: $0) }
        let lines = (file.lines + added).sorted { $0.participation.date < $1.participation.date }
        guard
            let participation = try? StandingRule(actors: actors).participation(
                of: file.opened, lines: lines, inForce: inForce, asOf: today)
        else { return }
        for (index, effect) in stated {
            guard rows[index].outcome == .accepted || rows[index].outcome == .known, let actor = rows[index].actor,
                let act = rows[index].acts.last(where: { $0.action.isConsent })
            else { continue }
            let consents = participation[.actor(actor)]?.consents ?? []
            let computed = consents.last { $0.act.date == act.date && $0.act.kind == act.action }?.effect?.date
            if computed != effect { rows[index].effectDiffers = .init(stated: effect, computed: computed) }
        }
    }
}
