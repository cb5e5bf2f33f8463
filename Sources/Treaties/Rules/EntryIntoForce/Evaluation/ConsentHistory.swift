import Acts

/// What one participant did about being bound, act by act: when its consent stood, and which acts made no difference.
///
/// Re-joining adds a period and leaves the earlier one in place: a list that shows the last instrument alone cannot
/// reproduce history.
struct ConsentHistory: Sendable {
    struct Period: Hashable, Sendable {
        /// Index of the consent among all acts given.
        var act: Int
        var kind: ParticipationKind
        /// The day of deposit.
        var from: Int
        /// The day the consent ceased, by withdrawal.
        var until: Int
        /// Index of the withdrawal.
        var endedBy: Int?
    }

    let participant: Participant
    private(set) var periods: [Period] = []
    /// The first day of each signature.
    private(set) var signatures: [Int] = []
    /// Consents given while an earlier one stood: index and the day of the earlier.
    private(set) var superseded: [(act: Int, earlier: Int)] = []
    private(set) var objections: DayRanges = .never
    private(set) var exchangeDays: [(act: Int, day: Int)] = []

    /// - Parameters:
    ///   - acts: This participant's acts with their indexes, by day and, within the day, in the order given.
    ///   - effectOfNotice: The day a withdrawal ends a consent given on a day; `Int.max` where it is suspended.
    init(
        participant: Participant, acts: [(index: Int, act: ParticipationAct)],
        effectOfNotice: (_ notice: ParticipationAct, _ consent: CalendarDate) -> Int
    ) {
        self.participant = participant
        var objecting: Int?
        var objectionRanges: [DayRanges] = []
        var pendingNotice: (act: Int, effect: Int)?
        func close(_ history: inout ConsentHistory, at day: Int) {
            guard let notice = pendingNotice, notice.effect <= day else { return }
            if let last = history.periods.last, last.until == .max {
                history.periods[history.periods.count - 1].until = max(notice.effect, last.from)
                history.periods[history.periods.count - 1].endedBy = notice.act
            }
            pendingNotice = nil
        }
        for (index, act) in acts {
            let day = act.date.dayNumber
            close(&self, at: day)
            if act.kind.isSignature { signatures.append(day) }
            if act.kind.isConsent {
                if act.kind == .exchange { exchangeDays.append((index, day)) }
                if let last = periods.last, last.until == .max, pendingNotice == nil {
                    superseded.append((index, last.from))
                } else {
                    // A new instrument while a notice is running: consent goes on without a gap.
                    if let notice = pendingNotice, let last = periods.last, last.until == .max {
                        periods[periods.count - 1].until = max(min(notice.effect, day), last.from)
                        periods[periods.count - 1].endedBy = notice.act
                        pendingNotice = nil
                    }
                    periods.append(Period(act: index, kind: act.kind, from: day, until: .max))
                }
            } else if act.kind.isWithdrawal {
                if let last = periods.last, last.until == .max, pendingNotice == nil {
                    pendingNotice = (index, max(effectOfNotice(act, CalendarDate(dayNumber: last.from)), day))
                }
            } else if act.kind == .withdrawalRevocation {
                pendingNotice = nil
            } else if act.kind == .objection {
                objecting = objecting ?? day
            } else if act.kind == .objectionWithdrawal, let since = objecting {
                objectionRanges.append(DayRanges(from: since, until: day))
                objecting = nil
            }
        }
        close(&self, at: .max)
        if let since = objecting { objectionRanges.append(DayRanges(from: since)) }
        objections = DayRanges(union: objectionRanges)
    }

    /// The days from which it is a signatory, be it by signing or by ratifying what it must have signed (VCLT art. 14).
    ///
    /// Where no signature of anybody is given, every consent that is not an accession or a succession is taken for a signatory's.
    func signatory(signaturesGiven: Bool) -> DayRanges {
        let implied = periods.filter { period in
            signaturesGiven ? period.kind == .ratification : period.kind != .accession && period.kind != .succession
        }
        guard let first = (signatures + implied.map(\.from)).min() else { return .never }
        return DayRanges(from: first)
    }
}
