import Acts
import Hummingbird
import Texts
import Web

/// `…/texts/{text}/amendments`: everything that was proposed, what meets what, and what can be done about each.
extension TextPages {
    func amendments(_ request: Request, _ refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let opened = try await open(visit)
        let text = opened.text
        let negotiation = text.negotiation
        if refusal == nil, try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "amendments": .array(negotiation.amendments.map(TextResource(text).amendment)),
                "conflicts": .array(negotiation.conflicts.map(\.json)),
            ])
        }
        let pending = negotiation.amendments.filter { $0.state == .pending && $0.amends == nil }
        let done = negotiation.amendments.filter { $0.state != .pending && $0.amends == nil }
        let conflicts = negotiation.conflicts
        let context: [String: Any] = [
            "standing": self.text("standing.amendments", ["count": .number(Int64(pending.count))], visit),
            "tabs": tabs(text, "amendments", visit),
            "pending": pending.prefix(500).map { row($0, opened, back: "amendments", visit) }, "hasPending": !pending.isEmpty,
            "done": done.suffix(200).reversed().map { row($0, opened, back: "amendments", visit) }, "hasDone": !done.isEmpty,
            "conflicts": conflicts.prefix(500).map { conflict($0, text, visit) }, "hasConflicts": !conflicts.isEmpty,
            "choose": "\(address(text))",
        ]
        var response = try page(
            "amendments", self.text("tab.amendments", visit), context, of: text, visit, refusal: refusal,
            address: "\(address(text))/amendments")
        if visit.person != nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func conflict(_ conflict: AmendmentConflict, _ text: OpenText, _ visit: Visit) -> [String: Any] {
        let said: [String: TextArgument] = ["first": .text(conflict.first), "second": .text(conflict.second)]
        return [
            "said": self.text("conflict.\(conflict.kind.rawValue)", said, visit), "name": conflict.provision.text,
            "address": "\(address(text))/provisions/\(PercentCoding.encode(conflict.provision.text))",
        ]
    }

    /// An amendment with its sub-amendments, and what the visitor can do about it.
    func row(_ amendment: TextAmendment, _ opened: Opened, back: String, _ visit: Visit) -> [String: Any] {
        let text = opened.text
        let negotiation = text.negotiation
        guard let version = negotiation.current else { return [:] }
        let isPending = amendment.state == .pending
        let subs = negotiation.amendments.filter { $0.amends == amendment.id }
        let meets = negotiation.conflicts.filter { isPending && ($0.first == amendment.id || $0.second == amendment.id) }
        let reason = negotiation.events.first { $0.amendment == amendment.id && $0.kind == .proposed }?.note
        var row: [String: Any] = [
            "id": amendment.id, "self": address(text), "back": back, "provision": amendment.change.target,
            "address": "\(address(text))/provisions/\(PercentCoding.encode(amendment.change.target))",
            "sponsors": names(amendment.sponsors, in: text.conference, visit), "said": description(of: amendment, in: text, version, visit),
            "when": amendment.proposedAt.map { visit.language.text($0) } ?? "",
            "base": self.text("amendment.base", ["number": .number(Int64(amendment.base))], visit),
            "state": self.text("amendment.\(amendment.state.rawValue)", visit),
            "chip": amendment.state == .applied ? "agreed" : isPending ? "awaiting" : "refused", "reason": reason ?? false,
            "conflicts": meets.map { conflict($0, text, visit) }, "hasConflicts": !meets.isEmpty,
            "subs": subs.map { sub($0, opened, back: back, visit) }, "hasSubs": !subs.isEmpty,
        ]
        if isPending { row["acts"] = acts(on: amendment, opened, visit) }
        return row
    }

    private func sub(_ amendment: TextAmendment, _ opened: Opened, back: String, _ visit: Visit) -> [String: Any] {
        let text = opened.text
        guard let version = text.negotiation.current else { return [:] }
        var row: [String: Any] = [
            "id": amendment.id, "self": address(text), "back": back, "sponsors": names(amendment.sponsors, in: text.conference, visit),
            "said": description(of: amendment, in: text, version, visit),
            "state": self.text("amendment.\(amendment.state.rawValue)", visit),
            "chip": amendment.state == .applied ? "agreed" : amendment.state == .pending ? "awaiting" : "refused",
        ]
        if amendment.state == .pending { row["acts"] = acts(on: amendment, opened, visit) }
        return row
    }

    private func acts(on amendment: TextAmendment, _ opened: Opened, _ visit: Visit) -> [String: Any] {
        let own = opened.own
        let isOwn = amendment.sponsors.first.map { own.contains($0) } ?? false
        let isChair = opened.standing.chair != nil
        let isWords = [.insert, .replace, .delete].contains(amendment.change.operation)
        let isSub = amendment.amends != nil
        var acts: [String: Any] = ["any": opened.mayAct]
        if let first = own.first, !amendment.sponsors.contains(first) {
            acts["cosponsor"] = ["token": house.formToken(visit), "sponsors": first]
        }
        if isOwn || isChair { acts["withdraw"] = ["token": house.formToken(visit)] }
        if isChair {
            acts["apply"] = [
                "token": house.formToken(visit), "mayBracket": !isSub && (isWords || amendment.change.operation == .move),
                "isSub": isSub,
            ]
        }
        if !isSub, opened.mayAct, let words = amendment.change.words {
            acts["amend"] = [
                "token": house.formToken(visit), "words": words, "base": String(amendment.base), "rows": min(10, 2 + words.count / 70),
            ]
        }
        return acts
    }
}
