import Acts

/// A change of the rules of procedure, as it is moved: a JSON merge patch (RFC 7396) over the set in force. What it does not name stays.
struct RulesChange: Hashable, Sendable {
    let patch: JSON

    /// Most bytes of a change.
    static let longest = 64 << 10

    init(patch: JSON) {
        self.patch = patch
    }

    /// Reads a change as a motion carries it; `nil` where the text is no object of JSON.
    init?(text: String) {
        guard text.utf8.count <= Self.longest, let json = try? JSONParser.parse(Array(text.utf8)), json.object != nil else { return nil }
        patch = json
    }

    /// What leads from one set to another.
    init(from old: JSON, to new: JSON) {
        patch = Self.difference(old, new) ?? [:]
    }

    /// Whether it changes nothing.
    var isEmpty: Bool { patch.object?.isEmpty ?? true }

    var text: String { patch.canonicalText }

    /// The set with the change in it, read and checked as any set is.
    func applied(to rules: ProcedureSet) throws(MalformedAct) -> ProcedureSet {
        try ProcedureSet(json: Self.merged(patch, into: rules.json))
    }

    /// What it changes, member by member: the place, what stands there, and what would.
    func changes(of rules: ProcedureSet) -> [(place: String, before: JSON?, after: JSON?)] {
        Self.changes(patch, rules.json, at: "")
    }

    private static func changes(_ patch: JSON, _ old: JSON?, at place: String) -> [(place: String, before: JSON?, after: JSON?)] {
        guard let object = patch.object else { return [(place, old, patch.isNull ? nil : patch)] }
        return object.members.flatMap { member in
            changes(member.value, old?[member.name], at: place.isEmpty ? member.name : "\(place).\(member.name)")
        }
    }

    /// RFC 7396, 2.
    private static func merged(_ patch: JSON, into target: JSON) -> JSON {
        guard let changes = patch.object else { return patch }
        var object = target.object ?? JSONObject()
        for member in changes.members {
            object[member.name] = member.value.isNull ? nil : merged(member.value, into: object[member.name] ?? .null)
        }
        return .object(object)
    }

    private static func difference(_ old: JSON, _ new: JSON) -> JSON? {
        guard let before = old.object, let after = new.object else { return old == new ? nil : new }
        var changes = JSONObject()
        for name in before.names where after[name] == nil { changes[name] = JSON.null }
        for member in after.members {
            if let known = before[member.name] {
                if let change = difference(known, member.value) { changes[member.name] = change }
            } else {
                changes[member.name] = member.value
            }
        }
        return changes.isEmpty ? nil : .object(changes)
    }
}

extension ProcedureEngine {
    /// A change that is moved must give rules that can be read.
    func check(change act: ConferenceMotionMade, _ rule: ProcedureSet.MotionRule) throws(Refusal) {
        guard let text = act.text else { return }
        guard let change = RulesChange(text: text) else {
            throw Self.malformed(rule.rule, "it is no object of JSON")
        }
        do { _ = try change.applied(to: rules) } catch { throw Self.malformed(rule.rule, "\(error)") }
    }

    static func malformed(_ rule: String?, _ fault: String) -> Refusal {
        Refusal(
            .malformed, code: "conference.procedure.rules-malformed", "The rules cannot be read: \(fault).",
            mend: "Mend them as docs/procedure.md describes.", citation: rule, arguments: ["fault": fault])
    }

    /// The rules that a motion which was carried brings into force; `nil` where it is none to change them.
    func rules(adoptedBy result: ConferenceDecisionClosed, _ state: MeetingState) -> ConferenceProcedureAdopted? {
        guard result.outcome == .adopted || result.outcome == .adoptedByConsensus,
            let opened = state.decision(result.decision)?.opened, opened.subject == .motion,
            let motion = opened.concerns.flatMap({ state.motion($0) }), motion.kind == .changeRules,
            let changed = motion.text.flatMap({ RulesChange(text: $0) }).flatMap({ try? $0.applied(to: rules) })
        else { return nil }
        return ConferenceProcedureAdopted(
            conference: result.session.conference, body: result.session.body, procedure: changed.name, rules: changed.json,
            decision: result.decision)
    }
}
