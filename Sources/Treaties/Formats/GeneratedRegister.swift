import Acts

extension SampleRegister {
    init(treaties: [Treaty]) {
        self.treaties = treaties
    }

    /// A register of a size, the same for the same numbers: for measuring, never for showing.
    ///
    /// States sign, ratify and accede between 1950 and 2025; every tenth treaty is young and not in force; one Party in fifty
    /// has left.
    /// - Parameter acts: how many acts of participation there are in all, give or take one a treaty.
    public static func generated(treaties count: Int, acts: Int, seed: UInt64 = 1969) throws -> SampleRegister {
        var lot = Lot(seed: seed)
        let states = try ActorTable.standard.actors.filter { $0.kind == .state && $0.validFrom.map { $0.year < 1950 } ?? true }.map(\.code)
        let chapters = ["III", "IV", "VI", "XI", "XVIII", "XXI", "XXIII", "XXVII"]
        var register: [Treaty] = []
        for number in 0..<count {
            let chapter = chapters[number % chapters.count]
            let treaty = "\(chapter)-\(100 + number)"
            let adopted = CalendarDate(dayNumber: -7_000 + lot.next(below: 25_000))
            let opened = TreatyOpened(
                treaty: treaty, titles: ["en": "Convention No. \(number + 1) on matter \(lot.next(below: 1_000))"], chapter: chapter,
                chapterNames: ["en": "Chapter \(chapter)"], adoptedAt: "New York", adoptedOn: adopted, openForSignature: adopted,
                depositary: "Secretary-General of the United Nations", article: "Art. 20: on the 30th day after the 22nd instrument",
                clause: [
                    "condition": ["count": .integer(number % 10 == 9 ? 190 : 22)], "delay": ["unit": "days", "count": 30],
                    "later": ["unit": "days", "count": 30],
                ], source: "Generated", confidence: "none: for measuring")
            register.append(
                Treaty(
                    opened: opened,
                    participation: participation(
                        treaty, adopted, count: (acts * (number + 1)) / count - (acts * number) / count, states, &lot)))
        }
        return SampleRegister(treaties: register)
    }

    private static func participation(
        _ treaty: String, _ adopted: CalendarDate, count: Int, _ states: [ActorCode], _ lot: inout Lot
    ) -> [TreatyParticipation] {
        var acts: [TreatyParticipation] = []
        var order = states
        for index in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(index, lot.next(below: index + 1)) }
        let lastDay = 20_400
        func act(_ actor: ActorCode, _ action: ParticipationKind, _ day: Int, effect: Int? = nil) {
            acts.append(
                TreatyParticipation(
                    treaty: treaty, actor: actor, action: action, date: CalendarDate(dayNumber: min(day, lastDay)),
                    takesEffect: effect.map { CalendarDate(dayNumber: $0) }))
        }
        for actor in order where acts.count < count {
            let day = adopted.dayNumber + lot.next(below: 700)
            if lot.next(below: 10) < 6 {
                act(actor, .signature, day)
                if acts.count < count { act(actor, .ratification, day + 100 + lot.next(below: 4_000)) }
            } else {
                act(actor, .accession, day + 700 + lot.next(below: 6_000))
            }
            if acts.count < count, lot.next(below: 50) == 0, let last = acts.last, last.action.isConsent {
                let notice = last.date.dayNumber + 1_000
                if notice < lastDay { act(actor, .withdrawal, notice, effect: notice + 365) }
            }
        }
        return acts.sorted { ($0.date, $0.actor) < ($1.date, $1.actor) }
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private struct Lot {
        private var state: UInt64

        init(seed: UInt64) {
            state = seed
        }

        mutating func next(below limit: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
        }
    }
}
