import Acts
import Texts

/// A text under negotiation as programs read it.
struct TextResource {
    let text: OpenText
    private var negotiation: Negotiation { text.negotiation }

    init(_ text: OpenText) {
        self.text = text
    }

    static func head(_ head: TextHead) -> JSON {
        var object: JSONObject = [
            "text": .string(head.text), "version": .integer(head.version), "form": .string(head.form.rawValue),
            "title": JSON(texts: head.title), "language": .string(head.language), "sponsors": .array(head.sponsors.map(JSON.string)),
            "changed": .string(head.changed.description), "restricted": .bool(head.isRestricted),
        ]
        object["document"] = head.document.map(JSON.string)
        object["body"] = head.body.map(JSON.string)
        return .object(object)
    }

    /// A version with its provisions, and where the negotiation stands.
    func json(of version: NegotiatedVersion) -> JSON {
        guard case .object(var object) = Self.head(text.head) else { return .null }
        object["conference"] = .string(text.conference.id)
        object["shown"] = .integer(Int64(version.number))
        object["entry"] = .integer(text.entry)
        object["measures"] = version.text.measures.json
        object["articles"] = .array(version.text.articleMeasures.map(\.json))
        object["everythingAgreed"] = .bool(negotiation.isEverythingAgreed)
        var statuses = JSONObject()
        for (status, count) in negotiation.statusCounts { statuses[status.rawValue] = .integer(Int64(count)) }
        object["statuses"] = .object(statuses)
        let isCurrent = version.number == negotiation.versionCount
        object["provisions"] = .array(
            version.text.blocks.filter { $0.kind.isProvision || $0.kind == .footnote }.map { provision($0, isCurrent: isCurrent) })
        object["amendments"] = .array(negotiation.amendments.map(amendment))
        object["conflicts"] = .array(negotiation.conflicts.map(\.json))
        object["unbalanced"] = .array(version.text.unbalancedPlaces.map(\.json))
        object["readings"] = .array(
            negotiation.readings.map { reading in
                var one: JSONObject = [
                    "reading": .integer(Int64(reading.number)), "version": .integer(Int64(reading.version)),
                    "moment": .string(reading.moment.description),
                ]
                one["provision"] = (reading.provision?.text).map(JSON.string)
                return .object(one)
            })
        return .object(object)
    }

    private func provision(_ block: NegotiatedBlock, isCurrent: Bool) -> JSON {
        var object: JSONObject = [
            "wId": .string(block.wId.text), "kind": .string(block.kind.rawValue), "level": .integer(Int64(block.level)),
            "words": .string(block.words),
        ]
        object["number"] = block.number.map(JSON.string)
        object["option"] = block.option.map(JSON.string)
        if isCurrent {
            object["status"] = .string(negotiation.status(of: block.wId).rawValue)
            let objectors = negotiation.objectors(to: block.wId)
            if !objectors.isEmpty { object["objectors"] = .array(objectors.map(JSON.string)) }
        }
        return .object(object)
    }

    func amendment(_ amendment: TextAmendment) -> JSON {
        var object: JSONObject = [
            "amendment": .string(amendment.id), "base": .integer(Int64(amendment.base)), "change": amendment.change.json,
            "sponsors": .array(amendment.sponsors.map(JSON.string)), "state": .string(amendment.state.rawValue),
        ]
        object["amends"] = amendment.amends.map(JSON.string)
        object["proposed"] = (amendment.proposedAt?.description).map(JSON.string)
        return .object(object)
    }

    /// Who proposed these words, when, who objected, when they were agreed.
    func history(of wId: ProvisionIdentifier) -> JSON {
        var object: JSONObject = [
            "wId": .string(wId.text), "status": .string(negotiation.status(of: wId).rawValue),
            "objectors": .array(negotiation.objectors(to: wId).map(JSON.string)),
        ]
        if let current = negotiation.current, let block = current.text[wId] {
            object["words"] = .string(block.words)
            object["kind"] = .string(block.kind.rawValue)
            object["origins"] = .array(
                current.origins(of: wId).map { words, origin in
                    var one: JSONObject = ["words": .string(words), "version": .integer(Int64(origin.version))]
                    one["amendment"] = origin.amendment.map(JSON.string)
                    return .object(one)
                })
        }
        object["amendments"] = .array(negotiation.amendments.filter { $0.change.target == wId.text }.map(amendment))
        object["history"] = .array(negotiation.history(of: wId).map(Self.event))
        return .object(object)
    }

    static func event(_ event: Negotiation.Event) -> JSON {
        var object: JSONObject = [
            "kind": .string(event.kind.rawValue), "version": .integer(Int64(event.version)), "moment": .string(event.moment.description),
            "by": .array(event.by.map(JSON.string)),
        ]
        object["amendment"] = event.amendment.map(JSON.string)
        object["status"] = (event.status?.rawValue).map(JSON.string)
        object["note"] = event.note.map(JSON.string)
        return .object(object)
    }

    /// All versions and their counts.
    var versions: JSON {
        [
            "text": .string(text.head.text),
            "versions": .array(
                negotiation.facts.map { facts in
                    var object: JSONObject = [
                        "version": .integer(Int64(facts.number)), "form": .string(facts.form.rawValue),
                        "reading": .integer(Int64(facts.reading)), "moment": .string(facts.moment.description),
                        "measures": facts.measures.json,
                    ]
                    object["document"] = facts.document.map(JSON.string)
                    object["amendment"] = facts.amendment.map(JSON.string)
                    return .object(object)
                }), "readings": .array(negotiation.progressByReading.map(\.json)),
        ]
    }
}
