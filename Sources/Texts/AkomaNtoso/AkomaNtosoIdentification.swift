import Acts

/// What the metadata of a file says of the text: which instrument, language, standing and version.
struct AkomaNtosoIdentification {
    let identity: InstrumentIdentity
    let language: TextLanguage
    let authenticity: TextAuthenticity
    let version: TextVersion

    init(_ meta: XMLTree.Element) throws(TextFault) {
        guard let identification = meta.first("identification"), let work = identification.first("FRBRWork"),
            let expression = identification.first("FRBRExpression")
        else {
            throw TextFault(
                .unexpected, line: meta.line, "<meta> does not identify the work and the expression.",
                mend: "Write <identification> with <FRBRWork> and <FRBRExpression>.")
        }
        identity = try Self.identity(work)
        guard let language = expression.first("FRBRlanguage")?.attributes["language"].flatMap({ TextLanguage($0) }) else {
            throw TextFault(
                .unexpected, line: expression.line, "the expression names no language.", mend: "Write <FRBRlanguage language=\"eng\"/>.")
        }
        self.language = language
        let translation = expression.first("FRBRtranslation")
        switch (expression.first("FRBRauthoritative")?.attributes["value"], translation) {
        case ("true", nil): authenticity = .authentic
        case ("true", let translation?):
            throw TextFault(
                .unexpected, line: translation.line, "the text is called authoritative and a translation at once.",
                mend: "Equally authentic texts are not translations of each other (VCLT art. 33): take <FRBRtranslation> out, or say false."
            )
        default: authenticity = .translation(from: translation?.attributes["fromLanguage"].flatMap { TextLanguage($0) })
        }
        let date = expression.first("FRBRdate")?.attributes["date"].flatMap { CalendarDate(String($0.prefix(10))) }
        guard let date else {
            throw TextFault(
                .unexpected, line: expression.line, "the expression has no date.",
                mend: "Write <FRBRdate date=\"2023-06-19\" name=\"version\"/>.")
        }
        let number = expression.first("FRBRversionNumber")?.attributes["value"]
        guard number == nil || number.flatMap({ Int($0) }) != nil else {
            throw TextFault(.unexpected, line: expression.line, "the version's number is no whole number.", mend: "Count versions from 1.")
        }
        do {
            version = try TextVersion(date: date, number: number.flatMap { Int($0) })
        } catch {
            throw error.at(line: expression.line)
        }
    }

    /// `/akn/un/act/provision/ACTOR/DATE/NAME`; of other addresses, what stands before and after the date.
    private static func identity(_ work: XMLTree.Element) throws(TextFault) -> InstrumentIdentity {
        let address = work.first("FRBRuri")?.attributes["value"] ?? work.first("FRBRthis")?.attributes["value"] ?? ""
        let parts = address.split(separator: "/").map { String($0).lowercased() }.filter { !$0.hasPrefix("!") }
        guard let place = parts.firstIndex(where: { CalendarDate($0) != nil }), place > 0, place + 1 < parts.count,
            let date = CalendarDate(parts[place])
        else {
            throw TextFault(
                .unexpected, line: work.line,
                "the work's address '\(address.prefix(120))' does not say who made it, when, and its number or name.",
                mend: "Write <FRBRuri value=\"/akn/un/act/provision/ACTOR/DATE/NAME\"/>.")
        }
        do {
            return try InstrumentIdentity(actor: parts[place - 1], date: date, name: parts[(place + 1)...].joined(separator: "-"))
        } catch {
            throw error.at(line: work.line)
        }
    }
}
