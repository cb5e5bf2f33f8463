import Acts
import Foundation

/// What happens at a simulated conference: a general debate, proposals and amendments, motions and rulings, votes, and adoption.
///
/// Whatever may come in any order is done at once by all; whatever the order of which matters, one after another. So what happens
/// follows from the seed.
actor SimulatedStory {
    let cast: SimulatedCast
    let secretariat: SimulatedSecretariat
    private let followers: [LiveFollower]
    var lot: SeededLot
    let say: @Sendable (String) -> Void

    private(set) var decisions: [SimulationReport.Decision] = []
    private(set) var refusals: [String] = []
    private(set) var problems: [String] = []
    /// The adoption of the negotiated text, once it is entered.
    var adoption: SimulationReport.Adoption?

    var room: SimulatedRoom { cast.room }
    var conferencePath: String { secretariat.path }
    var president: WorldVisitor { cast.president }
    var delegations: [SimulatedDelegation] { cast.delegations }

    init(
        cast: SimulatedCast, secretariat: SimulatedSecretariat, followers: [LiveFollower], lot: SeededLot,
        say: @escaping @Sendable (String) -> Void
    ) {
        self.cast = cast
        self.secretariat = secretariat
        self.followers = followers
        self.lot = lot
        self.say = say
    }

    func tell() async throws {
        try await open()
        try await debate()
        try await negotiate()
        try await decide()
        try await adopt()
        try await adoptText()
        try await close()
    }

    // MARK: The meeting

    private func open() async throws {
        try await room.act(president, "meeting", [("change", "opened")])
        try await everybody { [room] in try await room.act($0.visitor, "present") }
        try await room.act(cast.observer.visitor, "present")
        try await owed("conferences.not-presiding", delegations[0].visitor, "meeting", [("change", "suspended")])
        try await room.act(president, "focus", [("item", "2")])
        say("The first meeting is called to order")
    }

    /// Everybody speaks once, in an order drawn by lot; the list is closed; somebody replies.
    private func debate() async throws {
        try await room.act(cast.observer.visitor, "request-floor", [("purpose", "statement")])
        var order = delegations
        order.shuffle(using: &lot)
        for delegation in order { try await room.act(delegation.visitor, "request-floor", [("purpose", "statement")]) }
        try await room.act(president, "list", [("closed", "yes")])
        try await owed("conference.procedure.list-closed", order[0].visitor, "request-floor", [("purpose", "statement")])
        let speakers = try await room.facts(president)["speakers"]?.array?.compactMap { $0["actor"]?.string } ?? []
        hold(
            speakers == order.map(\.actor.rawValue) + [cast.observer.actor.rawValue],
            "speakers are called in the order in which they asked, observers last (GA rule 68)")
        await cutSomeLines()
        for number in order.indices {
            try await room.act(president, "give-floor")
            if number == order.count / 2 { try await pointOfOrder(by: order[0]) }
            try await room.act(president, "end-floor")
        }
        try await hearEverybody()
        try await room.act(order[1].visitor, "request-floor", [("purpose", "right-of-reply")])
        try await hearEverybody()
        say("The general debate is over: \(order.count) statements and a reply")
    }

    /// The president rules, the ruling is appealed against, and the body decides at once (GA rule 71).
    private func pointOfOrder(by delegation: SimulatedDelegation) async throws {
        try await room.act(delegation.visitor, "move", [("motion", "point-of-order"), ("text", "The speaker is not on the item.")])
        try await settle(yes: 30, no: 60)
        let ruling = try await room.facts(president)["rulings"]?.array?.last?["ruling"]?.string ?? ""
        try await room.act(delegation.visitor, "appeal", [("name", ruling)])
        try await settle(yes: 30, no: 60)
    }

    // MARK: Proposals

    /// A proposal with two amendments, a motion to close the debate, and recorded votes.
    private func decide() async throws {
        try await room.act(president, "focus", [("item", "3")])
        let (author, first, second) = (pick(), pick(), pick())
        let proposal = try await propose(
            author, "Harbours shall be lit from dusk to dawn.\nLights shall be kept by those who keep the harbour.", sponsors: 3)
        let narrow = try await propose(first, "Insert after dawn: where vessels call.", amends: proposal)
        let wide = try await propose(second, "Replace shall by should throughout.", amends: proposal)
        try await owed("conference.procedure.observer", cast.observer.visitor, "propose", [("text", "Lights shall be blue.")])
        try await owed("conference.procedure.ruling-first", president, "open", [("method", "recorded"), ("concerns", proposal)])
        for concerned in [proposal, narrow, wide] {
            try await room.act(president, "rule", [("subject", "circulation"), ("concerns", concerned), ("allowed", "yes")])
        }
        try await room.act(pick().visitor, "move", [("motion", "close-debate")])
        let motion = try await room.facts(president)["pending"]?.array?.last?["motion"]?.string ?? ""
        // Two may speak against it (GA rule 75).
        for opponent in delegations.shuffled(using: &lot).prefix(2) {
            try await room.act(opponent.visitor, "request-floor", [("purpose", "against-motion"), ("motion", motion)])
        }
        try await settle(yes: 60, no: 25)
        await cutSomeLines()
        try await settle(yes: 55, no: 30, order: [wide, narrow], method: "recorded")
        say("A proposal with two amendments is decided")
    }

    /// A proposal that stands for consensus is objected to, and adopted by vote; another is adopted by consensus, and somebody dissociates.
    private func adopt() async throws {
        let contested = try await propose(pick(), "The conference establishes a committee on lights.", sponsors: 2)
        try await room.act(president, "rule", [("subject", "circulation"), ("concerns", contested), ("allowed", "yes")])
        try await room.act(president, "open", [("method", "consensus"), ("concerns", contested)])
        let decision = try await openDecision()
        try await room.act(pick().visitor, "object", [("name", decision), ("text", "Not without instructions.")])
        try await announce(.init(subject: "proposal", method: "consensus", outcome: "objected", yes: 0, no: 0, abstaining: 0))
        try await room.act(pick().visitor, "move", [("motion", "recorded-vote"), ("proposal", contested)])
        try await settle(yes: 80, no: 10, method: "recorded")
        await cutSomeLines()
        let agreed = try await propose(pick(), "The conference thanks its host.", sponsors: delegations.count - 1)
        try await room.act(president, "rule", [("subject", "circulation"), ("concerns", agreed), ("allowed", "yes")])
        try await room.act(president, "open", [("method", "consensus"), ("concerns", agreed)])
        let last = try await openDecision()
        try await announce(.init(subject: "proposal", method: "consensus", outcome: "adopted-by-consensus", yes: 0, no: 0, abstaining: 0))
        try await room.act(pick().visitor, "dissociate", [("name", last), ("text", "The host was no concern of the item.")])
        say("Proposals are adopted, by vote and by consensus")
    }

    private func close() async throws {
        // A page that was open before the meeting ended.
        let late = try await room.token(delegations[0].visitor)
        try await room.act(pick().visitor, "move", [("motion", "adjourn-meeting")])
        try await settle(yes: 95, no: 0)
        let state = try await room.facts(president)["meeting"]?["state"]?.string
        hold(state == "adjourned", "a carried motion to adjourn ends the meeting (GA rule 76)")
        try await owed(
            "conference.procedure.meeting-not-open", delegations[0].visitor, "request-floor", [("purpose", "statement")], kept: late)
        say("The meeting is adjourned")
    }

    private func propose(
        _ author: SimulatedDelegation, _ text: String, sponsors: Int = 0, amends: String? = nil
    ) async throws -> String {
        var others = delegations.filter { $0.actor != author.actor }
        others.shuffle(using: &lot)
        var fields = [("text", text), ("sponsors", others.prefix(sponsors).map(\.actor.rawValue).sorted().joined(separator: " "))]
        if let amends { fields.append(("amends", amends)) }
        try await room.act(author.visitor, "propose", fields)
        guard let name = try await room.facts(president)["proposals"]?.array?.last?["proposal"]?.string else {
            throw WorldProblem("The room does not show the proposal of \(author.name).")
        }
        return name
    }

    // MARK: Deciding

    /// Does what the rules say comes next, until nothing is left to be decided.
    ///
    /// - Parameters:
    ///   - yes: of a hundred delegations, how many vote yes, about.
    ///   - no: how many vote no; the others abstain.
    ///   - order: the amendments, the one furthest removed in substance first.
    func settle(yes: Int, no: Int, order: [String] = [], method: String? = nil) async throws {
        for _ in 0..<60 {
            let facts = try await room.facts(president)
            guard let next = facts["next"], let step = next["step"]?.string else { return }
            switch step {
            case "hear":
                guard facts["speaking"] == nil else { return }
                try await room.act(president, "give-floor", [("name", next["request"]?.string ?? "")])
                try await room.act(president, "end-floor")
            case "rule":
                let motion = next["motion"]?.string ?? ""
                let kind = facts["pending"]?.array?.first { $0["motion"]?.string == motion }?["kind"]?.string ?? "motion"
                let subject = ["point-of-order", "division"].contains(kind) ? kind : "motion"
                let allowed = lot.next(below: 2) == 0 ? "yes" : "no"
                try await room.act(president, "rule", [("subject", subject), ("concerns", motion), ("allowed", allowed)])
            case "order":
                guard !order.isEmpty else { return }
                try await room.act(
                    president, "rule",
                    [
                        ("subject", "order-of-amendments"), ("concerns", next["proposal"]?.string ?? ""),
                        ("order", order.joined(separator: " ")),
                    ])
            case "put":
                try await vote(on: next, method: method, yes: yes, no: no)
            default: return
            }
        }
        problems.append("after sixty steps the room still had something to decide")
    }

    private func vote(on question: JSON, method: String?, yes: Int, no: Int) async throws {
        let subject = question["subject"]?.string ?? ""
        let method = method ?? (lot.next(below: 2) == 0 ? "show-of-hands" : "recorded")
        try await room.act(president, "open", [("method", method), ("concerns", question["concerns"]?.string ?? "")])
        let decision = try await openDecision()
        var votes: [(SimulatedDelegation, String)] = []
        for delegation in delegations {
            let chance = lot.next(below: 100)
            votes.append((delegation, chance < yes ? "yes" : chance < yes + no ? "no" : "abstain"))
        }
        let count = { (vote: String) in votes.count { $0.1 == vote } }
        if method == "recorded" {
            let ballots = votes
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (delegation, vote) in ballots {
                    group.addTask { [room] in try await room.act(delegation.visitor, "vote", [("name", decision), ("vote", vote)]) }
                }
                try await group.waitForAll()
            }
            let (again, vote) = ballots[lot.next(below: ballots.count)]
            try await owed("conference.procedure.voted", again.visitor, "vote", [("name", decision), ("vote", vote)])
        } else {
            try await room.act(
                president, "count-hands",
                [
                    ("name", decision), ("yes", String(count("yes"))), ("no", String(count("no"))),
                    ("abstaining", String(count("abstain"))),
                ])
        }
        // Simple majority of those present and voting (GA rules 85, 86); a tie: rule 95, and for motions and rulings rejection at once.
        let outcome =
            count("yes") > count("no")
            ? "adopted" : count("yes") < count("no") ? "rejected" : ["motion", "appeal"].contains(subject) ? "rejected-by-tie" : "tied"
        try await announce(
            .init(
                subject: subject, method: method, outcome: outcome, yes: Int64(count("yes")), no: Int64(count("no")),
                abstaining: Int64(count("abstain"))))
    }

    private func openDecision() async throws -> String {
        guard let open = try await room.facts(president)["decisions"]?.array?.last, open["outcome"] == nil,
            let decision = open["decision"]?.string
        else { throw WorldProblem("The room shows no open decision after one was put.") }
        return decision
    }

    /// Announces a result and compares it with what it should be.
    private func announce(_ expected: SimulationReport.Decision) async throws {
        try await room.act(president, "announce")
        guard let closed = try await room.facts(president)["decisions"]?.array?.last, let outcome = closed["outcome"]?.string else {
            throw WorldProblem("The room shows no result after it was announced.")
        }
        let found = SimulationReport.Decision(
            subject: closed["subject"]?.string ?? "", method: closed["method"]?.string ?? "", outcome: outcome,
            yes: closed["yes"]?.integer ?? 0, no: closed["no"]?.integer ?? 0, abstaining: closed["abstaining"]?.integer ?? 0)
        decisions.append(found)
        hold(found == expected, "'\(expected.line)' is announced as such; it was '\(found.line)'")
    }

    private func hearEverybody() async throws {
        for _ in 0..<(delegations.count * 2 + 4) {
            guard try await room.facts(president)["speakers"]?.array?.isEmpty == false else { return }
            try await room.act(president, "give-floor")
            try await room.act(president, "end-floor")
        }
    }

    // MARK: Helpers

    func pick() -> SimulatedDelegation { delegations[lot.next(below: delegations.count)] }

    private func everybody(_ body: @escaping @Sendable (SimulatedDelegation) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delegation in delegations { group.addTask { try await body(delegation) } }
            try await group.waitForAll()
        }
    }

    /// Breaks a third of the lines, at what comes next over each.
    func cutSomeLines() async {
        for follower in followers where lot.next(below: 3) == 0 { await follower.cut() }
    }

    func hold(_ holds: Bool, _ what: String) {
        if !holds { problems.append(what) }
    }

    /// Does what the rules must refuse, and sees that they do.
    func owed(
        _ code: String, _ visitor: WorldVisitor, _ action: String, _ fields: [(String, String)], in place: SimulatedRoom? = nil,
        kept: String? = nil
    ) async throws {
        switch try await (place ?? room).attempt(visitor, action, fields, kept: kept) {
        case .refused(code, _): refusals.append(code)
        case .refused(let other, _): problems.append("\(visitor.who), who would \(action), was refused with \(other) and not \(code)")
        case .done: problems.append("\(visitor.who) could \(action), which \(code) should refuse")
        }
    }
}
