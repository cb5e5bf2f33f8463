import Acts
import Hummingbird
import Texts
import Web

/// `…/texts/{text}/provisions/{provision}`: one provision with where its words come from, what waits there, everything that happened to
/// it, and the forms to change it.
extension TextPages {
    func provision(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let (conference, name) = (try visit.parameter("conference"), try visit.parameter("provision"))
        return try await house.cached(request, visit, dependsOn: .dossiers([Conference.dossier(conference)])) {
            let opened = try await open(visit)
            let text = opened.text
            guard let wId = ProvisionIdentifier(name),
                text.negotiation.current?.text[wId] != nil || !text.negotiation.history(of: wId).isEmpty
            else { throw TextRefusal.vanished(String(name.prefix(80)), version: text.negotiation.versionCount) }
            if representation == .json { return house.json(TextResource(text).history(of: wId)) }
            return try provisionPage(wId, opened, try await positions(on: text, of: visit.person, visit)[wId.text], visit)
        }
    }

    private func provisionPage(
        _ wId: ProvisionIdentifier, _ opened: Opened, _ position: Markup?, _ visit: Visit
    ) throws -> Response {
        let text = opened.text
        let negotiation = text.negotiation
        guard let version = negotiation.current else { throw TextCommands.unknown(text.head.text) }
        let block = version.text[wId]
        let place = version.text.index(of: wId)
        let pending = negotiation.amendments.filter { $0.state == .pending && $0.amends == nil && $0.change.target == wId.text }
        let done = negotiation.amendments.filter { $0.state != .pending && $0.amends == nil && $0.change.target == wId.text }
        var context: [String: Any] = [
            "name": wId.text, "heading": heading(block, wId, visit), "tabs": tabs(text, "", visit),
            "status": chip(negotiation.status(of: wId), visit), "hasWords": block != nil,
            "objectors": negotiation.objectors(to: wId).isEmpty
                ? false
                : self.text("objectors", ["names": .text(names(negotiation.objectors(to: wId), in: text.conference, visit))], visit),
            "inText": "\(address(text))?part=\(PercentCoding.encode(wId.text))#\(wId.text)",
            "pending": pending.map { row($0, opened, back: wId.text, visit) }, "hasPending": !pending.isEmpty,
            "done": done.map { row($0, opened, back: wId.text, visit) }, "hasDone": !done.isEmpty,
            "history": negotiation.history(of: wId).reversed().map { event($0, in: text, visit) },
            "origins": version.origins(of: wId).map { origin($0.words, $0.origin, in: text, visit) },
        ]
        context["position"] = position
        context["positionsAddress"] = positionsAddress(on: text, of: visit.person).map {
            "\($0)?provision=\(PercentCoding.encode(wId.text))#\(wId.text)"
        }
        if let place {
            let marked = marked(Shown(version: version), of: text, visit)
            context["words"] = marked.words[place]
            context["inside"] = marked.depths[place] > 0
            if block?.kind.isProvision == true, opened.mayAct { context["forms"] = forms(wId, place, version, opened, visit) }
        }
        var response = try page("provision", heading(block, wId, visit), context, of: text, visit)
        if visit.person != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    /// "Paragraph 3 (art_3__para_3)".
    private func heading(_ block: NegotiatedBlock?, _ wId: ProvisionIdentifier, _ visit: Visit) -> String {
        guard let block else { return text("provision.gone", ["name": .text(wId.text)], visit) }
        switch block.kind {
        case .heading: return PlainWords.text(of: block.words)
        case .option: return text("provision.option", ["number": .text(block.option ?? ""), "name": .text(wId.text)], visit)
        case .item: return text("provision.numbered", ["number": .text(block.number ?? ""), "name": .text(wId.text)], visit)
        default: return text("provision.plain", ["name": .text(wId.text)], visit)
        }
    }

    private func origin(_ words: String, _ origin: ProvenanceSpan, in text: OpenText, _ visit: Visit) -> [String: Any] {
        let negotiation = text.negotiation
        let facts = negotiation.facts.first { $0.number == origin.version }
        let amendment = origin.amendment.flatMap { try? negotiation.amendment($0) }
        let sponsors = amendment?.sponsors ?? text.head.sponsors
        let by = sponsors.isEmpty ? self.text("chair", visit) : names(sponsors, in: text.conference, visit)
        let said: [String: TextArgument] = [
            "version": .number(Int64(origin.version)), "date": facts.map { .moment($0.moment) } ?? .text(""), "by": .text(by),
            "amendment": .text(origin.amendment ?? ""),
        ]
        return [
            "words": words,
            "said": self.text(origin.amendment == nil ? "origin.tabled" : "origin.amendment", said, visit),
            "amendment": origin.amendment ?? "",
        ]
    }

    private func event(_ event: Negotiation.Event, in text: OpenText, _ visit: Visit) -> [String: Any] {
        let by = names(event.by, in: text.conference, visit)
        let key = event.kind == .statusSet && event.by.isEmpty ? "event.status-set.room" : "event.\(event.kind.rawValue)"
        let said: [String: TextArgument] = [
            "by": .text(by.isEmpty ? self.text("chair", visit) : by), "amendment": .text(event.amendment ?? ""),
            "version": .number(Int64(event.version)),
            "status": .text(event.status.map { self.text("status.\($0.rawValue)", visit) } ?? ""),
        ]
        return [
            "said": self.text(key, said, visit), "when": visit.language.text(event.moment), "instant": event.moment.description,
            "note": event.note ?? false, "kind": event.kind.rawValue, "objection": event.isObjection,
        ]
    }

    // MARK: Forms

    private func forms(
        _ wId: ProvisionIdentifier, _ place: Int, _ version: NegotiatedVersion, _ opened: Opened, _ visit: Visit
    ) -> [String: Any] {
        let text = version.text
        let block = text.blocks[place]
        func token() -> String { house.formToken(visit) }
        let positions = ConferenceTextChange.Position.allCases.map {
            ["value": $0.rawValue, "name": self.text("beside.\($0.rawValue)", visit)]
        }
        let own = opened.own.map { ["value": $0, "name": name(ofSponsor: $0, in: opened.text.conference, visit)] }
        let isChair = opened.standing.chair != nil
        var forms: [String: Any] = [
            "tokens": ["edit": token(), "insert": token(), "delete": token(), "move": token(), "split": token(), "renumber": token()],
            "base": String(version.number), "provision": wId.text, "plain": block.words, "rows": min(14, 2 + block.words.count / 70),
            "positions": positions, "own": own, "isChair": isChair, "hasOwn": !own.isEmpty, "severalOwn": own.count > 1,
            "mayRenumber": block.kind == .item || block.kind == .option || block.kind == .heading && block.number != nil,
            "number": block.option ?? block.number ?? "", "maySplit": block.kind != .heading, "sponsors": opened.own.first ?? "",
        ]
        forms["places"] = text.blocks.filter { $0.kind.isProvision && $0.wId != wId }.prefix(1_000).map {
            ["value": $0.wId.text, "name": "\($0.wId.text): \(Self.beginning($0))"]
        }
        if !own.isEmpty {
            let objects = opened.own.contains { opened.text.negotiation.objectors(to: wId).contains($0) }
            forms["delegation"] =
                [
                    "token": token(), "by": opened.own.first ?? "", "objects": objects, "doesNot": !objects,
                    "name": own.first?["name"] ?? "",
                ] as [String: Any]
        }
        if isChair {
            forms["chair"] =
                [
                    "token": token(),
                    "statuses": [ConferenceProvisionStatus.proposed, .bracketed, .agreedAdReferendum, .agreed].map {
                        ["value": $0.rawValue, "name": self.text("status.\($0.rawValue)", visit)]
                    },
                ] as [String: Any]
            forms["focus"] = focus(wId, opened, visit)
        }
        return forms
    }

    /// Puts the provision before the room, where the body meets and the text is one of its documents.
    private func focus(_ wId: ProvisionIdentifier, _ opened: Opened, _ visit: Visit) -> [String: Any]? {
        let text = opened.text
        guard let body = text.body, let meeting = text.meeting, meeting.state == .open, let document = text.head.document else {
            return nil
        }
        return [
            "address": "\(pages.address(text.conference))/rooms/\(body.id)/focus", "token": house.formToken(visit),
            "item": meeting.item ?? "", "document": document,
        ]
    }

    private static func beginning(_ block: NegotiatedBlock) -> String { String(block.words.prefix(48)) }
}
