import Acts
import Hummingbird
import Record
import Texts
import Web

/// `/treaties/{treaty}/text/compare` and `/history`: two versions word by word, and one provision through all versions.
extension TextPages {
    /// What happened to one provision between two versions.
    struct ProvisionChange {
        enum Kind: String {
            case added, removed, changed
        }

        var kind: Kind
        var place: Place
        /// In which text the place stands.
        var content: InstrumentText
        var difference: WordDifference
    }

    /// What a provision says itself, without what it holds.
    private static func words(of provision: Provision) -> String {
        let head = [provision.number, provision.heading?.plain].compactMap(\.self).joined(separator: " ")
        let lines = (provision.content + provision.closing).flatMap { $0.lines.map(\.plain) }
        return ([head] + lines).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func changes(from old: InstrumentText, to new: InstrumentText) -> [ProvisionChange] {
        var earlier: [ProvisionIdentifier: Place] = [:]
        for place in old.places { earlier[place.provision.wId] = place }
        let kept = Set(new.places.map(\.provision.wId))
        func whole(_ kind: ProvisionChange.Kind, _ place: Place, in content: InstrumentText) -> ProvisionChange {
            let own = Self.words(of: place.provision)
            return ProvisionChange(
                kind: kind, place: place, content: content,
                difference: WordDifference(
                    from: kind == .removed ? own : "", to: kind == .removed ? "" : own, language: content.language.primary))
        }
        // What is gone stands where it stood: after the provision before it that is still there.
        var gone: [ProvisionIdentifier?: [ProvisionChange]] = [:]
        var last: ProvisionIdentifier?
        for place in old.places {
            if kept.contains(place.provision.wId) {
                last = place.provision.wId
            } else {
                gone[last, default: []].append(whole(.removed, place, in: old))
            }
        }
        var changes = gone[nil] ?? []
        for place in new.places {
            if let before = earlier[place.provision.wId] {
                let difference = WordDifference(
                    from: words(of: before.provision), to: words(of: place.provision), language: new.language.primary)
                if !difference.isEmpty {
                    changes.append(ProvisionChange(kind: .changed, place: place, content: new, difference: difference))
                }
            } else {
                changes.append(whole(.added, place, in: new))
            }
            changes += gone[place.provision.wId] ?? []
        }
        return changes
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
            let changes = Self.changes(from: try content(of: from.text), to: try content(of: to.text))
            if representation == .json {
                return house.json([
                    "treaty": .string(number), "language": .string(language), "from": .integer(from.text.version),
                    "to": .integer(to.text.version),
                    "changes": .array(
                        changes.map {
                            [
                                "kind": .string($0.kind.rawValue), "wId": .string($0.place.provision.wId.text),
                                "eId": .string($0.place.eId), "pieces": $0.difference.json,
                            ]
                        }),
                ])
            }
            return try comparisonPage(changes, language: language, from, to, file, visit)
        }
    }

    private func comparisonPage(
        _ changes: [ProvisionChange], language: String, _ from: InstrumentFile.Version, _ to: InstrumentFile.Version,
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
            [
                "kind": text("compare.\(change.kind.rawValue)", visit), "name": Self.name(of: change.place, in: change.content),
                "anchor": change.place.eId, "words": change.difference.markup, "wId": change.place.provision.wId.text,
                "isAdded": change.kind == .added, "isRemoved": change.kind == .removed,
                "history":
                    "/treaties/\(file.opened.treaty)/text/history?language=\(language)&provision=\(PercentCoding.encode(change.place.provision.wId.text))",
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
            var steps: [(version: InstrumentFile.Version, place: Place?, difference: WordDifference?)] = []
            for (version, content) in versions {
                let place = content.place(wId: provision)
                let words = place.map { Self.words(of: $0.provision) }
                steps.append((version, place, words.map { WordDifference(from: before ?? $0, to: $0, language: content.language.primary) }))
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
                    : isFirst ? "history.first" : step.difference?.isEmpty == true ? "history.unchanged" : "compare.changed"
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
