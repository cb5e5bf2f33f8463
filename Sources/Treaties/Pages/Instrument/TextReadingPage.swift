import Acts
import Foundation
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// `/treaties/{treaty}/text`: the instrument as a document, alone or beside its text in another language.
extension TextPages {
    /// What the visitor wants to read.
    struct ReadingQuestion {
        var language: String
        var version: InstrumentFile.Version
        var beside: InstrumentFile.Version?
        var search: String?
    }

    private func question(_ file: InstrumentFile, _ visit: Visit) throws -> ReadingQuestion {
        guard let first = file.languages.first else { throw noText(file.opened.treaty) }
        // The visitor's own language where the instrument speaks it.
        let usual = file.languages.contains(visit.language.tag) ? visit.language.tag : file.languages.contains("en") ? "en" : first
        let language = try self.language("language", of: file, visit) ?? usual
        let beside = try self.language("beside", of: file, visit)
        return ReadingQuestion(
            language: language, version: try version("version", in: language, of: file, visit),
            beside: beside.flatMap { $0 == language ? nil : file.current(in: $0) },
            search: try visit.query.filled("q", longest: 200))
    }

    func read(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let representation = try visit.representation(of: [.html, .json, .akn, .txt])
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let file = try await instrument(number)
            // Where there is no text yet, a question that cannot be read is refused all the same.
            _ = try visit.query.linkedInteger("version", in: 1...1_000_000)
            if file.versions.isEmpty, representation == .html { return try emptyPage(file, visit) }
            let question = try question(file, visit)
            switch representation {
            case .akn: return plainAnswer(.akn, try bytes(of: question.version.text), question.version.text)
            case .txt:
                return plainAnswer(.txt, Array(Self.plain(try content(of: question.version.text)).utf8), question.version.text)
            case .html: return try readingPage(file, question, visit)
            default: return house.json(try json(file, question))
            }
        }
    }

    // MARK: Page

    private func emptyPage(_ file: InstrumentFile, _ visit: Visit) throws -> Response {
        var context = treaties.titleContext(file.opened.titles, visit)
        context["standing"] = standing(file, visit)
        for (name, value) in officerContext(file, visit) { context[name] = value }
        return try house.page(visit, page("empty", title: text("text.title", visit), context, file, visit, inner: false))
    }

    private func readingPage(_ file: InstrumentFile, _ question: ReadingQuestion, _ visit: Visit) throws -> Response {
        let content = try content(of: question.version.text)
        let link = "/treaties/\(file.opened.treaty)"
        let units = TextUnit.units(of: content)
        var context = treaties.titleContext(file.opened.titles, visit)
        context["standing"] = standing(file, visit)
        for (name, value) in officerContext(file, visit) { context[name] = value }
        context["selfLink"] = "\(link)/text"
        context["languages"] = file.languages.map { treaties.option($0, languageName($0, visit), selected: $0 == question.language) }
        context["besides"] = file.languages.filter { $0 != question.language }.map {
            treaties.option($0, languageName($0, visit), selected: $0 == question.beside?.text.language)
        }
        context["isOneLanguage"] = file.languages.count == 1
        context["query"] = question.search ?? ""
        let language = content.language.tag
        context["lang"] = language
        context["dir"] = content.direction
        context["label"] = versionLine(question.version, of: file, visit)
        context["contents"] = contents(of: content)
        context["contentsLanguage"] = language
        context["contentsDirection"] = content.direction
        context["search"] = question.search.map { searchContext($0, in: content, visit) } ?? false
        var first = TextMarkup(search: question.search)
        if let beside = question.beside {
            let other = try self.content(of: beside.text)
            var second = TextMarkup(prefix: "beside-", search: question.search)
            context["lang"] = false
            context["rows"] = TextUnit.rows(units, TextUnit.units(of: other)).map { row -> [String: Any] in
                [
                    "first": row.first.map { first.markup(of: $0) } ?? missing(language, visit),
                    "second": row.second.map { second.markup(of: $0) } ?? missing(other.language.tag, visit),
                    "firstLanguage": language, "firstDirection": content.direction, "secondLanguage": other.language.tag,
                    "secondDirection": other.direction, "isUneven": row.first == nil || row.second == nil,
                ]
            }
            context["hasRows"] = true
            context["firstName"] = languageName(language, visit)
            context["secondName"] = languageName(other.language.tag, visit)
            context["firstLanguage"] = language
            context["firstDirection"] = content.direction
            context["secondLanguage"] = other.language.tag
            context["secondDirection"] = other.direction
            context["notes"] = first.footnotes()
            context["otherNotes"] = second.footnotes()
        } else {
            context["hasRows"] = false
            context["body"] = first.markup(of: units)
            context["notes"] = first.footnotes()
            context["otherNotes"] = false
        }
        context["provenance"] = provenance(question, file, visit)
        context["files"] = files(file, visit)
        context["tools"] = tools(file, question, visit)
        return try house.page(visit, readingShell(file, context, visit))
    }

    private func readingShell(_ file: InstrumentFile, _ context: [String: Any], _ visit: Visit) -> Page {
        var page = page(
            "text", title: "\(file.opened.short ?? file.opened.treaty): \(text("text.title", visit))", context, file, visit, inner: false)
        page.alternates = [.json, .akn, .txt]
        return page
    }

    private func missing(_ language: String, _ visit: Visit) -> Markup {
        Markup.element(
            "p", ["class": "awaiting-text quiet", "lang": visit.language.tag, "dir": visit.language.direction.rawValue],
            text: text("text.not-here", ["language": .text(languageName(language, visit))], visit))
    }

    /// "Version 2 in English: Text as adopted. 63 provisions; authentic."
    private func versionLine(_ version: InstrumentFile.Version, of file: InstrumentFile, _ visit: Visit) -> String {
        text(
            version.text.isAuthentic ? "text.version-authentic" : "text.version-translation",
            [
                "version": .number(version.text.version), "language": .text(languageName(version.text.language, visit)),
                "label": .text(version.text.label), "count": .number(version.text.provisions),
            ], visit)
    }

    /// Headings, for finding one's way.
    private func contents(of content: InstrumentText) -> [[String: Any]] {
        content.blocks.compactMap { block -> [String: Any]? in
            guard block.role == .heading, let anchor = block.anchor, block.number != nil || block.heading != nil else { return nil }
            return [
                "anchor": anchor, "number": block.number ?? "", "heading": block.heading?.plain ?? "",
                "isDivision": block.provision?.isDivision ?? false,
            ]
        }
    }

    private func searchContext(_ search: String, in content: InstrumentText, _ visit: Visit) -> [String: Any] {
        let found = content.places.filter { place in
            let provision = place.provision
            let own =
                [provision.number, provision.heading?.plain].compactMap(\.self)
                + (provision.content + provision.closing).flatMap { $0.lines.map(\.plain) }
            return own.contains { $0.range(of: search, options: [.caseInsensitive, .diacriticInsensitive]) != nil }
        }
        return [
            "count": text("text.found", ["count": .number(Int64(found.count)), "query": .text(search)], visit),
            "places": found.prefix(50).map { ["anchor": $0.eId, "name": Self.name(of: $0, in: content)] },
        ]
    }

    /// "Article 8, 2": the numbers of a place and of what holds it.
    static func name(of place: Place, in content: InstrumentText) -> String {
        var numbers: [String] = []
        var current: Place? = place
        while let here = current {
            if let number = here.provision.number ?? here.provision.heading?.plain { numbers.append(number) }
            if here.provision.kind.isNumberedThroughout { break }
            current = here.parent.map { content.places[$0] }
        }
        return numbers.isEmpty ? place.eId : numbers.reversed().joined(separator: ", ")
    }

    // MARK: Beside the text

    private func provenance(_ question: ReadingQuestion, _ file: InstrumentFile, _ visit: Visit) -> [[String: Any]] {
        ([question.version] + (question.beside.map { [$0] } ?? [])).map { version in
            [
                "language": languageName(version.text.language, visit), "sha256": version.text.sha256.hexadecimal,
                "link": "/record/acts/\(version.entry)", "entry": visit.language.text(version.entry),
            ]
        }
    }

    private func files(_ file: InstrumentFile, _ visit: Visit) -> [[String: Any]] {
        file.languages.compactMap { language in
            guard let version = file.current(in: language) else { return nil }
            let stem = "/treaties/\(file.opened.treaty)/text/\(language)"
            let hash = "sha256=\(version.text.sha256.hexadecimal)"
            return [
                "name": languageName(language, visit), "akn": "\(stem).akn.xml?\(hash)", "txt": "\(stem).txt?\(hash)",
                "kind": text(version.text.isAuthentic ? "text.authentic" : "text.translation", visit),
                "isAuthentic": version.text.isAuthentic,
            ]
        }
    }

    private func tools(_ file: InstrumentFile, _ question: ReadingQuestion, _ visit: Visit) -> [[String: Any]] {
        let link = "/treaties/\(file.opened.treaty)/text"
        var tools: [[String: Any]] = []
        if file.languages.count > 1 {
            tools.append(["text": text("concordance.title", visit), "link": "\(link)/concordance", "name": "concordance"])
        }
        if file.versions(in: question.language).count > 1 {
            tools.append([
                "text": text("compare.title", visit), "link": "\(link)/compare?language=\(question.language)", "name": "compare",
            ])
        }
        tools.append([
            "text": text("history.title", visit), "link": "\(link)/history?language=\(question.language)", "name": "history",
        ])
        return tools
    }

    /// What this person can do next about the text, or which rule stands in the way.
    func officerContext(_ file: InstrumentFile, _ visit: Visit) -> [String: Any] {
        let link = "/treaties/\(file.opened.treaty)"
        guard let person = visit.person, !person.offices(as: .depositaryOfficer).isEmpty else {
            return ["primary": false, "others": false, "barred": false]
        }
        let enter: [String: Any] = ["text": text("enter.title", visit), "link": "\(link)/text/enter", "name": "enter-text"]
        let adopt: [String: Any] = ["text": text("adopt.title", visit), "link": "\(link)/adopt", "name": "adopt"]
        let authenticate: [String: Any] = [
            "text": text("authenticate.title", visit), "link": "\(link)/authenticate", "name": "authenticate",
        ]
        let edit: [String: Any] = ["text": text("edit.title", visit), "link": "\(link)/edit", "name": "edit"]
        if file.authenticated != nil {
            return ["primary": false, "others": [enter], "barred": text("barred.frozen", visit)]
        }
        if file.opened.adoptedOn != nil {
            return [
                "primary": file.missingLanguages.isEmpty ? authenticate : enter,
                "others": [file.missingLanguages.isEmpty ? enter : authenticate], "barred": false,
            ]
        }
        return file.authenticTexts.isEmpty
            ? ["primary": enter, "others": [edit], "barred": text("barred.nothing-to-adopt", visit)]
            : ["primary": adopt, "others": [enter, edit], "barred": false]
    }
}

extension InstrumentText {
    var direction: String { language.direction.rawValue }
}
