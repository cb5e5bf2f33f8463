import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Web

extension PressPages {
    /// The kinds of files that go with statements.
    static let mediaTypes: Set<String> = [
        "image/png", "image/jpeg", "image/webp", "image/gif", "audio/mpeg", "audio/ogg", "video/mp4", "video/webm",
    ]
    static let mostFileBytes = 16 << 20

    func form(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let mine = person.offices(as: .pressOfficer).sorted()
        var draft: PressDraft?
        if visit.parameters["draft"] != nil { draft = try await readable(visit).1 }
        let statement = try await corrected(fields ?? visit.query)
        let office = draft?.office ?? statement?.act.office ?? (try? (fields ?? visit.query).text("office")) ?? mine.first ?? ""
        let settings = try await house.record.read { try PressQueries(database: $0).settings(of: office) }
        let names = try await officeNames(visit)
        let old = draft?.content ?? statement?.act.content
        let tags = Self.unique(settings.languages + (old?.languages ?? []) + (fields?.texts("language") ?? []))
        func value(_ name: String, _ kept: String?) -> String { (try? fields?.text(name)) ?? kept ?? "" }
        let authoritative = (try? fields?.text("authoritative")) ?? old?.authoritative ?? tags.first
        let form = (try? (fields ?? visit.query).text("form")) ?? draft?.form.rawValue ?? "statement"
        let label = (try? fields?.text("label")) ?? draft?.label ?? PressLabel.amber.rawValue
        let correction = draft?.correction ?? [:]
        let corrects = draft?.corrects ?? statement?.act.statement
        let languages = tags.map { tag -> [String: Any] in
            let text = old?.texts[tag]
            let hints = ["language": TextArgument.text(Language.name(ofTag: tag))]
            return [
                "tag": tag, "dir": Language.direction(ofTag: tag).rawValue, "legend": self.text("write.language", hints, visit),
                "isAuthoritative": tag == authoritative, "title": value("title.\(tag)", text?.title),
                "body": value("body.\(tag)", text?.paragraphs.joined(separator: "\n\n")),
                "phrases": value("phrases.\(tag)", old?.phrases[tag]?.joined(separator: "\n")),
                "alternative": value("alternative.\(tag)", ""), "correction": value("correction.\(tag)", correction[tag]),
                "corrects": corrects != nil,
            ]
        }
        let media = (old?.media ?? []).enumerated().map { place, medium -> [String: Any] in
            [
                "blob": medium.blob, "type": medium.type,
                "isKept": fields.map { $0.texts("keep").contains(medium.blob) } ?? true,
                "alternatives": tags.map { tag -> [String: Any] in
                    [
                        "name": "alternative.\(place).\(tag)", "tag": tag, "dir": Language.direction(ofTag: tag).rawValue,
                        "value": value("alternative.\(place).\(tag)", medium.alternative[tag]),
                    ]
                },
            ]
        }
        let heading = text(corrects != nil ? "write.correction" : draft == nil ? "write" : "write.again", visit)
        return try page(
            "write", heading,
            [
                "heading": heading, "action": draft.map { "/press/drafts/\($0.draft)/edit" } ?? "/press/new",
                "request": house.formToken(visit), "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "office": office, "officeName": names[office] ?? office,
                "hasOffices": draft == nil && statement == nil && mine.count > 1,
                "offices": mine.map { ["value": $0, "name": names[$0] ?? $0, "selected": $0 == office] as [String: Any] },
                "forms": corrects != nil
                    ? []
                    : StatementDrafted.Form.allCases.map {
                        ["value": $0.rawValue, "name": text("form.\($0.rawValue)", visit), "selected": $0.rawValue == form] as [String: Any]
                    },
                "hasForms": corrects == nil, "corrects": corrects ?? false,
                "labels": PressLabel.allCases.map { ["value": $0.rawValue, "selected": $0.rawValue == label] as [String: Any] },
                "languages": languages, "media": media, "hasMedia": !media.isEmpty,
                "newLanguage": value("new-language", nil), "version": draft.map { String($0.version) } ?? false,
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    static func unique(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.filter { PressCommands.isLanguageTag($0) && seen.insert($0).inserted }
    }

    /// The newest version of the statement that the form corrects.
    private func corrected(_ fields: Fields) async throws -> PublicStatement? {
        guard let identifier = try fields.filled("corrects", longest: 64) else { return nil }
        guard let statement = try await house.record.read({ try PressQueries(database: $0).statement(identifier) }) else {
            throw PressCommands.noStatement
        }
        return statement
    }

    func write(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        do {
            var old: PressDraft?
            if visit.parameters["draft"] != nil { old = try await readable(visit).1 }
            let office = try old?.office ?? form.fields.required("office")
            guard person.offices(as: .pressOfficer).contains(office) else { throw Access.refusal(of: .pressOfficer) }
            let corrects = try old?.corrects ?? form.fields.filled("corrects", longest: 64)
            let released = try await corrects.mapAsync { identifier in
                try await house.record.read { try PressQueries(database: $0).statement(identifier) }
            }
            var content = try texts(form.fields)
            content.media = try media(form, kept: old?.content.media ?? released??.act.content.media ?? [], content)
            let drafted = StatementDrafted(
                form: try old?.form ?? form.fields.choice("form", of: StatementDrafted.Form.self) ?? .statement, content: content,
                revises: old?.draft, corrects: corrects,
                correction: try byLanguage("correction", form.fields, content.languages, longest: 600))
            let label = try form.fields.requiredChoice("label", of: PressLabel.self)
            let (access, commands) = (house.access, PressCommands(office: office, author: person.id))
            let (draft, request) = (old?.draft, form.request)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let queries = PressQueries(database: context.database)
                    return try commands.draft(
                        drafted, label: label, revising: try draft.flatMap { try queries.draft($0) },
                        settings: try queries.settings(of: office), corrected: try corrects.flatMap { try queries.statement($0) },
                        form: request)
                })
            guard let entry = draft ?? entries.first?.index else { throw PressCommands.unknown }
            return house.seeOther("/press/drafts/\(entry)")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await self.form(form.fields, refusal: refusal, visit)
        }
    }

    /// The texts of a form. A language whose title and text are both empty is not there.
    private func texts(_ fields: Fields) throws -> StatementContent {
        var texts: [String: StatementText] = [:]
        var phrases: [String: [String]] = [:]
        var tags = Self.unique(fields.texts("language"))
        if let tag = try fields.filled("new-language", longest: 16), !tags.contains(tag) { tags.append(tag) }
        guard tags.count <= StatementContent.mostLanguages else {
            throw Refusal(
                .malformed, code: "press.many-languages", "A statement has at most \(StatementContent.mostLanguages) languages.",
                mend: "Leave some out.", arguments: ["most": String(StatementContent.mostLanguages)])
        }
        for tag in tags {
            let title = try fields.filled("title.\(tag)", longest: PressCommands.longestTitle)
            let body = try fields.filled("body.\(tag)", longest: PressCommands.longestParagraph * 10)
            guard title != nil || body != nil else { continue }
            texts[tag] = StatementText(title: title ?? "", paragraphs: Self.paragraphs(body ?? ""))
            let lines = try fields.filled("phrases.\(tag)", longest: 4_000) ?? ""
            let words = lines.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            if !words.isEmpty {
                phrases[tag] = words.prefix(StatementContent.mostPhrases).map { String($0.prefix(PressCommands.longestPhrase)) }
            }
        }
        let authoritative = try fields.filled("authoritative", longest: 16) ?? tags.first ?? ""
        guard texts[authoritative] != nil else {
            throw Refusal(
                .malformed, code: "press.no-authoritative", "There is no text in the authoritative language.",
                mend: "Write it, or choose another authoritative language.", arguments: ["language": authoritative])
        }
        guard texts.values.allSatisfy({ $0.paragraphs.count <= StatementContent.mostParagraphs }) else {
            throw Refusal(
                .malformed, code: "press.many-paragraphs", "A statement has at most \(StatementContent.mostParagraphs) paragraphs.",
                mend: "Write less.", arguments: ["most": String(StatementContent.mostParagraphs)])
        }
        return StatementContent(authoritative: authoritative, texts: texts, phrases: phrases)
    }

    /// Paragraphs end at an empty line; a single line break within one is a space.
    static func paragraphs(_ text: String) -> [String] {
        var paragraphs: [String] = []
        var lines: [String] = []
        func end() {
            if !lines.isEmpty { paragraphs.append(lines.joined(separator: " ")) }
            lines = []
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.isEmpty { end() } else { lines.append(trimmed) }
        }
        end()
        return paragraphs
    }

    private func byLanguage(_ name: String, _ fields: Fields, _ tags: [String], longest: Int) throws -> [String: String] {
        var texts: [String: String] = [:]
        for tag in tags { if let text = try fields.filled("\(name).\(tag)", longest: longest) { texts[tag] = text } }
        return texts
    }

    /// The files that are kept, with their words, and a new one.
    private func media(_ form: Form, kept: [StatementMedium], _ content: StatementContent) throws -> [StatementMedium] {
        let keeps = Set(form.fields.texts("keep"))
        var media: [StatementMedium] = []
        for (place, medium) in kept.enumerated() where keeps.contains(medium.blob) {
            media.append(
                StatementMedium(
                    blob: medium.blob, type: medium.type,
                    alternative: try byLanguage("alternative.\(place)", form.fields, content.languages, longest: 1_000)))
        }
        if let file = form.file("file"), !file.bytes.isEmpty {
            guard Self.mediaTypes.contains(file.mediaType), file.bytes.count <= Self.mostFileBytes else {
                throw Refusal(
                    .malformed, code: "press.file", "The file is of a kind that statements do not carry, or too large.",
                    mend: "Send a picture (PNG, JPEG, WebP, GIF), sound (MP3, Ogg) or film (MP4, WebM) of at most 16 MB.",
                    arguments: ["type": String(file.mediaType.prefix(60))])
            }
            media.append(
                StatementMedium(
                    blob: Hexadecimal.encode(try house.record.storeBlob(file.bytes)), type: file.mediaType,
                    alternative: try byLanguage("alternative", form.fields, content.languages, longest: 1_000)))
        }
        guard media.count <= StatementContent.mostMedia else {
            throw Refusal(
                .malformed, code: "press.many-files", "A statement has at most \(StatementContent.mostMedia) files.",
                mend: "Leave some out.", arguments: ["most": String(StatementContent.mostMedia)])
        }
        return media
    }

    func draftMedium(_ visit: Visit) async throws -> Response {
        let (_, draft, _) = try await readable(visit)
        guard let place = Int(try visit.parameter("place")), draft.content.media.indices.contains(place) else {
            throw PressCommands.unknown
        }
        var response = try medium(draft.content.media[place])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// A file as it is kept, under its own type.
    func medium(_ medium: StatementMedium) throws -> Response {
        StatementPages.file(medium, try StatementPages.bytes(of: medium, house))
    }
}

extension Optional where Wrapped: Sendable {
    /// As `map`, for what takes its time.
    func mapAsync<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
