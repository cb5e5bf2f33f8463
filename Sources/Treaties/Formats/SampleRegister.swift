public import Acts
import Foundation

/// Reads a register in the compact form of `Sample/register.json` into the acts that make it up.
public struct SampleRegister: Sendable {
    /// One treaty with everything that was done towards it.
    public struct Treaty: Sendable {
        public var opened: TreatyOpened
        public var participation: [TreatyParticipation]
        /// The date the depositary declared, where it did.
        public var entryIntoForce: CalendarDate?
    }

    public let treaties: [Treaty]

    /// The register that comes with the program.
    public static func shipped() throws -> SampleRegister {
        guard let url = Bundle.module.url(forResource: "register", withExtension: "json", subdirectory: "Sample") else {
            throw MalformedAct(place: "register.json", reason: "is not among the program's resources")
        }
        return try SampleRegister(bytes: [UInt8](try Data(contentsOf: url)))
    }

    /// - Parameter bytes: UTF-8 JSON of at most 64 MiB.
    public init(bytes: [UInt8]) throws(MalformedAct) {
        let json: JSON
        do {
            json = try JSONParser.parse(bytes, limits: .init(bytes: 64 << 20, depth: 24))
        } catch {
            throw MalformedAct(place: "register", reason: error.description)
        }
        var reader = try ObjectReader(json, at: "")
        guard try reader.integer("version") == 1 else { throw MalformedAct(place: "version", reason: "only version 1 is known") }
        var depositaryReader = try ObjectReader(try reader.required("depositary"), at: "depositary")
        _ = try depositaryReader.string("code")
        let depositary = try depositaryReader.texts("title")
        var chapters: [String: [String: String]] = [:]
        let chapterList = try reader.required("chapters")
        guard case .object(let chapterObject) = chapterList else {
            throw MalformedAct(place: "chapters", reason: "should be an object, not \(chapterList.kindName)")
        }
        for member in chapterObject.members {
            var chapter = try ObjectReader(member.value, at: "chapters.\(member.name)")
            _ = try chapter.integer("number")
            chapters[member.name] = try chapter.texts("name")
        }
        var treaties: [Treaty] = []
        for (index, value) in try reader.array("treaties").enumerated() {
            treaties.append(
                try SampleRegister.treaty(value, at: "treaties[\(index)]", chapters: chapters, depositary: depositary["en"]))
        }
        self.treaties = treaties
    }

    private static func treaty(
        _ json: JSON, at place: String, chapters: [String: [String: String]], depositary: String?
    ) throws(MalformedAct) -> Treaty {
        var reader = try ObjectReader(json, at: place)
        let treaty = try reader.string("id")
        let chapter = try reader.string("chapter")
        let article = try reader.string("article")
        let summary = try reader.string("summary")
        let source = try reader.optionalString("source")
        let confidence = try reader.optionalString("confidence")
        var opened = TreatyOpened(
            treaty: treaty, titles: try reader.texts("title"), short: try reader.optionalString("short"), chapter: chapter,
            chapterNames: chapters[chapter] ?? [:], adoptedAt: try reader.optionalString("place"),
            adoptedOn: try reader.optionalDate("adopted"), openForSignature: try reader.optionalDate("opened"),
            closedForSignature: try reader.optionalDate("closed"), depositary: depositary, article: "\(article): \(summary)",
            clause: try reader.required("clause"), source: source, confidence: confidence)
        opened.metrics = reader.value("metrics").map(exact)
        opened.classes = reader.value("classes")
        var participation: [TreatyParticipation] = []
        for (index, row) in try reader.array("instruments").enumerated() {
            try read(row, at: "\(place).instruments[\(index)]", treaty: treaty, into: &participation)
        }
        participation.sort { ($0.date, $0.actor) < ($1.date, $1.actor) }
        let expected = reader.value("expected")
        return Treaty(
            opened: opened, participation: participation,
            entryIntoForce: expected?["entryIntoForce"]?.string.flatMap { CalendarDate($0) })
    }

    private static func read(
        _ row: JSON, at place: String, treaty: String, into participation: inout [TreatyParticipation]
    ) throws(MalformedAct) {
        guard let codeText = row[0]?.string, let actor = ActorCode(rawValue: codeText), case .array(let acts)? = row[1] else {
            throw MalformedAct(place: place, reason: "should be [ACTOR, [ACT, …]]")
        }
        for (index, act) in acts.enumerated() {
            let place = "\(place)[1][\(index)]"
            guard let name = act[0]?.string, let kind = ParticipationKind(rawValue: name) else {
                throw MalformedAct(place: place, reason: "should begin with the kind of the act")
            }
            guard let dateText = act[1]?.string, let date = CalendarDate(dateText) else {
                throw MalformedAct(place: place, reason: "should have its day second, as YYYY-MM-DD")
            }
            var takesEffect: CalendarDate?
            if let text = act[2]?.string {
                guard let effect = CalendarDate(text) else {
                    throw MalformedAct(place: place, reason: "'\(text)' is not a day of the calendar")
                }
                takesEffect = effect
            }
            // The day a consent takes effect follows from the clause; only a succession and a withdrawal carry their own.
            let carries = kind == .succession || kind == .successionToSignature || kind.isWithdrawal
            participation.append(
                TreatyParticipation(
                    treaty: treaty, actor: actor, action: kind, date: date, takesEffect: carries ? takesEffect : nil))
        }
    }

    /// Acts hold no fractions: a number with one becomes its decimal text, which the clause language reads exactly.
    private static func exact(_ json: JSON) -> JSON {
        switch json {
        case .number: .string(json.canonicalText)
        case .array(let values): .array(values.map(exact))
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, exact($0.value)) }))
        default: json
        }
    }
}
