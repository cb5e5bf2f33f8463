import Acts
import Foundation
import GRDB
import Ledger
import Texts

/// A text on its way to adoption: its negotiation, and what was done towards adopting it.
struct AdoptionReading: Sendable {
    var open: OpenText
    var file: AdoptionFile

    /// - Throws: a refusal where there is no such conference or text.
    init(
        _ conference: String, _ text: String, _ texts: TextStates, in database: Database, keeping: Bool, blobs: TextStates.Blobs
    ) throws {
        open = try texts.text(conference, text, in: database, keeping: keeping, blobs: blobs)
        file = try AdoptionQueries(database: database).file(conference, text)
    }

    var conference: Conference { open.conference }
    var head: TextHead { open.head }

    /// The version that is scrubbed: the one that was handed to the scrub, or the newest.
    var version: Int64 { file.adopted?.act.version ?? file.prepared?.version ?? head.version }

    var state: ConferenceCommands.TextState {
        ConferenceCommands.TextState(
            name: head.text, version: Int64(open.negotiation.versionCount), form: head.form, title: head.title, language: head.language,
            body: head.body, documents: Set(open.negotiation.facts.compactMap(\.document)),
            moment: open.negotiation.facts.last?.moment ?? head.changed, file: file)
    }

    /// What the scrub finds in the version that is prepared. Brackets are found in the words themselves.
    func findings() throws -> [ScrubFinding] {
        let text = try open.negotiation.version(version).text
        var statuses: [(provision: String, status: ConferenceProvisionStatus)] = []
        for block in text.blocks where block.kind.isProvision {
            let status = open.negotiation.status(of: block.wId)
            if status == .reserved || status == .agreedAdReferendum { statuses.append((block.wId.text, status)) }
        }
        return LegalScrub(text, isTreaty: state.isTreaty, statuses: statuses).findings
    }

    /// Those that nobody waived.
    func standing(_ findings: [ScrubFinding]) -> [ScrubFinding] {
        let waivers = file.waivers
        return findings.filter { waivers[$0.id] == nil }
    }

    // MARK: As an instrument

    /// How Akoma Ntoso's addresses name it: the conference's symbol, the day of the version, the text's name.
    func identity(on day: CalendarDate) throws -> InstrumentIdentity {
        let actor = conference.symbol.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        return try InstrumentIdentity(actor: String(actor.prefix(80)), date: day, name: head.text)
    }

    /// The day of the version that is prepared.
    var day: CalendarDate {
        let facts = open.negotiation.facts
        return (facts.first { Int64($0.number) == version }?.moment ?? head.changed).date
    }

    /// The prepared version as an instrument in the language it was negotiated in: what every language is held against.
    ///
    /// - Throws: a refusal while brackets or notes stand in it, or where its words make no instrument.
    func instrument() throws -> InstrumentText {
        let text = try open.negotiation.version(version).text
        guard let language = TextLanguage(head.language) else { throw Self.unreadable("language") }
        guard !text.blocks.contains(where: { $0.kind == .footnote }) else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.notes", "The text has footnotes, which plain words cannot carry over.",
                mend: "Take them out in a further version, or enter the text as Akoma Ntoso with its notes.")
        }
        do {
            return try text.instrument(
                identity: try identity(on: day), language: language,
                version: try TextVersion(date: day, number: Int(clamping: version)),
                title: text.beginsWithTitle ? nil : head.title[head.language] ?? head.title["en"]
            ).text
        } catch let fault as TextFault {
            throw Self.unreadable(fault.reason)
        }
    }

    /// A text in another language, read from what was sent and named after the provisions of the reference.
    ///
    /// - Parameters:
    ///   - bytes: Akoma Ntoso, or plain text in UTF-8.
    ///   - title: of plain text; `nil` where its first line is it.
    func read(_ bytes: [UInt8], in tag: String, title: String?, reference: InstrumentText?) throws -> InstrumentText {
        guard let language = TextLanguage(tag), language.tag == tag else { throw Self.unreadable(tag) }
        do {
            let start = bytes.first { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
            var text: InstrumentText
            if start == 0x3C {
                let sent = try AkomaNtoso.read(bytes)
                guard sent.language == language else { throw Self.unreadable(sent.language.tag) }
                text = try InstrumentText(
                    identity: sent.identity, language: language, authenticity: .authentic, version: sent.version, title: sent.title,
                    provisions: sent.provisions)
            } else {
                text = try PlainText.read(
                    Self.plain(bytes), language: language, identity: try identity(on: day), authenticity: .authentic,
                    version: try TextVersion(date: day, number: Int(clamping: version)), title: title
                ).text
            }
            if let reference, reference.language != language { text = try text.adoptingIdentifiers(of: reference) }
            try Self.refuseBrackets(text)
            if let reference, reference.language == language, Self.words(text) != Self.words(reference) {
                throw Refusal(
                    .conflict, code: "conferences.adoption.other-words", "The words are not those of the negotiated text.",
                    mend: "In the language of negotiation the text is what was negotiated: change it by a further version.")
            }
            return text
        } catch let fault as TextFault {
            throw Self.unreadable(fault.description)
        }
    }

    /// Markdown as plain words; what has none of its headings is plain already.
    private static func plain(_ bytes: [UInt8]) throws -> [UInt8] {
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
        guard lines.contains(where: { $0.starts(with: Array("# ".utf8)) || $0.starts(with: Array("## ".utf8)) }) else { return bytes }
        let text = try NegotiatedText(parsing: bytes)
        guard text.measures.standing == 0 else { return bytes }
        return Array(text.plainLines.utf8)
    }

    private static func refuseBrackets(_ text: InstrumentText) throws {
        for place in text.places {
            let words = place.provision.content + place.provision.closing
            let lines = words.flatMap { $0.lines.map(\.plain) } + [place.provision.heading?.plain ?? ""]
            guard let line = lines.first(where: { $0.contains("[") || $0.contains("［") || $0.contains("【") }) else { continue }
            throw Refusal(
                .unlawful, code: "conferences.adoption.brackets", "Words in brackets stand in \(place.eId): \(line.prefix(80))",
                mend: "A text that is adopted has none: settle them first.", citation: "VCLT art. 9",
                arguments: ["place": place.eId, "words": String(line.prefix(80))])
        }
    }

    private static func words(_ text: InstrumentText) -> String {
        text.provisions.map(\.plain).joined().filter { !$0.isWhitespace }
    }

    static func unreadable(_ reason: String) -> Refusal {
        Refusal(
            .malformed, code: "conferences.adoption.unreadable", "The text cannot be read as an instrument: \(reason)",
            mend: "Send plain text in UTF-8, one paragraph to a line, or Akoma Ntoso.", citation: "docs/texts.md",
            arguments: ["reason": reason])
    }

    /// Where a language's structure is not that of the negotiated text.
    func differences(_ text: InstrumentText, from reference: InstrumentText) -> [ConcordanceFinding] {
        guard text.language != reference.language else { return [] }
        return (try? Concordance([reference, text]))?.findings ?? []
    }
}
