import Acts
import Web

/// The form that opens an instrument, step by step. What was answered in other steps is carried along in hidden fields, so that
/// the form needs no script and the node keeps nothing of it before it is entered.
struct OpeningForm {
    enum Step: String, CaseIterable {
        case identity
        case languages
        case joining
        case force
        case clauses
        case preview

        var next: Step { Step.allCases[min(index + 1, Step.allCases.count - 1)] }
        var previous: Step { Step.allCases[max(index - 1, 0)] }
        var index: Int { Step.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Languages a title can be given in.
    static let titleLanguages = ["en", "fr", "es", "ru", "zh", "ar", "id"]
    static let depositaryFields = (1...3).map { "depositary\($0)" }

    /// The fields of each step; `language` may stand several times.
    static func fields(of step: Step) -> [String] {
        switch step {
        case .identity:
            ["number", "kind", "status", "parent", "short", "chapterName", "adopted"] + titleLanguages.map { "title-\($0)" }
        case .languages: depositaryFields + ["language", "otherLanguage", "prevailing"]
        case .joining: ["opens", "closes", "sign", "join", "joiningArticle"]
        case .force:
            [
                "condition", "count", "countOf", "fraction", "fractionOf", "named", "inForce", "delayCount", "delayUnit", "delayThen",
                "notBefore", "organizations", "laterCount", "laterUnit", "forceArticle", "clause",
            ]
        case .clauses:
            [
                "reservations", "reservationsListed", "reservationsArticle", "withdrawal", "noticeCount", "noticeUnit", "notWithin",
                "withdrawalArticle", "amendments", "amendmentsCount", "amendmentsArticle", "finalClauses",
            ]
        case .preview: ["check"]
        }
    }

    static let repeated = "language"
    static let longest = 8_000

    var values: [String: String] = [:]
    var languages: [String] = []
    var step: Step = .identity

    init() {}

    init(_ fields: Fields) throws {
        step = try fields.choice("step", of: Step.self) ?? .identity
        for name in Step.allCases.flatMap(Self.fields(of:)) where name != Self.repeated {
            if let value = try fields.filled(name, longest: Self.longest) { values[name] = value }
        }
        languages = Array(fields.texts(Self.repeated).filter { !$0.isEmpty }.prefix(OpeningRule.mostLanguages))
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    // MARK: From what the register holds

    /// The form filled in with an instrument, to be changed.
    init(_ opened: TreatyOpened) {
        values["number"] = opened.treaty
        values["kind"] = opened.instrumentKind?.rawValue
        values["status"] = opened.status?.rawValue
        values["parent"] = opened.parent
        values["short"] = opened.short
        values["chapterName"] = opened.chapterNames["en"]
        for language in Self.titleLanguages { values["title-\(language)"] = opened.titles[language] }
        let depositaries = opened.depositaries ?? [opened.depositary].compactMap(\.self)
        for (field, name) in zip(Self.depositaryFields, depositaries) { values[field] = name }
        languages = opened.authenticLanguages ?? []
        values["prevailing"] = opened.prevailingLanguage
        values["opens"] = opened.openForSignature?.description
        values["closes"] = opened.closedForSignature?.description
        values["forceArticle"] = opened.article
        values["condition"] = "data"
        values["clause"] = opened.clause.canonicalText
        if let clauses = opened.finalClauses { values["finalClauses"] = clauses.canonicalText }
    }

    // MARK: From an adopted text

    /// The form filled in with what a conference adopted: names and languages as they are, final clauses as drafts to be confirmed.
    ///
    /// - Parameter drafts: read from the text by ``DraftClauses``.
    init(_ adopted: AdoptedText, titles: [String: String], drafts: [String: String]) {
        values = drafts
        values["adopted"] = String(adopted.entry)
        // What it calls itself; the officer sees it and may choose otherwise.
        let name = (adopted.act.title["en"] ?? titles["en"] ?? "").lowercased()
        let kinds: [InstrumentKind] = [.protocol, .convention, .covenant, .charter, .statute, .treaty]
        values["kind"] = (kinds.first { name.contains($0.rawValue) } ?? .agreement).rawValue
        for language in Self.titleLanguages { values["title-\(language)"] = titles[language] ?? adopted.act.title[language] }
        languages = adopted.act.languages
    }

    /// The entry by which a conference adopted the text, where the instrument is opened from one.
    var adopted: Int64? { values["adopted"].flatMap { Int64($0) } }

    // MARK: Into an act

    /// The chapter is the number's first part.
    var chapter: String { String((values["number"] ?? "").prefix { $0 != "-" }) }

    /// What would be entered.
    ///
    /// - Parameter known: what the register holds of it already, for members the form does not ask about.
    func opened(chapterNames: [String: String], changing known: TreatyOpened? = nil) throws(Refusal) -> TreatyOpened {
        var titles: [String: String] = known?.titles ?? [:]
        for language in Self.titleLanguages { titles[language] = values["title-\(language)"] }
        var names = known?.chapterNames ?? chapterNames
        if names.isEmpty, let name = values["chapterName"] { names["en"] = name }
        let depositaries = Self.depositaryFields.compactMap { values[$0] }
        var languages = languages
        for tag in (values["otherLanguage"] ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        where !languages.contains(tag) { languages.append(tag) }
        var opened = TreatyOpened(
            treaty: values["number"] ?? "", titles: titles, short: values["short"], chapter: chapter, chapterNames: names,
            openForSignature: try date("opens"), closedForSignature: try date("closes"), depositary: depositaries.first,
            article: values["forceArticle"] ?? "", clause: try clause(), source: known?.source, confidence: known?.confidence,
            instrumentKind: values["kind"].flatMap { InstrumentKind(rawValue: $0) },
            status: values["status"].flatMap { InstrumentStatus(rawValue: $0) }, parent: values["parent"],
            depositaries: depositaries.count > 1 ? depositaries : nil, authenticLanguages: languages.isEmpty ? nil : languages,
            prevailingLanguage: values["prevailing"], finalClauses: try finalClauses())
        opened.adoptedText = known?.adoptedText ?? adopted
        opened.classes = known?.classes
        opened.metrics = known?.metrics
        return opened
    }

    func date(_ field: String) throws(Refusal) -> CalendarDate? {
        guard let text = values[field] else { return nil }
        guard let date = CalendarDate(text) else {
            throw Refusal(
                .malformed, code: "request.date", "'\(text)' in the field '\(field)' is not a day of the calendar.",
                mend: "Write the year, the month and the day: 2026-01-17.", arguments: ["field": field, "value": text])
        }
        return date
    }

    private func number(_ field: String, in bounds: ClosedRange<Int64> = 0...10_000) throws(Refusal) -> Int64? {
        guard let text = values[field] else { return nil }
        guard let number = Int64(text), bounds.contains(number) else {
            throw Refusal(
                .malformed, code: "request.number",
                "'\(text)' in the field '\(field)' is not a whole number from \(bounds.lowerBound) to \(bounds.upperBound).",
                mend: "Give a number within these bounds.",
                arguments: [
                    "field": field, "value": text, "lowest": String(bounds.lowerBound), "highest": String(bounds.upperBound),
                ])
        }
        return number
    }

    private func required(_ field: String) throws(Refusal) -> String {
        guard let value = values[field] else { throw Fields.missing(field) }
        return value
    }

    /// Members given as JSON go before the controls of the form.
    private func data(_ field: String) throws(Refusal) -> JSON? {
        guard let text = values[field] else { return nil }
        do {
            return try JSONParser.parse(Array(text.utf8), limits: .init(bytes: Self.longest * 4, depth: 16))
        } catch {
            throw Refusal(
                .malformed, code: "treaty.clause-form", "The clause on entry into force cannot be read: \(error).",
                mend: "Mend the place it names; docs/clauses.md describes the language.", citation: "docs/clauses.md",
                arguments: ["reason": "\(error)"])
        }
    }

    // MARK: Entry into force

    /// The clause on entry into force in the language of docs/clauses.md.
    func clause() throws(Refusal) -> JSON {
        if values["condition"] == "data" || values["clause"] != nil {
            guard let clause = try data("clause") else { throw Fields.missing("clause") }
            return clause
        }
        var clause: JSONObject = ["condition": try condition()]
        if let count = try number("delayCount") {
            var delay: JSONObject = ["unit": .string(values["delayUnit"] ?? "days"), "count": .integer(count)]
            delay["then"] = values["delayThen"].map(JSON.string)
            clause["delay"] = .object(delay)
        }
        if let date = try date("notBefore") { clause["notBefore"] = .string(date.description) }
        if values["organizations"] == "no" { clause["regionalOrganizationsCount"] = false }
        if let count = try number("laterCount") {
            clause["later"] = ["unit": .string(values["laterUnit"] ?? "days"), "count": .integer(count)]
        }
        return .object(clause)
    }

    private func condition() throws(Refusal) -> JSON {
        switch values["condition"] ?? "count" {
        case "count":
            guard let count = try number("count", in: 1...1_000) else { throw Fields.missing("count") }
            var condition: JSONObject = ["count": .integer(count)]
            condition["of"] = values["countOf"].map(JSON.string)
            return .object(condition)
        case "fraction": return ["fraction": .string(try required("fraction")), "of": .string(try required("fractionOf"))]
        case "allSignatories": return ["allSignatories": true]
        case "named":
            let names = try required("named").split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline })
                .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
            return ["named": .array(names.map { .string(String($0)) })]
        case "inForce": return ["inForce": .string(try required("inForce"))]
        default: throw Fields.missing("condition")
        }
    }

    // MARK: The other final clauses

    /// Joining, reservations, withdrawal and amendment in the language of docs/lifecycle.md; `nil` where nothing is said.
    func finalClauses() throws(Refusal) -> JSON? {
        if let given = try data("finalClauses") { return given }
        var clauses = JSONObject()
        var joining = JSONObject()
        joining["sign"] = values["sign"].map(JSON.string)
        joining["join"] = values["join"].map(JSON.string)
        if let from = try date("opens"), let until = try date("closes") {
            joining["from"] = .string(from.description)
            joining["until"] = .string(until.description)
        }
        if !joining.isEmpty {
            joining["article"] = values["joiningArticle"].map(JSON.string)
            clauses["participation"] = .object(joining)
        }
        if let rule = values["reservations"], rule != "silent" {
            var reservations: JSONObject = ["rule": .string(rule)]
            if rule == "listed" {
                reservations["listed"] = .array(
                    try required("reservationsListed").split(whereSeparator: \.isNewline).map { .string(String($0)) })
            }
            reservations["article"] = values["reservationsArticle"].map(JSON.string)
            clauses["reservations"] = .object(reservations)
        }
        if let rule = values["withdrawal"], rule != "silent" {
            var withdrawal = JSONObject()
            if rule == "notice" {
                guard let count = try number("noticeCount") else { throw Fields.missing("noticeCount") }
                withdrawal["notice"] = ["unit": .string(values["noticeUnit"] ?? "years"), "count": .integer(count)]
                if let years = try number("notWithin", in: 1...100) {
                    withdrawal["notWithin"] = ["unit": "years", "count": .integer(years)]
                }
            } else {
                withdrawal["rule"] = .string(rule)
            }
            withdrawal["article"] = values["withdrawalArticle"].map(JSON.string)
            clauses["withdrawal"] = .object(withdrawal)
        }
        if let rule = values["amendments"], rule != "silent" {
            var entry: JSONObject = ["condition": ["fraction": .string(rule), "of": "Parties"]]
            if let days = try number("amendmentsCount") { entry["delay"] = ["unit": "days", "count": .integer(days)] }
            var amendments: JSONObject = ["entryIntoForce": .object(entry)]
            amendments["article"] = values["amendmentsArticle"].map(JSON.string)
            clauses["amendments"] = .object(amendments)
        }
        return clauses.isEmpty ? nil : .object(clauses)
    }
}
