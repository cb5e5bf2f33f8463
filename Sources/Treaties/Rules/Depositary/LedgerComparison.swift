public import Acts

/// Compares the ledgers of several depositaries of one treaty. A State may deposit with one, two or all of them, on different days; the
/// earliest deposit counts, and lists may disagree.
public struct LedgerComparison: Hashable, Sendable {
    /// One depositary's list.
    public struct Ledger: Hashable, Sendable {
        public var depositary: String
        public var asOf: CalendarDate
        public var lines: [TreatyLedgerImported.Line]

        public init(depositary: String, asOf: CalendarDate, lines: [TreatyLedgerImported.Line]) {
            self.depositary = depositary
            self.asOf = asOf
            self.lines = lines
        }
    }

    public enum Finding: String, Hashable, Sendable, CaseIterable {
        case same
        /// All have it, on different days: the earliest counts.
        case otherDate = "other-date"
        /// One list at least lacks it.
        case missing
    }

    /// One actor's signature, or its consent, over all ledgers.
    public struct Row: Hashable, Sendable {
        public enum Matter: String, Hashable, Sendable, CaseIterable {
            case signature
            case consent
            case withdrawal
        }

        public var actor: ActorCode
        public var matter: Matter
        /// In the order of the ledgers; `nil` where a list has none.
        public var lines: [TreatyLedgerImported.Line?]
        public var finding: Finding
        /// The earliest day, which counts.
        public var earliest: CalendarDate
    }

    public let ledgers: [Ledger]
    /// By actor, then signature before consent.
    public let rows: [Row]

    public init(_ ledgers: [Ledger]) {
        self.ledgers = ledgers
        // What every list could know: up to the oldest of them.
        let horizon = ledgers.map(\.asOf).min() ?? CalendarDate(dayNumber: 0)
        var table: [ActorCode: [Row.Matter: [TreatyLedgerImported.Line?]]] = [:]
        for (index, ledger) in ledgers.enumerated() {
            for line in ledger.lines where line.date <= horizon {
                guard let matter = LedgerComparison.matter(of: line.action) else { continue }
                var cells = table[line.actor, default: [:]][matter] ?? Array(repeating: nil, count: ledgers.count)
                if let known = cells[index], known.date <= line.date { continue }
                cells[index] = line
                table[line.actor, default: [:]][matter] = cells
            }
        }
        var rows: [Row] = []
        for (actor, matters) in table.sorted(by: { $0.key < $1.key }) {
            for matter in Row.Matter.allCases {
                guard let cells = matters[matter] else { continue }
                let dates = cells.compactMap { $0?.date }
                guard let earliest = dates.min() else { continue }
                let finding: Finding = dates.count < cells.count ? .missing : Set(dates).count == 1 ? .same : .otherDate
                rows.append(Row(actor: actor, matter: matter, lines: cells, finding: finding, earliest: earliest))
            }
        }
        self.rows = rows
    }

    public var differences: [Row] { rows.filter { $0.finding != .same } }

    private static func matter(of action: ParticipationKind) -> Row.Matter? {
        if action.isWithdrawal { return .withdrawal }
        if action.isConsent { return .consent }
        return action.isSignature ? .signature : nil
    }
}
