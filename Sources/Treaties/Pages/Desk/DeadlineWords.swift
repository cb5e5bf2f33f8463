import Acts
import Web

/// Deadlines in words.
struct DeadlineWords {
    let actors: ActorTable
    let catalogue: LanguageCatalogue
    let language: Language

    /// "BBNJ Agreement enters into force for Kenya", without the day.
    func summary(_ deadline: TreatyDeadline, title: String) -> String {
        let names = deadline.actors.map { actors[$0]?.name(in: language.tag, at: deadline.day) ?? $0.rawValue }
        return catalogue.text(
            "treaties.deadline.\(deadline.kind.rawValue)",
            ["treaty": .text(title), "actors": .text(listed(language.sorted(names) { $0 })), "subject": .text(deadline.subject ?? "")],
            language)
    }

    /// Names side by side; of many only the first, and how many more.
    private func listed(_ names: [String]) -> String {
        let comma = language == .arabic ? "، " : ", "
        guard names.count > 6 else { return names.joined(separator: comma) }
        return catalogue.text(
            "treaties.deadline.more",
            ["names": .text(names.prefix(5).joined(separator: comma)), "count": .number(Int64(names.count - 5))], language)
    }

    /// For the page of the act that says it has passed.
    func description(of entry: Entry) -> ActDescription? {
        guard entry.kind == TreatyDeadlinePassed.kind else { return nil }
        guard case .present = entry.content else {
            return ActDescription(sentence: catalogue.text("treaties.act.erased", language))
        }
        guard let passed = (try? entry.payload(as: TreatyDeadlinePassed.self)).flatMap({ $0 }),
            let kind = LegalDeadline.Kind(rawValue: passed.period)
        else { return nil }
        let deadline = TreatyDeadline(
            treaty: passed.treaty, kind: kind, day: passed.day, actors: passed.actors, subject: passed.subject,
            known: entry.header.received, rule: passed.rule)
        func fact(_ key: String, _ markup: Markup) -> ActDescription.Fact {
            ActDescription.Fact(catalogue.text("treaties.\(key)", language), markup)
        }
        return ActDescription(
            sentence: catalogue.text(
                "treaties.deadline.passed", ["what": .text(summary(deadline, title: passed.treaty)), "date": .date(passed.day)], language),
            facts: [
                fact("act.of-treaty", Markup.link(passed.treaty, to: "/treaties/\(passed.treaty)")),
                fact("deadline.rule", Markup(text: passed.rule)),
            ])
    }
}

extension TreatyDeadline {
    /// As data.
    var json: JSON {
        var object: JSONObject = [
            "id": .string(id), "treaty": .string(treaty), "kind": .string(kind.rawValue), "day": .string(day.description),
            "passesOn": .string(passesOn.description), "rule": .string(rule), "href": .string(address),
        ]
        object["actors"] = .array(actors.map { .string($0.rawValue) })
        object["subject"] = subject.map(JSON.string)
        return .object(object)
    }

    /// Where what it follows from can be read.
    var address: String { entry.map { "/record/acts/\($0)" } ?? "/treaties/\(treaty)" }
}
