import Acts
import Federation

/// A call as this node has it.
struct HotlineCall: Hashable, Sendable {
    var entry: Int64
    var reference: NoteReference
    var from: SealingParty
    var to: SealingParty
    var minutes: Int64
    var isCheck: Bool
    var content: JSON
    /// When this node knew of it.
    var called: Moment
    /// When the other node had it.
    var delivered: Moment?
    var acknowledged: Moment?
    var acknowledgedBy: SealingParty?
    var ended: Moment?
    var steps: [Taken]

    /// A step of the ladder that was taken.
    struct Taken: Hashable, Sendable {
        var step: Int64
        var means: HotlineStep.Means
        var to: String
        var reply: String?
        var at: Moment
    }

    enum State: String, Hashable, Sendable, CaseIterable {
        case waiting, overdue, acknowledged, ended
    }

    /// The last moment for the acknowledgement.
    var due: Moment { called.adding(milliseconds: minutes * 60_000) }

    func state(at now: Moment) -> State {
        if ended != nil { return .ended }
        if acknowledged != nil { return .acknowledged }
        return now > due ? .overdue : .waiting
    }

    /// How a communication check came out: once answered it was answered, whether or not it was ended afterwards.
    func checkState(at now: Moment) -> State { acknowledged == nil ? state(at: now) : .acknowledged }

    /// Offices of a node that see it: the caller, the called, and those the ladder reached.
    func offices(at node: NodeName) -> Set<String> {
        Set([from, to].filter { $0.node == node }.map(\.office)).union(answering(at: node))
    }

    /// Offices of a node that may answer it.
    func answering(at node: NodeName) -> Set<String> {
        guard to.node == node else { return [] }
        return Set(steps.filter { $0.means == .office }.map(\.to)).union([to.office])
    }
}

/// Enters what happens on a hotline, and says which steps of the ladder are due.
struct HotlineRule: Sendable {
    let node: NodeName
    let office: String
    let author: String

    private var commands: CorrespondenceCommands { CorrespondenceCommands(node: node, office: office, author: author) }

    /// Most steps of a ladder.
    static let mostSteps = 10

    /// Sets up a line, or sets it up anew: only the office whose line it is does so.
    ///
    /// - Parameter known: the line of that name, where there is one.
    func set(
        _ line: HotlineSet, replacing known: HotlineSet?, offices: Set<String>, languages: Set<String>, isAddress: (String) -> Bool,
        form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard line.office == commands.party.description, let peer = SealingParty(line.peer), peer != commands.party else {
            throw CorrespondenceCommands.unknownOffice(line.peer)
        }
        guard known == nil || known?.office == line.office else {
            throw Refusal(
                .conflict, code: "correspondence.line-taken", "Another office of this node has a line of that name.",
                mend: "Choose another name.")
        }
        guard (1...64).contains(line.line.utf8.count),
            line.line.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else {
            throw Refusal(
                .malformed, code: "correspondence.line-name", "The line's name is not one.",
                mend: "Write 1 to 64 lowercase letters, digits and hyphens.")
        }
        guard (1...1_440).contains(line.minutes), line.checkHours.map({ (1...8_760).contains($0) }) ?? true,
            line.ladder.count <= Self.mostSteps
        else {
            throw Refusal(
                .malformed, code: "correspondence.line-times", "The line's times are out of bounds.",
                mend: "Give 1 to 1440 minutes, 1 to 8760 hours between checks, and at most \(Self.mostSteps) steps.",
                arguments: ["most": String(Self.mostSteps)])
        }
        for step in line.ladder {
            let isGood = step.means == .office ? offices.contains(step.to) : isAddress(step.to)
            guard isGood, step.language.map({ languages.contains($0) && step.means == .mail }) ?? true, (0...1_440).contains(step.after)
            else {
                throw Refusal(
                    .malformed, code: "correspondence.line-step", "The step to '\(step.to)' reaches nobody.",
                    mend: "Name an office of this node or an address of electronic mail, and 0 to 1440 minutes.",
                    arguments: ["to": step.to])
            }
        }
        return [commands.act(line, to: [], form: form)]
    }

    func call(to party: SealingParty, minutes: Int64, isCheck: Bool, content: JSON, form: String?) throws(Refusal) -> [ActDraft] {
        guard party != commands.party else { throw CorrespondenceCommands.unknownOffice(party.description) }
        let called = HotlineCalled(
            from: commands.party.description, to: party.description, minutes: minutes, isCheck: isCheck, content: content)
        return [commands.act(called, to: [party], form: form)]
    }

    /// Whoever acknowledges twice has acknowledged once; the first to do so is on record.
    func acknowledge(_ call: HotlineCall, form: String?) throws(Refusal) -> [ActDraft] {
        guard call.answering(at: node).contains(office) else { throw CorrespondenceCommands.unknown }
        guard call.acknowledged == nil, call.ended == nil else { return [] }
        return [
            commands.act(HotlineAcknowledged(call: call.reference, by: commands.party.description), to: [call.from], form: form)
        ]
    }

    func end(_ call: HotlineCall, form: String?) throws(Refusal) -> [ActDraft] {
        guard call.offices(at: node).contains(office) else { throw CorrespondenceCommands.unknown }
        guard call.ended == nil else { return [] }
        let other = call.from == commands.party ? call.to : call.from
        return [commands.act(HotlineEnded(call: call.reference, by: commands.party.description), to: [other], form: form)]
    }

    /// The steps that are due on an unanswered call and not taken yet, in order.
    static func due(_ call: HotlineCall, ladder: [HotlineStep], now: Moment) -> [(place: Int64, step: HotlineStep)] {
        guard call.acknowledged == nil, call.ended == nil else { return [] }
        let taken = Set(call.steps.map(\.step))
        return ladder.enumerated().compactMap { place, step in
            let place = Int64(place)
            guard !taken.contains(place), now >= call.called.adding(milliseconds: step.after * 60_000) else { return nil }
            return (place, step)
        }
    }

    func escalated(_ act: HotlineEscalated, of call: HotlineCall) -> [ActDraft] {
        guard !call.steps.contains(where: { $0.step == act.step }) else { return [] }
        let reached = act.means == .office ? [SealingParty(node: node, office: act.to)] : []
        return [commands.act(act, to: reached, form: nil)]
    }

    /// Whether a line is to be tested now.
    static func isCheckDue(_ line: HotlineSet, last: Moment?, now: Moment) -> Bool {
        guard let hours = line.checkHours else { return false }
        return last.map { now >= $0.adding(milliseconds: hours * 3_600_000) } ?? true
    }
}
