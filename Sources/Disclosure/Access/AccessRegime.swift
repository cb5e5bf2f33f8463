public import Acts
public import Foundation

/// One law of access to documents, as data: its clock and the exemptions that may be cited.
public struct AccessRegime: Hashable, Sendable {
    /// A statutory period.
    public struct Period: Hashable, Sendable {
        public enum Unit: String, Hashable, Sendable, CaseIterable { case working, calendar }
        public let days: Int
        public let unit: Unit
        /// The provision it stands in.
        public let citation: String
    }

    /// The act from which the clock counts.
    public enum Start: String, Hashable, Sendable, CaseIterable { case receipt, registration }

    /// A ground on which something may be withheld.
    public struct Exemption: Hashable, Sendable {
        /// The provision, as it is cited: `4(1)(a)`.
        public let code: String
        public let names: [String: String]
        /// In that language, or in English, or the code.
        public func name(in language: String) -> String { names[language] ?? names["en"] ?? code }
    }

    public let identifier: String
    public let names: [String: String]
    public let source: String
    /// The working calendar's identifier.
    public let calendar: String
    public let start: Start
    /// The first answer.
    public let answer: Period
    /// How much longer the first answer may take, with reasons given in time.
    public let `extension`: Period?
    /// How long the requester has for the confirmatory application or appeal.
    public let appealWithin: Period?
    public let appealAnswer: Period?
    public let appealExtension: Period?
    /// Whether the clock stands still while the requester is asked what is meant.
    public let pausesForClarification: Bool
    public let exemptions: [Exemption]

    public func name(in language: String) -> String { names[language] ?? names["en"] ?? identifier }

    /// The exemption cited by that code.
    public func exemption(_ code: String) -> Exemption? { exemptions.first { $0.code == code } }

    /// Reads a regime file.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "regime")
        identifier = try reader.string("identifier")
        names = try reader.texts("names")
        source = try reader.string("source")
        calendar = try reader.string("calendar")
        start = try reader.choice("startsWith")
        guard let answer = try Self.period(reader.value("answer"), at: "regime.answer") else {
            throw MalformedAct(place: "regime.answer", reason: "must be the period of the first answer")
        }
        self.answer = answer
        `extension` = try Self.period(reader.value("extension"), at: "regime.extension")
        appealWithin = try Self.period(reader.value("appealWithin"), at: "regime.appealWithin")
        appealAnswer = try Self.period(reader.value("appealAnswer"), at: "regime.appealAnswer")
        appealExtension = try Self.period(reader.value("appealExtension"), at: "regime.appealExtension")
        pausesForClarification = try reader.optionalBool("pausesForClarification") ?? false
        var exemptions: [Exemption] = []
        for (index, value) in try reader.array("exemptions").enumerated() {
            var part = try ObjectReader(value, at: "regime.exemptions[\(index)]")
            exemptions.append(Exemption(code: try part.string("code"), names: try part.texts("names")))
            try part.finish()
        }
        self.exemptions = exemptions
        try reader.finish()
    }

    private static func period(_ value: JSON?, at place: String) throws(MalformedAct) -> Period? {
        guard let value else { return nil }
        var part = try ObjectReader(value, at: place)
        let days = try part.integer("days")
        guard (1...1_000).contains(days) else { throw MalformedAct(place: "\(place).days", reason: "must be 1 to 1000") }
        let unit: Period.Unit = try part.optionalChoice("unit") ?? .working
        let period = Period(days: Int(days), unit: unit, citation: try part.string("citation"))
        try part.finish()
        return period
    }
}

/// The laws of access and working calendars of a node: the shipped ones and its own beside them.
public struct AccessRegimes: Sendable {
    public private(set) var regimes: [String: AccessRegime] = [:]
    public private(set) var calendars: [String: WorkingCalendar] = [:]

    public init(regimes: [AccessRegime], calendars: [WorkingCalendar]) {
        self.regimes = Dictionary(regimes.map { ($0.identifier, $0) }, uniquingKeysWith: { $1 })
        self.calendars = Dictionary(calendars.map { ($0.identifier, $0) }, uniquingKeysWith: { $1 })
    }

    /// Reads the shipped files and those of a folder of the node's own (`Regimes`, `Calendars`), which win.
    public static func load(own folder: URL? = nil) throws(MarkingPolicies.Fault) -> AccessRegimes {
        var result = AccessRegimes(regimes: [], calendars: [])
        for root in [DisclosureData.folder, folder].compactMap({ $0 }) {
            for (name, json) in try DisclosureData.files(in: root.appending(path: "Calendars")) {
                do {
                    let calendar = try WorkingCalendar(json: json)
                    result.calendars[calendar.identifier] = calendar
                } catch { throw MarkingPolicies.Fault(file: name, reason: "\(error)") }
            }
            for (name, json) in try DisclosureData.files(in: root.appending(path: "Regimes")) {
                do {
                    let regime = try AccessRegime(json: json)
                    result.regimes[regime.identifier] = regime
                } catch { throw MarkingPolicies.Fault(file: name, reason: "\(error)") }
            }
        }
        for regime in result.regimes.values where result.calendars[regime.calendar] == nil {
            throw MarkingPolicies.Fault(file: regime.identifier, reason: "there is no calendar \(regime.calendar)")
        }
        return result
    }

    /// The clock of one request under one law; `nil` where there is no such law here.
    public func clock(_ regime: String) -> AccessClock? {
        guard let law = regimes[regime], let calendar = calendars[law.calendar] else { return nil }
        return AccessClock(regime: law, calendar: calendar)
    }
}
