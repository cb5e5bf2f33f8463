import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Texts
import Web

/// `/conferences/{conference}/texts/{text}`: the text on the screen, in one of its guises, part by part where it is long; and the same as
/// a file, as Akoma Ntoso and as JSON.
extension TextPages {
    /// How a text may be looked at beside as it stands. Nothing is entered by it.
    enum Guise: String, CaseIterable, Sendable {
        /// All that waits, in brackets.
        case compilation
        /// The amendments that are chosen (`accept=`), as proposed.
        case chairsText = "chairs-text"
        /// Refused while brackets stand.
        case clean
        /// Without anybody's name before words in brackets.
        case unattributed
    }

    /// What is shown.
    struct Shown: Sendable {
        var version: NegotiatedVersion
        var guise: Guise?
        /// Amendments that are in it, and those that could not be put into it.
        var applied: [String] = []
        var refused: [DerivedVersion.Refused] = []
    }

    /// Texts of more bytes than this are shown part by part.
    static let longestWhole = 40_000

    func reading(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .txt, .akn])
        let conference = try visit.parameter("conference")
        return try await house.cached(request, visit, dependsOn: .dossiers([Conference.dossier(conference)])) {
            let opened = try await open(visit)
            let shown = try shown(of: opened.text, visit)
            switch representation {
            case .json: return house.json(TextResource(opened.text).json(of: shown.version))
            case .txt: return file(shown, of: opened.text)
            case .akn: return try akomaNtoso(shown, of: opened.text)
            default: return try readingPage(opened, shown, try await positions(on: opened.text, of: visit.person, visit), visit)
            }
        }
    }

    func shown(of text: OpenText, _ visit: Visit) throws -> Shown {
        guard let version = try version("version", of: text, visit) ?? text.negotiation.current else {
            throw TextCommands.unknown(text.head.text)
        }
        guard let guise = try visit.query.choice("as", of: Guise.self) else { return Shown(version: version) }
        func other(_ made: NegotiatedText) -> Shown {
            Shown(version: NegotiatedVersion(tabled: made, number: version.number), guise: guise)
        }
        switch guise {
        case .clean: return other(try version.text.clean())
        case .unattributed: return other(try version.text.withoutAttributions(knowsName: text.knowsName))
        case .compilation, .chairsText:
            let derived =
                guise == .compilation
                ? try text.negotiation.compilation()
                : try text.negotiation.chairsText(accepting: Array(visit.query.texts("accept").prefix(100)))
            return Shown(version: derived.version, guise: guise, applied: derived.applied, refused: derived.refused)
        }
    }

    // MARK: Files

    /// The text byte for byte, as it was tabled and as amendments left it.
    private func file(_ shown: Shown, of text: OpenText) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: Representation.txt.contentType,
                .contentDisposition: "attachment; filename=\"\(Self.fileName(shown, of: text)).md\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: shown.version.text.bytes)))
    }

    private func akomaNtoso(_ shown: Shown, of text: OpenText) throws -> Response {
        let number = shown.version.number
        let day =
            (text.negotiation.facts.first { $0.number == number } ?? text.negotiation.facts.last)?.moment.date ?? text.conference.opens
        guard let language = TextLanguage(text.head.language) else { throw TextCommands.language(text.head.language) }
        let bytes: [UInt8]
        do {
            bytes = shown.version.text.akomaNtoso(
                identity: try InstrumentIdentity(actor: text.conference.id, date: text.conference.opens, name: text.head.text),
                language: language, version: try TextVersion(date: day, number: number), knowsName: text.knowsName)
        } catch {
            throw TextCommands.unknown(text.head.text)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: Representation.akn.contentType,
                .contentDisposition: "attachment; filename=\"\(Self.fileName(shown, of: text)).akn\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func fileName(_ shown: Shown, of text: OpenText) -> String {
        "\(text.head.text)-\(shown.guise?.rawValue ?? "v\(shown.version.number)")"
    }

    // MARK: The page

    func marked(_ shown: Shown, of text: OpenText, _ visit: Visit) -> MarkedText {
        let make = { MarkedText(shown.version.text, stray: self.text("stray", visit), knowsName: text.knowsName) }
        guard shown.guise == nil else { return make() }
        let groups = text.conference.groups.map(\.id).joined(separator: ",")
        return shelf.text("\(address(text))/\(shown.version.number)/\(visit.language.tag)/\(groups)", making: make)
    }

    private func readingPage(
        _ opened: Opened, _ shown: Shown, _ positions: [String: Markup], _ visit: Visit
    ) throws -> Response {
        let text = opened.text
        let negotiation = text.negotiation
        let isNewest = shown.guise == nil && shown.version.number == negotiation.versionCount
        let parts = TextPart.all(of: shown.version.text)
        let part = try part(of: shown.version.text, parts, visit)
        let range = part.map { $0.range } ?? shown.version.text.blocks.indices
        let rows = TextRows(
            pages: self, text: text, version: shown.version, marked: marked(shown, of: text, visit), visit: visit, isCurrent: isNewest,
            positions: positions)
        var context: [String: Any] = [
            "standing": standingLine(text, visit), "rows": rows.markup(of: range),
            "form": self.text("form.\(text.head.form.rawValue)", visit),
            "version": self.text("version", ["number": .number(Int64(shown.version.number))], visit),
            "sponsors": names(text.head.sponsors, in: text.conference, visit), "hasSponsors": !text.head.sponsors.isEmpty,
            "outline": outline(parts, part, shown, text, visit), "hasOutline": parts.count > 1, "restricted": text.head.isRestricted,
            "guises": guises(text, shown, visit), "tabs": tabs(text, "text", visit),
            "downloads": downloads(visit), "mayAct": opened.mayAct && isNewest,
        ]
        context["positionsAddress"] = positionsAddress(on: text, of: visit.person)
        context["notice"] = notice(shown, of: text, isNewest: isNewest, visit)
        if opened.standing.chair != nil, isNewest { context["chair"] = chair(text, visit) }
        var response = try page(
            "text", pages.chosen(text.head.title, visit), context, of: text, visit, alternates: [.json, .txt, .akn])
        if visit.person != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    /// The part that is asked for, by its heading's name or that of any provision in it; `nil`: the whole.
    private func part(of text: NegotiatedText, _ parts: [TextPart], _ visit: Visit) throws -> TextPart? {
        guard let name = try visit.query.filled("part", longest: 400) else {
            return text.byteCount > Self.longestWhole && parts.count > 1 ? Self.opening(of: text, parts) : nil
        }
        guard name != "all" else { return nil }
        guard let wId = ProvisionIdentifier(name), let index = text.index(of: wId),
            let part = parts.first(where: { $0.range.contains(index) })
        else { throw TextRefusal.vanished(name, version: 0) }
        return part
    }

    /// What a long text opens with: its first parts, until there is something to read.
    private static func opening(of text: NegotiatedText, _ parts: [TextPart]) -> TextPart? {
        guard var opening = parts.first else { return nil }
        for part in parts where text.offsets[opening.range.upperBound] < leastOpening { opening.range = 0..<part.range.upperBound }
        return opening
    }

    /// Bytes that a long text opens with, at least.
    private static let leastOpening = 6_000

    /// Where the text stands, in a line.
    func standingLine(_ text: OpenText, _ visit: Visit) -> String {
        let negotiation = text.negotiation
        guard let measures = negotiation.facts.last?.measures else { return "" }
        if negotiation.isEverythingAgreed { return self.text("standing.agreed", visit) }
        var parts: [String] = []
        parts.append(self.text("standing.brackets", ["count": .number(Int64(measures.standing))], visit))
        if measures.options > 0 { parts.append(self.text("standing.options", ["count": .number(Int64(measures.options))], visit)) }
        let waiting = negotiation.amendments.count { $0.state == .pending }
        if waiting > 0 { parts.append(self.text("standing.amendments", ["count": .number(Int64(waiting))], visit)) }
        return parts.joined(separator: " ")
    }

    func tabs(_ text: OpenText, _ current: String, _ visit: Visit) -> [[String: Any]] {
        [("text", ""), ("amendments", "/amendments"), ("versions", "/versions"), ("compare", "/compare")].map { name, part in
            ["name": self.text("tab.\(name)", visit), "address": address(text) + part, "current": name == current]
        } + [
            [
                "name": pages.text("adoption.title", visit), "current": false,
                "address": "/conferences/\(text.conference.id)/adoption/\(text.head.text)",
            ]
        ]
    }

    private func outline(
        _ parts: [TextPart], _ current: TextPart?, _ shown: Shown, _ text: OpenText, _ visit: Visit
    ) -> [[String: Any]] {
        let query = kept(visit, without: "part")
        let most = max(1, parts.map(\.measures.standing).max() ?? 1)
        var rows: [[String: Any]] = parts.map { part in
            [
                "address": "\(address(text))?\(query)part=\(part.name)", "name": part.heading, "current": part.name == current?.name,
                "count": part.measures.standing == 0
                    ? false : self.text("outline.brackets", ["count": .number(Int64(part.measures.standing))], visit),
                "share": part.measures.standing * 100 / most, "has": part.measures.standing > 0,
            ]
        }
        rows.append([
            "address": "\(address(text))?\(query)part=all", "name": self.text("outline.whole", visit), "current": current == nil,
            "count": false,
            "own": true, "has": false,
        ])
        return rows
    }

    /// The query's other parameters, to go on with.
    private func kept(_ visit: Visit, without name: String) -> String {
        visit.query.pairs.filter { $0.name != name && $0.name != "lang" && $0.name != "format" }
            .map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))&" }.joined()
    }

    private func downloads(_ visit: Visit) -> [[String: Any]] {
        let query = kept(visit, without: "part")
        return [("txt", "download.file"), ("akn", "download.akn")].map { format, key in
            ["address": "?\(query)format=\(format)", "name": text(key, visit), "format": format]
        }
    }

    private func guises(_ text: OpenText, _ shown: Shown, _ visit: Visit) -> [[String: Any]] {
        var rows: [[String: Any]] = [
            ["address": address(text), "name": self.text("guise.standing", visit), "current": shown.guise == nil]
        ]
        for guise in Guise.allCases where guise != .chairsText {
            rows.append([
                "address": "\(address(text))?as=\(guise.rawValue)", "name": self.text("guise.\(guise.rawValue)", visit),
                "current": shown.guise == guise,
            ])
        }
        return rows
    }

    /// What is shown where it is not the text as it stands.
    private func notice(_ shown: Shown, of text: OpenText, isNewest: Bool, _ visit: Visit) -> [String: Any]? {
        guard !isNewest else { return nil }
        guard let guise = shown.guise else {
            return [
                "text": self.text(
                    "notice.version",
                    ["number": .number(Int64(shown.version.number)), "newest": .number(Int64(text.negotiation.versionCount))], visit)
            ]
        }
        return [
            "text": self.text("notice.\(guise.rawValue)", ["count": .number(Int64(shown.applied.count))], visit),
            "refused": shown.refused.map { refused in
                ["name": refused.amendment, "why": house.notice(of: refused.refusal, visit)["explanation"] ?? ""] as [String: Any]
            },
        ]
    }

    private func chair(_ text: OpenText, _ visit: Visit) -> [String: Any] {
        let last = Int64(text.negotiation.readings.last?.number ?? 0)
        return [
            "reading": house.formToken(visit), "next": self.text("reading.begin", ["number": .number(last + 1)], visit),
            "number": String(last + 1), "table": house.formToken(visit), "version": String(text.negotiation.versionCount + 1),
            "forms": ConferenceTextTabled.Form.allCases.map {
                [
                    "value": $0.rawValue, "name": self.text("form.\($0.rawValue)", visit), "selected": $0 == text.head.form,
                ] as [String: Any]
            },
        ]
    }
}

/// A part of a text: a heading and what follows it, up to the next one. What stands before the first heading is with the first part.
struct TextPart: Hashable, Sendable {
    /// The heading's name.
    var name: String
    var heading: String
    var range: Range<Int>
    var measures: TextMeasures

    static func all(of text: NegotiatedText) -> [TextPart] {
        let headings = text.blocks.indices.filter { text.blocks[$0].kind == .heading }
        return headings.enumerated().map { place, index in
            let start = place == 0 ? 0 : index
            let end = place + 1 < headings.count ? headings[place + 1] : text.blocks.count
            return TextPart(
                name: text.blocks[index].wId.text, heading: PlainWords.text(of: text.blocks[index].words), range: start..<end,
                measures: text.measures(of: start..<end))
        }
    }
}
