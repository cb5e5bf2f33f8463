import Acts
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// What the pages of adoption show.
extension AdoptionPages {
    /// Most findings, and most rows side by side, that a page shows.
    static let mostRows = 400

    // MARK: The list

    func list(_ visit: Visit) async throws -> Response {
        let conference = try await pages.conference(visit)
        let (heads, files, treaties) = try await house.record.read { database in
            let queries = AdoptionQueries(database: database)
            let heads = try TextQueries(database: database).heads(conference.id)
            let files = try heads.map { try queries.file(conference.id, $0.text) }
            return (heads, files, try files.map { try $0.adopted.map { try queries.treaties(from: $0.entry) } ?? [] })
        }
        let rows = zip(zip(heads, files), treaties).map { ($0.0, $0.1, $1) }.filter { !$0.0.isRestricted || $0.1.adopted != nil }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "texts": .array(
                    rows.map { head, file, treaties in
                        var object: JSONObject = [
                            "text": .string(head.text), "title": JSON(texts: head.title), "version": .integer(head.version),
                            "prepared": .bool(file.prepared != nil), "treaties": .array(treaties.map(JSON.string)),
                        ]
                        object["adopted"] = file.adopted.map { .integer($0.entry) }
                        return .object(object)
                    })
            ])
        }
        return try pages.page(
            "adoption/list", words("title", visit),
            [
                "standing": words("list.standing", ["count": .number(Int64(rows.count))], visit), "hasRows": !rows.isEmpty,
                "rows": rows.map { head, file, _ -> [String: Any] in
                    [
                        "address": "/conferences/\(conference.id)/adoption/\(head.text)", "title": visit.language.part(head.title),
                        "state": phase(file, visit), "chip": file.adopted != nil ? "agreed" : file.prepared != nil ? "awaiting" : "",
                    ]
                },
            ], of: conference, visit)
    }

    private func phase(_ file: AdoptionFile, _ visit: Visit) -> String {
        if let adopted = file.adopted { return words("phase.adopted", ["date": .date(adopted.act.date)], visit) }
        guard let prepared = file.prepared else { return words("phase.none", visit) }
        return words(
            "phase.prepared",
            [
                "ready": .number(Int64(file.confirmedTexts.count)), "count": .number(Int64(prepared.languages.count)),
            ], visit)
    }

    // MARK: A text

    func page(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (reading, part) = try await reading(visit)
        let findings = reading.file.adopted == nil ? try reading.findings() : []
        let bodyID = reading.open.body?.id
        let (decisions, treaties) = try await house.record.read { database in
            let queries = AdoptionQueries(database: database)
            return (
                try bodyID.map { try queries.decisions(reading.conference.id, $0) } ?? [],
                try reading.file.adopted.map { try queries.treaties(from: $0.entry) } ?? []
            )
        }
        let fitting = decisions.filter { $0.isAdoption && $0.concerns(reading.state, version: reading.version) }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(resource(reading, findings, fitting, treaties))
        }
        var context: [String: Any] = [
            "self": address(reading), "title": visit.language.part(reading.head.title), "state": phase(reading.file, visit),
            "version": words("version", ["version": .number(reading.version)], visit),
            "textLink": "/conferences/\(reading.conference.id)/texts/\(reading.head.text)",
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false, "isPrepared": reading.file.prepared != nil,
            "isOfficer": part.officer != nil && reading.file.adopted == nil,
            "isDelegate": part.delegate != nil && reading.file.adopted == nil && reading.file.prepared != nil,
            "proposal": reading.state.proposal(version: reading.version),
            "languagesValue": (reading.file.prepared?.languages ?? reading.conference.languages).joined(separator: " "),
            "isBehind": reading.file.prepared.map { $0.version != reading.state.version && reading.file.adopted == nil } ?? false,
        ]
        var tokens: [String: String] = [:]
        for name in ["prepare", "derive", "language", "propose", "adopt"] { tokens[name] = house.formToken(visit) }
        context["requests"] = tokens
        if reading.file.adopted == nil { scrub(reading, findings, part, &context, visit) }
        languages(reading, &context, visit)
        if reading.file.adopted == nil { adopting(reading, findings, fitting, part, &context, visit) }
        if let adopted = reading.file.adopted { context["adopted"] = self.adopted(adopted, treaties, visit) }
        context["following"] = following(reading, part, visit)
        return try pages.page(
            "adoption/text", words("title.of", ["title": .text(pages.chosen(reading.head.title, visit))], visit), context,
            of: reading.conference, visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok, address: address(reading))
    }

    private func scrub(
        _ reading: AdoptionReading, _ findings: [ScrubFinding], _ part: Part, _ context: inout [String: Any], _ visit: Visit
    ) {
        let waivers = reading.file.waivers
        let standing = reading.standing(findings)
        context["scrub"] = words(
            standing.isEmpty ? "scrub.clean" : "scrub.standing", ["count": .number(Int64(standing.count))], visit)
        context["isClean"] = standing.isEmpty
        context["hasFindings"] = !findings.isEmpty
        context["findings"] = findings.prefix(Self.mostRows).enumerated().map { index, finding -> [String: Any] in
            let waiver = waivers[finding.id]
            var row: [String: Any] = [
                "number": index, "id": finding.id, "kind": finding.kind.rawValue, "place": TextPages.filled(finding.provision),
                "text": words("finding.\(finding.kind.rawValue)", ["detail": .text(finding.detail)], visit),
                "citation": TextPages.filled(finding.kind.citation ?? ""), "waived": TextPages.filled(waiver?.reason ?? ""),
                "isWaived": waiver != nil,
                "mayWaive": part.officer != nil && waiver == nil && reading.file.prepared != nil && reading.file.adopted == nil
                    && finding.kind != .bracket && finding.kind != .option,
            ]
            if row["mayWaive"] as? Bool == true { row["request"] = house.formToken(visit) }
            return row
        }
    }

    private func languages(_ reading: AdoptionReading, _ context: inout [String: Any], _ visit: Visit) {
        let tags = reading.file.adopted?.act.languages ?? reading.file.prepared?.languages ?? []
        context["hasLanguages"] = !tags.isEmpty
        context["languages"] = tags.map { tag -> [String: Any] in
            let version = reading.file.versions[tag]
            let state =
                reading.file.outstanding.contains(tag)
                ? "later" : version == nil ? "absent" : version?.isConfirmed == true ? "ready" : "read"
            return [
                "tag": tag, "name": Self.languageName(tag, in: visit.language), "address": "\(address(reading))/languages/\(tag)",
                "hasText": version != nil, "sha256": version?.act.sha256.hexadecimal ?? "", "state": words("language.\(state)", visit),
                "chip": state == "ready" ? "agreed" : "awaiting",
                "confirmed": words(
                    "language.confirmations", ["count": .number(Int64(version?.confirmations.count ?? 0))], visit),
                "provisions": version.map { words("language.provisions", ["count": .number($0.act.provisions)], visit) } ?? "",
                "isNegotiated": tag == reading.head.language,
            ]
        }
        context["missing"] = tags.filter { reading.file.versions[$0] == nil }.map {
            ["value": $0, "name": Self.languageName($0, in: visit.language)]
        }
        context["others"] = tags.map { ["value": $0, "name": Self.languageName($0, in: visit.language)] }
        context["mayDerive"] = part(reading, visit) && tags.contains(reading.head.language)
        context["negotiatedIn"] = Self.languageName(reading.head.language, in: visit.language)
    }

    private func part(_ reading: AdoptionReading, _ visit: Visit) -> Bool {
        visit.person?.holds(.conferenceOfficer) == true && reading.file.adopted == nil
            && reading.file.versions[reading.head.language] == nil
    }

    static func languageName(_ tag: String, in language: Language) -> String {
        LanguageNames.name(of: tag, in: language.tag)
    }

    private func adopting(
        _ reading: AdoptionReading, _ findings: [ScrubFinding], _ fitting: [ConferenceCommands.AdoptingDecision], _ part: Part,
        _ context: inout [String: Any], _ visit: Visit
    ) {
        let confirmed = reading.file.confirmedTexts
        let standing = reading.standing(findings).count
        let steps: [(String, Bool)] = [
            ("scrub", standing == 0), ("languages", !confirmed.isEmpty && reading.file.missing.isEmpty), ("decision", !fitting.isEmpty),
        ]
        context["steps"] = steps.map { name, done -> [String: Any] in
            ["text": words("step.\(name)", visit), "isDone": done, "state": words(done ? "step.done" : "step.open", visit)]
        }
        context["mayAdopt"] =
            part.chair != nil && reading.file.prepared != nil && standing == 0 && !confirmed.isEmpty && !fitting.isEmpty
        context["textSet"] = ConferenceCommands.setHash(of: confirmed)?.hexadecimal ?? ""
        context["place"] = reading.conference.place
        context["laters"] = reading.file.missing.map { ["value": $0, "name": Self.languageName($0, in: visit.language)] }
        context["hasLaters"] = !reading.file.missing.isEmpty
        context["decisions"] = fitting.map { decision -> [String: Any] in
            [
                "value": decision.opened.decision,
                "name": words(
                    decision.votes == nil ? "decision.consensus" : "decision.vote",
                    [
                        "decision": .text(decision.opened.decision), "entry": .number(decision.entry),
                        "yes": .number(decision.closed.yes), "no": .number(decision.closed.no),
                        "abstaining": .number(decision.closed.abstaining), "date": .date(decision.moment.date),
                    ], visit),
            ]
        }
        let votes = fitting.first?.votes
        let usual: TreatyAdopted.Rule =
            fitting.isEmpty || votes == nil
            ? .ownRule : (votes?.against ?? 0) == 0 ? .consentOfAll : .twoThirds
        context["rules"] = TreatyAdopted.Rule.allCases.map { rule -> [String: Any] in
            ["value": rule.rawValue, "name": words("rule.\(rule.rawValue)", visit), "isSelected": rule == usual]
        }
        context["ownRule"] = (fitting.first.map { [$0.opened.rule] + $0.closed.rules } ?? []).filter { !$0.isEmpty }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "; ")
    }

    private func adopted(_ adopted: AdoptionFile.Adopted, _ treaties: [String], _ visit: Visit) -> [String: Any] {
        let act = adopted.act
        var how = words("rule.\(act.rule.rawValue)", visit)
        if let own = act.ownRule { how += " (\(own))" }
        return [
            "sentence": words(
                "adopted.sentence",
                ["date": .date(act.date), "place": .text(act.place), "body": .text(act.bodyName), "meeting": .number(act.meeting)], visit),
            "rule": how,
            "votes": act.votes.map {
                words(
                    "adopted.votes",
                    ["yes": .number($0.inFavour), "no": .number($0.against), "abstaining": .number($0.abstaining)], visit)
            } ?? words("adopted.no-vote", visit),
            "textSet": act.textSet.hexadecimal, "note": TextPages.filled(act.note ?? ""),
            "texts": act.texts.keys.sorted().map { tag -> [String: Any] in
                [
                    "tag": tag, "name": Self.languageName(tag, in: visit.language), "sha256": act.texts[tag]?.hexadecimal ?? "",
                    "address": "/conferences/\(act.conference)/adoption/\(act.text)/languages/\(tag)/text.akn.xml",
                ]
            },
            "later": act.later.isEmpty
                ? ""
                : words(
                    "adopted.later",
                    ["languages": .text(act.later.map { Self.languageName($0, in: visit.language) }.joined(separator: ", "))], visit),
            "hasLater": !act.later.isEmpty, "record": "/record/acts/\(adopted.entry)", "decision": "/record/acts/\(act.decisionEntry)",
            "room": "/conferences/\(act.conference)/rooms/\(act.body)",
            "treaties": treaties.map { ["number": $0, "address": "/treaties/\($0)"] }, "hasTreaties": !treaties.isEmpty,
            "mayOpen": treaties.isEmpty && (visit.person?.holds(.depositaryOfficer) ?? false),
            "open": "/treaties/open?adopted=\(adopted.entry)",
        ]
    }

    // MARK: Data

    private func resource(
        _ reading: AdoptionReading, _ findings: [ScrubFinding], _ fitting: [ConferenceCommands.AdoptingDecision], _ treaties: [String]
    ) -> JSON {
        let waivers = reading.file.waivers
        var object: JSONObject = [
            "conference": .string(reading.conference.id), "text": .string(reading.head.text), "title": JSON(texts: reading.head.title),
            "version": .integer(reading.version), "newest": .integer(reading.state.version), "language": .string(reading.head.language),
            "prepared": .bool(reading.file.prepared != nil),
            "proposal": .string(reading.state.proposal(version: reading.version)),
        ]
        object["findings"] = .array(
            findings.map { finding in
                var object: JSONObject = [
                    "finding": .string(finding.id), "kind": .string(finding.kind.rawValue), "provision": .string(finding.provision),
                    "detail": .string(finding.detail),
                ]
                object["citation"] = finding.kind.citation.map(JSON.string)
                object["waived"] = waivers[finding.id].map { ["reason": .string($0.reason), "entry": .integer($0.entry)] }
                return .object(object)
            })
        object["languages"] = .array(
            (reading.file.prepared?.languages ?? []).map { tag in
                var object: JSONObject = [
                    "language": .string(tag), "ready": .bool(reading.file.versions[tag]?.isConfirmed ?? false),
                ]
                if let version = reading.file.versions[tag] {
                    object["sha256"] = .string(version.act.sha256.hexadecimal)
                    object["entry"] = .integer(version.entry)
                    object["provisions"] = .integer(version.act.provisions)
                    object["confirmations"] = .array(
                        version.confirmations.map { ["entry": .integer($0.entry), "capacity": .string($0.act.capacity.rawValue)] })
                }
                return .object(object)
            })
        object["textSet"] = ConferenceCommands.setHash(of: reading.file.confirmedTexts).map { .string($0.hexadecimal) }
        object["decisions"] = .array(fitting.map { ["decision": .string($0.opened.decision), "entry": .integer($0.entry)] })
        if let adopted = reading.file.adopted, case .object(var act) = adopted.act.json {
            act["entry"] = .integer(adopted.entry)
            act["treaties"] = .array(treaties.map(JSON.string))
            act["outstanding"] = .array(reading.file.outstanding.map(JSON.string))
            act["followed"] = Self.followed(reading.file)
            object["adopted"] = .object(act)
        }
        return .object(object)
    }
}
