import Acts
import Hummingbird
import Record
import Texts
import Web

/// `/treaties/{treaty}/text/concordance`: what is missing where, or differs, between the languages of an instrument.
extension TextPages {
    /// The newest authentic texts against each other; `nil` where there are fewer than two.
    func concordance(of file: InstrumentFile) throws -> Concordance? {
        let texts = try file.languages.compactMap { file.current(in: $0) }.filter(\.text.isAuthentic).map { try content(of: $0.text) }
        guard texts.count > 1 else { return nil }
        return try Self.reading { try Concordance(texts) }
    }

    /// In how many places the authentic languages differ.
    func gaps(of file: InstrumentFile) throws -> Int {
        try concordance(of: file)?.findings.count ?? 0
    }

    func concordance(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let file = try await instrument(number)
            guard !file.versions.isEmpty else { throw noText(number) }
            let found = try concordance(of: file)
            if representation == .json { return house.json(json(found, of: file)) }
            return try concordancePage(found, file, visit)
        }
    }

    private func json(_ found: Concordance?, of file: InstrumentFile) -> JSON {
        [
            "treaty": .string(file.opened.treaty),
            "languages": .array(
                (found?.counts ?? []).map {
                    [
                        "language": .string($0.language.tag), "units": .integer(Int64($0.units)),
                        "provisions": .integer(Int64($0.provisions)),
                    ]
                }),
            "findings": .array(
                (found?.findings ?? []).map { finding in
                    [
                        "kind": .string(finding.kind.rawValue), "wId": .string(finding.wId.text), "eId": .string(finding.eId),
                        "number": JSON(finding.number), "languages": .array(finding.languages.map { .string($0.tag) }),
                        "values": JSON(texts: Dictionary(uniqueKeysWithValues: finding.values.map { ($0.key.tag, $0.value) })),
                    ]
                }),
        ]
    }

    private func concordancePage(_ found: Concordance?, _ file: InstrumentFile, _ visit: Visit) throws -> Response {
        var context = treaties.titleContext(file.opened.titles, visit)
        let findings = found?.findings ?? []
        let languages = (found?.counts ?? []).map(\.language.tag)
        if found == nil {
            context["summary"] = text("concordance.same-language", visit)
        } else {
            context["summary"] = text(
                findings.isEmpty ? "concordance.summary.none" : "concordance.summary",
                ["languages": .text(languageNames(languages, visit)), "count": .number(Int64(findings.count))], visit)
        }
        context["agrees"] = findings.isEmpty && found != nil
        context["counts"] = (found?.counts ?? []).map { count -> [String: Any] in
            [
                "language": languageName(count.language.tag, visit), "units": visit.language.text(count.units),
                "provisions": visit.language.text(count.provisions),
            ]
        }
        context["hasCounts"] = found != nil
        context["findings"] = findings.prefix(500).map { finding -> [String: Any] in
            let present = languages.first { tag in !finding.languages.contains { $0.tag == tag } } ?? languages.first ?? ""
            let other = finding.languages.first?.tag ?? ""
            return [
                "place": finding.number ?? finding.eId,
                "link": "/treaties/\(file.opened.treaty)/text?language=\(present)&beside=\(other)#\(finding.eId)",
                "finding": text(
                    "concordance.\(finding.kind.rawValue)",
                    ["languages": .text(languageNames(finding.languages.map(\.tag), visit))], visit),
                "values": finding.kind == .missing || finding.kind == .order
                    ? ""
                    : finding.values.sorted { $0.key < $1.key }.map { "\($0.key.tag) \($0.value)" }.joined(separator: ", "),
            ]
        }
        context["hasFindings"] = !findings.isEmpty
        var page = page("concordance", title: text("concordance.title", visit), context, file, visit)
        page.alternates = [.json]
        return try house.page(visit, page)
    }
}
