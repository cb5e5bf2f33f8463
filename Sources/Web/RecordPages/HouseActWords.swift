import Acts

/// What the acts that belong to no desk did, in words, and a plain rendering for kinds nobody here knows.
struct HouseActWords {
    let catalogue: LanguageCatalogue
    let language: Language

    func description(of entry: Entry) -> ActDescription? {
        switch entry.kind {
        case RecordOpened.kind:
            read(entry) { (act: RecordOpened) in
                ActDescription(
                    sentence: text("record.opened", ["origin": .text(act.origin)]), facts: [fact("origin", act.origin)] + names(act.name))
            }
        case PayloadErased.kind:
            read(entry) { (act: PayloadErased) in
                ActDescription(
                    sentence: text("record.payload-erased", ["entry": .text(String(act.entry))]),
                    facts: [
                        ActDescription.Fact(label("entry"), Markup.link(String(act.entry), to: "/record/acts/\(act.entry)")),
                        fact("ground", act.ground),
                    ])
            }
        case Remark.kind:
            read(entry) { (act: Remark) in ActDescription(sentence: act.text) }
        case OfficeEstablished.kind:
            read(entry) { (act: OfficeEstablished) in
                ActDescription(
                    sentence: text("office.established", ["office": .text(act.name[language.tag] ?? act.name["en"] ?? act.office)]),
                    facts: [ActDescription.Fact(label("office"), Markup.link(act.office, to: "/offices/\(act.office)"))]
                        + names(act.name))
            }
        case PersonAppointed.kind:
            read(entry) { (act: PersonAppointed) in
                let roles = act.roles.map { catalogue.text("role.\($0.rawValue)", language) }
                    .joined(separator: catalogue.text("list.separator", language))
                let arguments: [String: TextArgument] = ["name": .text(act.name), "office": .text(act.office), "roles": .text(roles)]
                return ActDescription(sentence: text(act.roles.isEmpty ? "office.person-left" : "office.person-appointed", arguments))
            }
        case KeyEnrolled.kind:
            read(entry) { (act: KeyEnrolled) in
                ActDescription(
                    sentence: text("office.key-enrolled", ["label": .text(act.label)]),
                    facts: [fact("key", act.publicKey.identifier), fact("algorithm", act.publicKey.algorithm.rawValue)])
            }
        case KeyRevoked.kind:
            read(entry) { (act: KeyRevoked) in
                ActDescription(sentence: text("office.key-revoked"), facts: [fact("key", act.key), fact("reason", act.reason)])
            }
        case OfficeRulesSet.kind:
            read(entry) { (act: OfficeRulesSet) in
                let settings = catalogue.text(
                    act.unsignedActs ? "offices.rules.may-be-unsigned" : "offices.rules.signed", language)
                return ActDescription(
                    sentence: text("office.rules-set.\(act.twoPersons ? "two" : "one")", ["office": .text(act.office)]) + " " + settings)
            }
        case ActPrepared.kind:
            ActDescription(
                sentence: text("office.act-prepared"),
                facts: [
                    ActDescription.Fact(
                        catalogue.text("approvals.one", language), Markup.link(String(entry.index), to: "/approvals/\(entry.index)"))
                ])
        case ActReviewed.kind:
            read(entry) { (act: ActReviewed) in
                ActDescription(
                    sentence: text("office.act-\(act.approved ? "approved" : "refused")", ["entry": .text(String(act.prepared))]),
                    facts: act.reason.map { [fact("reason", $0)] } ?? [])
            }
        case SignInSecretsIssued.kind:
            read(entry) { (act: SignInSecretsIssued) in
                ActDescription(sentence: text(act.purpose == .link ? "office.link-issued" : "office.codes-issued"))
            }
        case SignInSecretUsed.kind:
            ActDescription(sentence: text("office.sign-in-secret-used"))
        case SessionsEnded.kind:
            ActDescription(sentence: text("office.sessions-ended"))
        default:
            nil
        }
    }

    /// For a kind that neither the house nor a desk knows: its name, and every value of its payload with its place.
    func plainDescription(of entry: Entry, mayRead: Bool) -> ActDescription {
        var facts: [ActDescription.Fact] = []
        if mayRead, case .present(let sealed) = entry.content, let payload = try? sealed.json() {
            HouseActWords.flatten(payload, at: "", into: &facts)
        }
        return ActDescription(sentence: kindName(entry.kind), facts: facts)
    }

    /// The kind's name in the visitor's language, or as it stands in the record.
    func kindName(_ kind: ActKind) -> String {
        ownKindName(kind) ?? kind.description
    }

    /// The kind's name in the visitor's language, where a catalogue has `kind.NAME`.
    func ownKindName(_ kind: ActKind) -> String? {
        let key = "kind.\(kind.name)"
        return catalogue.has(key) ? catalogue.text(key, language) : nil
    }

    private static let mostFacts = 200

    private static func flatten(_ value: JSON, at place: String, into facts: inout [ActDescription.Fact]) {
        guard facts.count < mostFacts else { return }
        switch value {
        case .object(let object):
            for member in object.members {
                flatten(member.value, at: place.isEmpty ? member.name : "\(place).\(member.name)", into: &facts)
            }
        case .array(let values):
            for (index, value) in values.enumerated() { flatten(value, at: "\(place)[\(index)]", into: &facts) }
        case .string(let text):
            facts.append(ActDescription.Fact(place, text: text))
        default:
            facts.append(ActDescription.Fact(place, text: value.canonicalText))
        }
    }

    /// A payload that was erased or does not read has no words; the page says so by itself.
    private func read<Content: Payload>(_ entry: Entry, _ words: (Content) -> ActDescription) -> ActDescription? {
        guard let payload = try? entry.payload(as: Content.self) else { return nil }
        return words(payload)
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("act.\(key)", arguments, language)
    }

    private func label(_ key: String) -> String { catalogue.text("act.fact.\(key)", language) }

    private func fact(_ key: String, _ value: String) -> ActDescription.Fact {
        ActDescription.Fact(label(key), text: value)
    }

    private func names(_ names: [String: String]) -> [ActDescription.Fact] {
        names.sorted { $0.key < $1.key }.map { tag, name in
            ActDescription.Fact(
                label("name"),
                Markup.element("span", ["lang": tag, "dir": Language.direction(ofTag: tag).rawValue], text: name)
                    + Markup(text: " (\(tag))"))
        }
    }
}
