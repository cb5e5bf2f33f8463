import Acts
import Foundation
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// The pages of an instrument's texts: reading, two languages side by side, concordance, comparison of versions, and what an
/// officer enters: texts, adoption, authentication. Each of them is in a file of its own; this one holds what they share.
struct TextPages: Sendable {
    let desk: TreatyDesk
    let house: House

    var treaties: TreatyPages { TreatyPages(desk: desk, house: house) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/{treaty}/text") { request, visit in try await read(request, visit) }
        router.get("/treaties/{treaty}/text/concordance") { request, visit in try await concordance(request, visit) }
        router.get("/treaties/{treaty}/text/compare") { request, visit in try await compare(request, visit) }
        router.get("/treaties/{treaty}/text/history") { request, visit in try await history(request, visit) }
        router.get("/treaties/{treaty}/text/enter") { request, visit in try await entryForm(request, visit) }
        router.post("/treaties/{treaty}/text/enter") { request, visit in try await enter(request, visit) }
        router.get("/treaties/{treaty}/text/adopted") { request, visit in try await followedLanguages(request, visit) }
        router.post("/treaties/{treaty}/text/adopted") { request, visit in try await takeFollowed(request, visit) }
        router.get("/treaties/{treaty}/text/{file}") { request, visit in try await file(request, visit) }
        router.get("/treaties/{treaty}/adopt") { request, visit in try await adoptionForm(request, visit) }
        router.post("/treaties/{treaty}/adopt") { request, visit in try await adopt(request, visit) }
        router.get("/treaties/{treaty}/authenticate") { request, visit in try await authenticationForm(request, visit) }
        router.post("/treaties/{treaty}/authenticate") { request, visit in try await authenticate(request, visit) }
    }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.instrument.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: What the register has

    func instrument(_ number: String) async throws -> InstrumentFile {
        let found = try await house.record.read { try TreatyQueries(database: $0).instrument(number) }
        guard let found else { throw treaties.unknownTreaty(number) }
        return found
    }

    /// The version's text, out of its blob.
    func content(of version: TreatyTextEntered) throws -> InstrumentText {
        if let known = desk.texts.text(version.sha256) { return known }
        let bytes = try bytes(of: version)
        let text = try Self.reading { try AkomaNtoso.read(bytes) }
        desk.texts.keep(text, version.sha256)
        return text
    }

    func bytes(of version: TreatyTextEntered) throws -> [UInt8] {
        guard let bytes = try house.record.blob(sha256: version.sha256.bytes) else {
            throw Refusal(
                .notFound, code: "treaty.text-not-here", "The text is not on this node's disk, though its act is in the record.",
                mend: "The operator can bring the blobs back from a backup.", arguments: ["sha256": version.sha256.hexadecimal])
        }
        return bytes
    }

    /// What a text library refuses, as the desk's refusal.
    static func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let fault as TextFault {
            throw refusal(of: fault)
        }
    }

    static func refusal(of fault: TextFault) -> Refusal {
        let kind: Refusal.Kind = fault.kind == .tooLarge ? .tooLarge : .malformed
        return Refusal(
            kind, code: "treaty.text.\(fault.kind.rawValue)", "The text cannot be taken: \(fault.description)", mend: fault.mend,
            citation: "docs/texts.md", arguments: ["reason": fault.description])
    }

    /// A language's tag from the query, which must be one that has a text.
    func language(_ field: String, of file: InstrumentFile, _ visit: Visit) throws -> String? {
        guard let tag = try visit.query.filled(field) else { return nil }
        guard file.languages.contains(tag) else {
            throw Refusal(
                .notFound, code: "treaty.no-text-in-language", "There is no text in '\(tag.prefix(40))'.",
                mend: "Choose one of the languages the instrument has a text in.", arguments: ["language": String(tag.prefix(40))])
        }
        return tag
    }

    /// The version asked for, or the newest.
    func version(_ field: String, in language: String, of file: InstrumentFile, _ visit: Visit) throws -> InstrumentFile.Version {
        if let number = try visit.query.integer(field, in: 1...1_000_000) {
            guard let version = file.version(number, in: language) else {
                throw Refusal(
                    .notFound, code: "treaty.no-such-version", "There is no version \(number) of the text in '\(language)'.",
                    mend: "Choose one of the list.", arguments: ["version": String(number), "language": language])
            }
            return version
        }
        guard let version = file.current(in: language) else { throw noText(file.opened.treaty) }
        return version
    }

    func noText(_ number: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.no-text", "No text of \(number) is entered in this register.",
            mend: "The depositary can enter it.", arguments: ["treaty": number])
    }

    // MARK: Words

    func languageName(_ tag: String, _ visit: Visit) -> String {
        visit.language.locale.localizedString(forIdentifier: tag) ?? tag
    }

    func languageNames(_ tags: [String], _ visit: Visit) -> String {
        treaties.words(visit).list(tags.map { languageName($0, visit) })
    }

    /// Where the text stands: authentic, adopted or a draft.
    func standing(_ file: InstrumentFile, _ visit: Visit) -> String {
        if let authenticated = file.authenticated?.act {
            return text(
                "standing.authentic",
                [
                    "date": .date(authenticated.date), "languages": .text(languageNames(authenticated.texts.keys.sorted(), visit)),
                ], visit)
        }
        if let adopted = file.adopted?.act {
            return text("standing.adopted", ["date": .date(adopted.date), "place": .text(adopted.place)], visit)
        }
        if let date = file.opened.adoptedOn { return text("standing.adopted-before", ["date": .date(date)], visit) }
        return text(file.versions.isEmpty ? "standing.nothing" : "standing.draft", visit)
    }

    /// The way back up to a page about the text.
    func trail(_ file: InstrumentFile, _ visit: Visit, text isInner: Bool = true) -> [Breadcrumb] {
        let link = "/treaties/\(file.opened.treaty)"
        let outer = [
            Breadcrumb(treaties.text("register.title", visit), "/treaties"), Breadcrumb(file.opened.short ?? file.opened.treaty, link),
        ]
        return isInner ? outer + [Breadcrumb(text("text.title", visit), "\(link)/text")] : outer
    }

    func page(_ template: String, title: String, _ context: [String: Any], _ file: InstrumentFile, _ visit: Visit, inner: Bool = true)
        -> Page
    {
        Page(
            template: "treaties/instrument/\(template)", title: title, context: context, trail: trail(file, visit, text: inner),
            section: "/treaties", dossier: TreatyCommands.dossier(of: file.opened.treaty))
    }

    /// A person gets the form back with the reason above it; a program gets the problem.
    func isShownInForm(_ refusal: Refusal, _ visit: Visit) -> Bool {
        (try? visit.representation(of: [.html, .json])) == .html
            && (refusal.code.hasPrefix("treaty.") || refusal.code.hasPrefix("request.missing") || refusal.code == "request.date"
                || refusal.code == "request.number" || refusal.code == "request.too-long")
    }
}
