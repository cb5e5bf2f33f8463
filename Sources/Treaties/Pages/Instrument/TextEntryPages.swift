import Acts
import Foundation
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// `/treaties/{treaty}/text/enter`: a text is sent as a file or pasted, read, shown as it was understood, and entered.
extension TextPages {
    /// How many bytes the whole form may have: a text, and the fields beside it.
    static let longestUpload = TextLimits.bytes + (64 << 10)

    /// What the form holds, as it was sent.
    struct TextForm {
        var language: String?
        var standing = "authentic"
        var label: String?
        var date: String?
        var title: String?
        var source: String?
        var expected: String?
        var pasted = ""

        init() {}

        init(_ fields: Fields) throws {
            language = try fields.filled("language")
            standing = try fields.filled("standing") ?? "authentic"
            label = try fields.filled("label", longest: 200)
            date = try fields.filled("date")
            title = try fields.filled("title", longest: OpeningRule.longestTitle)
            source = try fields.filled("source", longest: 500)
            expected = try fields.filled("expected")
            pasted = try fields.text("text") ?? ""
        }

        var isAuthentic: Bool { standing != "translation" }
    }

    func entryForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        _ = try treaties.officer(visit)
        let file = try await instrument(number)
        var form = TextForm()
        form.language = file.missingLanguages.first
        form.date = house.now().date.description
        return try entryPage(form, file, refusal: nil, visit)
    }

    func enter(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let (person, office) = try treaties.officer(visit)
        let form = try await house.upload(from: request, upTo: Self.longestUpload, visit)
        let file = try await instrument(number)
        let entered = try TextForm(form.fields)
        do {
            let expected = try Self.hash(entered.expected, "expected")
            if let reviewed = try Self.hash(form.fields.filled("sha256"), "sha256") {
                let text = try reviewedText(reviewed, entered, in: file, form.fields)
                let commands = InstrumentCommands(actors: desk.actors, office: office, author: person.id)
                let access = house.access
                let entries = try await house.record.enter(
                    Command { context in
                        try access.requireStill(person, .depositaryOfficer, in: context.database)
                        guard let file = try TreatyQueries(database: context.database).instrument(number) else {
                            throw treaties.unknownTreaty(number)
                        }
                        return try commands.enter(
                            text, in: file, expected: expected, today: context.now.date, request: form.request)
                    })
                guard (try? visit.representation(of: [.html, .json])) == .json else {
                    return house.seeOther("/treaties/\(number)/text?language=\(PercentCoding.encode(text.language))")
                }
                return house.json(["entry": .integer(entries.first?.index ?? 0), "sha256": .string(text.sha256.hexadecimal)])
            }
            let reading = try read(form, entered, in: file)
            // The blob may stand there uncited: until an act names it, it is nothing but bytes.
            let bytes = AkomaNtoso.bytes(of: reading.text)
            guard let hash = Hash(try house.record.storeBlob(bytes)) else { throw noText(number) }
            let text = try act(for: reading.text, hash: hash, entered, in: file)
            try TextRule(file: file, today: house.now().date).checkEntering(text, expected: expected)
            return try reviewPage(reading, text, entered, file, isChanged: reading.source.map { $0 != bytes } ?? false, visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try entryPage(entered, file, refusal: refusal, visit)
        }
    }

    // MARK: Reading what was sent

    private struct Reading {
        var text: InstrumentText
        var notes: [TextNote] = []
        /// The file's own bytes, where it was Akoma Ntoso.
        var source: [UInt8]?
    }

    private func read(_ form: Form, _ entered: TextForm, in file: InstrumentFile) throws -> Reading {
        guard let tag = entered.language, let language = TextLanguage(tag), language.tag == tag else {
            throw OpeningRule.unknownLanguage(entered.language ?? "")
        }
        let bytes = form.file("file")?.bytes ?? Array(entered.pasted.utf8)
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw Fields.missing("text")
        }
        let authenticity: TextAuthenticity = entered.isAuthentic ? .authentic : .translation(from: nil)
        // A byte order mark or white space may come before the first tag.
        let start = bytes.first { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if start == 0x3C {
            let text = try Self.reading { try AkomaNtoso.read(bytes) }
            guard text.language == language else {
                throw Refusal(
                    .conflict, code: "treaty.text-language-differs",
                    "The file says it is in '\(text.language)', the form says '\(language)'.",
                    mend: "Choose the file's language, or another file.",
                    arguments: ["found": text.language.tag, "chosen": language.tag])
            }
            guard text.authenticity.isAuthentic != entered.isAuthentic else { return Reading(text: text, source: bytes) }
            let changed = try Self.reading {
                try InstrumentText(
                    identity: text.identity, language: text.language, authenticity: authenticity, version: text.version, title: text.title,
                    provisions: text.provisions)
            }
            return Reading(text: changed, source: bytes)
        }
        let date = try form.fields.requiredDate("date")
        let version = (file.current(in: tag)?.text.version ?? 0) + 1
        let found = try Self.reading {
            try PlainText.read(
                bytes, language: language, identity: try Self.identity(of: file.opened, date: date), authenticity: authenticity,
                version: try TextVersion(date: date, number: Int(version)), title: entered.title)
        }
        // The language entered first gives its provisions their names, so that all can be read beside each other.
        guard let first = file.versions.first(where: { $0.text.isAuthentic && $0.text.language != tag }) else {
            return Reading(text: found.text, notes: found.notes)
        }
        let reference = try content(of: file.current(in: first.text.language)?.text ?? first.text)
        return Reading(text: try Self.reading { try found.text.adoptingIdentifiers(of: reference) }, notes: found.notes)
    }

    /// How Akoma Ntoso's addresses name the instrument: who made it, when, and its number in this register.
    static func identity(of opened: TreatyOpened, date: CalendarDate) throws(TextFault) -> InstrumentIdentity {
        let depositaries = opened.depositaries ?? [opened.depositary].compactMap(\.self)
        let isUnitedNations = depositaries.contains { $0.localizedCaseInsensitiveContains("United Nations") }
        return try InstrumentIdentity(actor: isUnitedNations ? "un" : "parties", date: date, name: opened.treaty.lowercased())
    }

    private func act(
        for text: InstrumentText, hash: Hash, _ entered: TextForm, in file: InstrumentFile
    ) throws -> TreatyTextEntered {
        let tag = text.language.tag
        guard let label = entered.label else {
            throw Fields.missing("label")
        }
        return TreatyTextEntered(
            treaty: file.opened.treaty, language: tag, version: (file.current(in: tag)?.text.version ?? 0) + 1, label: label, sha256: hash,
            isAuthentic: text.authenticity.isAuthentic, provisions: Int64(text.places.count),
            correction: text.authenticity.isAuthentic && file.authenticated != nil ? file.pendingCorrection(in: tag)?.entry : nil,
            source: entered.source)
    }

    /// The text that was reviewed, out of its blob: what is entered is what was shown.
    private func reviewedText(
        _ hash: Hash, _ entered: TextForm, in file: InstrumentFile, _ fields: Fields
    ) throws -> TreatyTextEntered {
        guard let bytes = try house.record.blob(sha256: hash.bytes) else {
            throw Refusal(
                .notFound, code: "treaty.text-not-reviewed", "No text with the SHA-256 \(hash.hexadecimal) was sent for review.",
                mend: "Send the text once more.", arguments: ["sha256": hash.hexadecimal])
        }
        let text = try Self.reading { try AkomaNtoso.read(bytes) }
        var act = try act(for: text, hash: hash, entered, in: file)
        if let version = try fields.integer("version", in: 1...1_000_000) { act.version = version }
        return act
    }

    private static func hash(_ text: String?, _ field: String) throws(Refusal) -> Hash? {
        guard let text else { return nil }
        guard let hash = Hash(hexadecimal: text.lowercased()) else {
            throw Refusal(
                .malformed, code: "treaty.hash-form", "'\(text.prefix(80))' is not a SHA-256 in 64 hexadecimal digits.",
                mend: "Copy it whole, or leave it out.", arguments: ["field": field])
        }
        return hash
    }

    // MARK: Pages

    private func entryPage(_ form: TextForm, _ file: InstrumentFile, refusal: Refusal?, _ visit: Visit) throws -> Response {
        var context = treaties.titleContext(file.opened.titles, visit)
        let link = "/treaties/\(file.opened.treaty)/text"
        let authentic = file.opened.authenticLanguages ?? []
        let offered = authentic + ["en", "fr", "es", "ru", "zh", "ar", "id"].filter { !authentic.contains($0) }
        context["action"] = "\(link)/enter"
        context["textLink"] = link
        context["request"] = house.formToken(visit)
        context["languages"] = offered.map { treaties.option($0, languageName($0, visit), selected: $0 == form.language) }
        context["standings"] = ["authentic", "translation"].map {
            treaties.option($0, text("text.\($0)", visit), selected: $0 == form.standing)
        }
        context["label"] = form.label ?? ""
        context["date"] = form.date ?? ""
        context["titleField"] = form.title ?? ""
        context["source"] = form.source ?? ""
        context["expected"] = form.expected ?? ""
        context["pasted"] = form.pasted
        context["standing"] = standing(file, visit)
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = page("enter", title: text("enter.title", visit), context, file, visit)
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    private func reviewPage(
        _ reading: Reading, _ act: TreatyTextEntered, _ form: TextForm, _ file: InstrumentFile, isChanged: Bool, _ visit: Visit
    ) throws -> Response {
        if (try? visit.representation(of: [.html, .json])) == .json {
            return house.json([
                "sha256": .string(act.sha256.hexadecimal), "provisions": .integer(act.provisions), "version": .integer(act.version),
                "notes": .array(reading.notes.map { .string($0.description) }),
            ])
        }
        var context = treaties.titleContext(file.opened.titles, visit)
        var markup = TextMarkup()
        let units = TextUnit.units(of: reading.text)
        context["action"] = "/treaties/\(file.opened.treaty)/text/enter"
        context["backLink"] = "/treaties/\(file.opened.treaty)/text/enter"
        context["request"] = house.formToken(visit)
        context["hidden"] = [
            ("language", act.language), ("standing", form.standing), ("label", act.label), ("date", form.date ?? ""),
            ("source", form.source ?? ""), ("expected", form.expected ?? ""), ("sha256", act.sha256.hexadecimal),
            ("version", String(act.version)),
        ].map { ["name": $0.0, "value": $0.1] }
        context["summary"] = text(
            act.isAuthentic ? "text.version-authentic" : "text.version-translation",
            [
                "version": .number(act.version), "language": .text(languageName(act.language, visit)), "label": .text(act.label),
                "count": .number(act.provisions),
            ], visit)
        context["articles"] = text(
            "enter.articles", ["count": .number(Int64(reading.text.places.count { $0.provision.kind == .article }))], visit)
        context["sha256"] = act.sha256.hexadecimal
        context["isChanged"] = isChanged
        context["hasNotes"] = !reading.notes.isEmpty
        context["notes"] = reading.notes.prefix(200).map(\.description)
        context["noteCount"] = text("enter.doubts", ["count": .number(Int64(reading.notes.count))], visit)
        context["lang"] = act.language
        context["dir"] = reading.text.direction
        context["body"] = markup.markup(of: units)
        context["footnotes"] = markup.footnotes()
        return try house.page(visit, page("review", title: text("enter.review", visit), context, file, visit))
    }
}
