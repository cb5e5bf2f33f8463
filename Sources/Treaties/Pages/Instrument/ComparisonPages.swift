import Acts
import Hummingbird
import Record
import Texts
import Web

/// `/treaties/{treaty}/text/compare` and `/history`: two versions word by word, and one provision through all versions.
extension TextPages {
    /// What a provision says itself, without what it holds.
    private static func words(of provision: Provision) -> String {
        let head = [provision.number, provision.heading?.plain].compactMap(\.self).joined(separator: " ")
        let lines = (provision.content + provision.closing).flatMap { $0.lines.map(\.plain) }
        return ([head] + lines).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    // MARK: Comparison

    func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let file = try await instrument(number)
            guard let first = file.languages.first else { throw noText(number) }
            let language = try language("language", of: file, visit) ?? first
            let to = try version("to", in: language, of: file, visit)
            let from =
                try visit.query.filled("from") == nil
                ? file.version(max(1, to.text.version - 1), in: language) ?? to : version("from", in: language, of: file, visit)
            let (before, after) = (try content(of: from.text), try content(of: to.text))
            let changes = try TextComparison(before, after).entries.filter { $0.change != .unchanged }
            if representation == .json {
                return house.json([
                    "treaty": .string(number), "language": .string(language), "from": .integer(from.text.version),
                    "to": .integer(to.text.version),
                    "changes": .array(changes.map(\.json)),
                ])
            }
            return try comparisonPage(changes, before, after, language: language, from, to, file, visit)
        }
    }

    private func comparisonPage(
        _ changes: [TextComparison.Entry], _ before: InstrumentText, _ after: InstrumentText, language: String,
        _ from: InstrumentFile.Version, _ to: InstrumentFile.Version,
        _ file: InstrumentFile, _ visit: Visit
    ) throws -> Response {
        var context = treaties.titleContext(file.opened.titles, visit)
        context["summary"] =
            changes.isEmpty
            ? text("compare.same", visit)
            : text(
                "compare.summary",
                [
                    "count": .number(Int64(changes.count)), "from": .number(from.text.version), "to": .number(to.text.version),
                    "language": .text(languageName(language, visit)),
                ], visit)
        context["hasChanges"] = !changes.isEmpty
        context["selfLink"] = "/treaties/\(file.opened.treaty)/text/compare"
        context["languages"] = file.languages.map { treaties.option($0, languageName($0, visit), selected: $0 == language) }
        func versions(_ chosen: InstrumentFile.Version) -> [[String: Any]] {
            file.versions(in: language).map {
                treaties.option(
                    String($0.text.version), "\(visit.language.text($0.text.version)): \($0.text.label)", selected: $0.entry == chosen.entry
                )
            }
        }
        context["froms"] = versions(from)
        context["tos"] = versions(to)
        context["lang"] = language
        context["dir"] = TextLanguage(language)?.direction.rawValue ?? "auto"
        context["changes"] = changes.prefix(2_000).map { change -> [String: Any] in
            let name = change.new.map { Self.name(of: $0, in: after) } ?? change.old.map { Self.name(of: $0, in: before) } ?? ""
            let kind =
                change.change == .moved
                ? text("compare.moved-from", ["place": .text(change.old.map { Self.name(of: $0, in: before) } ?? "")], visit)
                : text("compare.\(change.change.rawValue)", visit)
            let wId = change.wId?.text ?? ""
            return [
                "kind": kind, "name": name, "anchor": (change.new ?? change.old)?.eId ?? "", "words": change.markup, "wId": wId,
                "change": change.change.rawValue, "isAdded": change.change == .added, "isRemoved": change.change == .removed,
                "history": "/treaties/\(file.opened.treaty)/text/history?language=\(language)&provision=\(PercentCoding.encode(wId))",
            ]
        }
        var page = page("compare", title: text("compare.title", visit), context, file, visit)
        page.alternates = [.json]
        return try house.page(visit, page)
    }

    // MARK: History

    func history(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let file = try await instrument(number)
            guard let first = file.languages.first, let newest = file.versions.last else { throw noText(number) }
            let language = try language("language", of: file, visit) ?? first
            let versions = try file.versions(in: language).suffix(100).map { (version: $0, content: try content(of: $0.text)) }
            let current = try versions.last?.content ?? content(of: newest.text)
            let provision = try provision(in: versions.map(\.content), visit)
            var before: String?
            var steps: [(version: InstrumentFile.Version, place: Place?, difference: LineComparison?)] = []
            for (version, content) in versions {
                let place = content.place(wId: provision)
                let words = place.map { Self.words(of: $0.provision) }
                steps.append((version, place, words.map { LineComparison(before ?? $0, $0) }))
                before = words ?? before
            }
            let times = try await known(of: versions.map(\.version.entry))
            if representation == .json {
                return house.json([
                    "treaty": .string(number), "language": .string(language), "provision": .string(provision.text),
                    "versions": .array(
                        steps.map { step in
                            [
                                "version": .integer(step.version.text.version), "label": .string(step.version.text.label),
                                "entry": .integer(step.version.entry), "present": .bool(step.place != nil),
                                "pieces": step.difference?.json ?? .array([]),
                            ]
                        }),
                ])
            }
            var context = treaties.titleContext(file.opened.titles, visit)
            context["selfLink"] = "/treaties/\(number)/text/history"
            context["languages"] = file.languages.map { treaties.option($0, languageName($0, visit), selected: $0 == language) }
            context["provisions"] = current.places.prefix(3_000).map {
                treaties.option($0.provision.wId.text, Self.name(of: $0, in: current), selected: $0.provision.wId == provision)
            }
            context["lang"] = language
            context["dir"] = current.direction
            var isFirst = true
            context["steps"] = steps.map { step -> [String: Any] in
                defer { if step.place != nil { isFirst = false } }
                let state =
                    step.place == nil
                    ? "history.absent"
                    : isFirst ? "history.first" : step.difference?.isUnchanged == true ? "history.unchanged" : "compare.changed"
                return [
                    "head": text(
                        "history.version",
                        [
                            "version": .number(step.version.text.version), "label": .text(step.version.text.label),
                            "date": .date(times[step.version.entry] ?? house.now().date),
                        ], visit),
                    "link": "/record/acts/\(step.version.entry)", "state": text(state, visit),
                    "words": step.difference?.markup ?? Markup(), "isPresent": step.place != nil,
                ]
            }
            var page = page("history", title: text("history.title", visit), context, file, visit)
            page.alternates = [.json]
            return try house.page(visit, page)
        }
    }

    /// The provision asked for, or the first article of the newest version.
    private func provision(in contents: [InstrumentText], _ visit: Visit) throws -> ProvisionIdentifier {
        guard let wanted = try visit.query.filled("provision", longest: TextLimits.identifierBytes) else {
            let places = contents.last?.places ?? []
            guard let place = places.first(where: { $0.provision.kind == .article }) ?? places.first else {
                throw noText(try treaties.number(visit))
            }
            return place.provision.wId
        }
        for content in contents.reversed() {
            if let place = content.place(anchor: wanted) { return place.provision.wId }
        }
        throw Refusal(
            .notFound, code: "treaty.no-such-provision", "The text has no provision '\(wanted.prefix(80))'.",
            mend: "Choose one of the list.",
            arguments: ["language": contents.last?.language.tag ?? "", "provision": String(wanted.prefix(80))])
    }

    /// When entries were received.
    private func known(of entries: [Int64]) async throws -> [Int64: CalendarDate] {
        var days: [Int64: CalendarDate] = [:]
        for index in entries { days[index] = try house.record.entry(at: index)?.header.received.date }
        return days
    }
}
