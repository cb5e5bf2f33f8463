import Acts
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

extension PressPages {
    func draftPage(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, draft, settings) = try await readable(visit)
        let names = try await officeNames(visit)
        let turn = turn(draft, settings, person)
        let access = house.access
        let people = try await house.record.read { database in
            var people: [String: String] = [:]
            for id in Set(draft.steps.map(\.person)).union(draft.authors) { people[id] = try access.person(id, in: database)?.name }
            return people
        }
        let parity = TranslationParity(draft.content, required: settings.languages)
        let drafts = person.offices(as: .pressOfficer).contains(draft.office)
        let approves = person.offices(as: .approver).contains(draft.office)
        let needed = PressLabel.approvals(draft.label)
        var steps: [[String: Any]] = settings.clearances.map { clearance in
            stepRow(
                stepName(clearance.step, visit), names[clearance.office] ?? clearance.office,
                draft.steps.first { $0.step == clearance.step }, people, visit)
        }
        let approvals = draft.steps.filter { $0.step == PressDraft.approval }
        for place in 0..<max(needed, approvals.count) {
            steps.append(
                stepRow(
                    text(needed > 1 ? "step.approval.\(place == 0 ? "first" : "second")" : "step.approval", visit),
                    names[draft.office] ?? draft.office, approvals.indices.contains(place) ? approvals[place] : nil, people, visit))
        }
        let partners = try await joints?.partners(visit) ?? []
        let joint =
            draft.state == .proposed ? try await house.record.read { try JointQueries(database: $0).joint(ofDraft: draft.draft) } : nil
        let released =
            draft.state == .released
            ? try await house.record.read { try PressQueries(database: $0).statement(ofDraft: draft.draft) } : nil
        let corrected = try await draft.corrects.mapAsync { identifier in
            try await house.record.read { try PressQueries(database: $0).statement(identifier) }
        }
        let isLast = draft.approvers.count + 1 >= needed
        let shown = draft.content.texts[visit.language.tag] != nil ? visit.language.tag : draft.content.authoritative
        let context: [String: Any] = [
            "self": "/press/drafts/\(draft.draft)", "title": draft.content.texts[shown]?.title ?? "", "lang": shown,
            "dir": Language.direction(ofTag: shown).rawValue, "state": stateText(draft, visit), "stateClass": stateClass(draft),
            "label": draft.label, "office": names[draft.office] ?? draft.office, "form": text("form.\(draft.form.rawValue)", visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            "reason": draft.reason.map { reason(given: $0, visit) } ?? false,
            "authors": draft.authors.sorted().map { people[$0] ?? text("somebody", visit) }.joined(separator: " · "),
            "at": draft.at.map { visit.language.text($0) } ?? false, "until": draft.at?.description ?? false,
            "texts": draft.content.languages.map { tag -> [String: Any] in
                [
                    "tag": tag, "dir": Language.direction(ofTag: tag).rawValue, "isAuthoritative": tag == draft.content.authoritative,
                    "title": draft.content.texts[tag]?.title ?? "", "paragraphs": draft.content.texts[tag]?.paragraphs ?? [],
                    "phrases": (draft.content.phrases[tag] ?? []), "hasPhrases": !(draft.content.phrases[tag] ?? []).isEmpty,
                    "correction": draft.correction[tag] ?? false,
                ]
            },
            "corrects": draft.corrects.map { "/statements/\($0)" } ?? false,
            "media": draft.content.media.enumerated().map { place, medium -> [String: Any] in
                [
                    "address": "/press/drafts/\(draft.draft)/media/\(place)", "isImage": medium.type.hasPrefix("image/"),
                    "alternative": medium.alternative[shown] ?? medium.alternative[draft.content.authoritative] ?? "", "type": medium.type,
                ]
            },
            "hasMedia": !draft.content.media.isEmpty, "steps": steps,
            "parity": parity.refusal.map { house.notice(of: $0, visit) } ?? false, "isWhole": parity.faults.isEmpty,
            "version": String(draft.version),
            "clearances": turn.steps.map {
                ["step": $0, "button": text("clear", ["step": .text(stepName($0, visit))], visit), "token": house.formToken(visit)]
            },
            "mayApprove": turn.mayApprove, "isLast": isLast, "wroteIt": turn.wroteIt, "mayReturn": turn.isMine,
            "isHolding": draft.form == .holding,
            "approveToken": house.formToken(visit), "returnToken": house.formToken(visit), "releaseToken": house.formToken(visit),
            "stopToken": house.formToken(visit), "mayEdit": drafts && (draft.state == .waiting || draft.state == .returned),
            "mayRelease": draft.state == .ready && approves && !draft.authors.contains(person.id),
            "mayStop": draft.state == .ready && (approves || drafts),
            "released": draft.state == .released, "pageLang": visit.language.tag,
            "deliveries": released.map { "/press/statements/\($0)/deliveries" } ?? false,
            "joint": joint.map { "/press/joint/\($0.entry)" } ?? false,
            "partners": partners, "hasPartners": !partners.isEmpty && draft.corrects == nil && draft.content.media.isEmpty,
            "isJointChange": joints != nil && corrected??.act.joint != nil && draft.content.media.isEmpty,
        ]
        return try page(
            "draft", draft.content.texts[shown]?.title ?? "", context, visit, modules: draft.at == nil ? [] : ["countdown.js"],
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    /// Why it was given back or stopped: a person's words, or the code of what refused its release at the hour.
    private func reason(given reason: String, _ visit: Visit) -> String {
        let key = "refusal.\(reason)"
        guard house.catalogue.has(key) else { return reason }
        return "\(house.catalogue.text(key, visit.language)) \(house.catalogue.text("\(key).mend", visit.language))"
    }

    private func stepRow(
        _ name: String, _ office: String, _ given: PressDraft.Step?, _ people: [String: String], _ visit: Visit
    ) -> [String: Any] {
        [
            "name": name, "office": office, "isGiven": given != nil,
            "who": given.map { people[$0.person] ?? text("somebody", visit) } ?? "", "at": given.map { visit.language.text($0.at) } ?? "",
        ]
    }

    // MARK: What is done with it

    /// Enters an act on the draft as it stands at the act's turn, and shows it again.
    private func enter(
        _ request: Request, _ visit: Visit, as role: Role? = .approver, inOwnOffice: Bool = true,
        _ act: @escaping @Sendable (PressCommands, PressDraft, PressOfficeSet, Form, RuleContext) throws -> [ActDraft]
    ) async throws -> Response {
        let (person, draft, _) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        do {
            if inOwnOffice, let role, !person.offices(as: role).contains(draft.office) { throw Access.refusal(of: role) }
            let (access, commands) = (house.access, PressCommands(office: draft.office, author: person.id))
            let entries = try await house.record.enter(
                Command { context in
                    if inOwnOffice, let role { try access.requireStill(person, role, in: draft.office, of: context.database) }
                    let queries = PressQueries(database: context.database)
                    guard let draft = try queries.draft(draft.draft) else { throw PressCommands.unknown }
                    return try act(commands, draft, try queries.settings(of: draft.office), form, context)
                })
            if let released = entries.first(where: { $0.kind == StatementReleased.kind }),
                let statement = try released.payload(as: StatementReleased.self)?.statement
            {
                return house.seeOther("/statements/\(statement)")
            }
            return house.seeOther("/press/drafts/\(draft.draft)")
        } catch let refusal as Refusal where refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            if visit.wantsProblems { throw refusal }
            return try await draftPage(visit, refusal: refusal)
        }
    }

    /// The version that the form was made for.
    private static func version(_ form: Form) throws -> Int64 {
        guard let version = try form.fields.integer("version", in: 0...Int64.max) else { throw Fields.missing("version") }
        return version
    }

    func clear(_ request: Request, _ visit: Visit) async throws -> Response {
        let access = house.access
        let person = try access.requireSignedIn(visit.person)
        return try await enter(request, visit, as: nil) { commands, draft, settings, form, context in
            let offices = Set(try access.person(person.id, in: context.database)?.offices(as: .approver) ?? [])
            return try commands.clear(
                draft, version: try Self.version(form), step: try form.fields.required("step"), as: offices, settings: settings,
                form: form.request)
        }
    }

    func giveBack(_ request: Request, _ visit: Visit) async throws -> Response {
        let access = house.access
        let person = try access.requireSignedIn(visit.person)
        return try await enter(request, visit, as: nil) { commands, draft, settings, form, context in
            let offices = Set(try access.person(person.id, in: context.database)?.offices(as: .approver) ?? [])
            guard !offices.isDisjoint(with: settings.clearances.map(\.office) + [draft.office]) else { throw Access.refusal(of: .approver) }
            guard let reason = try form.fields.filled("reason", longest: PressCommands.longestReason) else {
                throw Fields.missing("reason")
            }
            return try commands.giveBack(draft, version: try Self.version(form), reason: reason, form: form.request)
        }
    }

    func approve(_ request: Request, _ visit: Visit) async throws -> Response {
        let (access, node, book) = (house.access, joints?.node, joints?.book)
        return try await enter(request, visit) { commands, draft, settings, form, context in
            let queries = PressQueries(database: context.database)
            var hour = try Self.hour(form.fields, at: node)
            let corrected = try draft.corrects.flatMap { try queries.statement($0) }
            if case .jointly(var plan) = hour, let joint = corrected?.act.joint {
                plan.original = try JointQueries(database: context.database).original(of: joint.proposal)
                hour = .jointly(plan)
            } else if case .jointly(let plan) = hour {
                let known = Set(try book?.addressees(in: context.database).map(\.party) ?? [])
                for party in plan.others where !known.contains(party) { throw PressCommands.unknownParty(party) }
            }
            return try commands.approve(
                draft, version: try Self.version(form), hour: hour, settings: settings,
                officeName: try access.offices(in: context.database).first { $0.id == draft.office }?.names ?? [:],
                corrected: corrected, now: context.now, form: form.request)
        }
    }

    /// `now`, `call`, `joint` with the other parties (`party`) and perhaps a moment and a quorum, or `at` with a moment in Coordinated Universal Time as browsers write it: `2026-11-26T14:00`.
    static func hour(_ fields: Fields, at node: NodeName?) throws -> PressCommands.Hour {
        switch try fields.filled("hour") ?? "call" {
        case "now": return .now
        case "at": return .at(try moment(try fields.required("at")))
        case "joint":
            guard let node else { return .onCall }
            let others = try fields.texts("party").map { text in
                guard let party = SealingParty(text) else {
                    throw Refusal(
                        .malformed, code: "press.joint-parties", "Nobody is named to make the statement with.",
                        mend: "Choose an office of another node.")
                }
                return party
            }
            return .jointly(
                PressCommands.JointPlan(
                    node: node, others: others, at: try fields.filled("at").map(moment),
                    quorum: try fields.integer("quorum", in: 2...Int64(JointProposed.mostParties))))
        default: return .onCall
        }
    }

    static func moment(_ text: String) throws -> Moment {
        let full = text.count == 16 ? "\(text):00.000Z" : text.count == 19 ? "\(text).000Z" : text
        guard let moment = Moment(full) else {
            throw Refusal(
                .malformed, code: "press.hour", "'\(text)' is not a moment.", mend: "Write it as 2026-11-26T14:00, in UTC.",
                citation: "RFC 3339", arguments: ["value": String(text.prefix(40))])
        }
        return moment
    }

    func release(_ request: Request, _ visit: Visit) async throws -> Response {
        try await enter(request, visit) { commands, draft, _, form, context in
            try commands.releaseReady(
                draft, corrected: try draft.corrects.flatMap { try PressQueries(database: context.database).statement($0) },
                now: context.now, form: form.request)
        }
    }

    func stop(_ request: Request, _ visit: Visit) async throws -> Response {
        let access = house.access
        let person = try access.requireSignedIn(visit.person)
        return try await enter(request, visit, as: nil) { commands, draft, _, form, context in
            let now = try access.person(person.id, in: context.database)
            guard [.approver, .pressOfficer].contains(where: { now?.offices(as: $0).contains(draft.office) ?? false }) else {
                throw Access.refusal(of: .pressOfficer)
            }
            let reason = try form.fields.filled("reason", longest: PressCommands.longestReason) ?? ""
            return try commands.stop(draft, reason: reason, form: form.request)
        }
    }
}
