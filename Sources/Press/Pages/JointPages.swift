import Acts
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

/// Joint statements on their way: what is proposed, who has signed, signing and stopping.
struct JointPages: Sendable {
    let house: House
    let node: NodeName
    let book: any AddressBook

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/joint/{joint}") { _, visit in try await page(visit, refusal: nil) }
        router.post("/press/joint/{joint}/sign") { request, visit in
            try await enter(request, visit) { commands, joint, form, node in
                try commands.sign(joint, digest: try form.fields.required("digest"), at: node, form: form.request)
            }
        }
        router.post("/press/joint/{joint}/stop") { request, visit in
            try await enter(request, visit) { commands, joint, form, node in try commands.stop(joint, at: node, form: form.request) }
        }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.joint.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    /// The person, the joint statement, and those of its parties that are offices the person belongs to.
    private func readable(_ visit: Visit) async throws -> (Person, JointStatement, [String]) {
        let person = try house.access.requireSignedIn(visit.person)
        guard let entry = Int64(try visit.parameter("joint")), entry >= 0,
            let joint = try await house.record.read({ try JointQueries(database: $0).joint(entry) })
        else { throw PressCommands.unknown }
        let mine = joint.offices(at: node).filter(Set(person.appointments.map(\.office)).contains)
        guard !mine.isEmpty else { throw PressCommands.unknown }
        return (person, joint, mine)
    }

    /// What parties are called: the office's name, then its node's.
    func names(_ visit: Visit) async throws -> [String: String] {
        let (book, node, access, title) = (book, node, house.access, house.configuration.name(in: visit.language))
        let tag = visit.language.tag
        return try await house.record.read { database in
            func chosen(_ texts: [String: String]) -> String? { texts[tag] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value }
            var names: [String: String] = [:]
            for other in try book.addressees(in: database) {
                names[other.party.description] =
                    "\(chosen(other.officeName) ?? other.office) · \(chosen(other.nodeTitle) ?? other.node.description)"
            }
            for office in try access.offices(in: database) {
                names[SealingParty(node: node, office: office.id).description] = "\(chosen(office.names) ?? office.id) · \(title)"
            }
            return names
        }
    }

    /// Whom a joint statement can be made with: the offices of the node's peers.
    func partners(_ visit: Visit) async throws -> [[String: Any]] {
        let (book, node) = (book, node)
        let names = try await names(visit)
        return try await house.record.read { try book.addressees(in: $0) }.filter { $0.node != node }.map(\.party.description)
            .sorted().map { ["value": $0, "name": names[$0] ?? $0] }
    }

    /// Rows of the desk's list: those that one of the offices is a party of.
    func rows(for offices: Set<String>, approving: Set<String>, _ visit: Visit) async throws -> [[String: Any]] {
        let node = node
        let joints = try await house.record.read { database in
            try JointQueries(database: database).joints(limit: 50).filter { !offices.isDisjoint(with: $0.offices(at: node)) }
        }
        return joints.filter { $0.state == .open }.map { joint in
            let content = joint.act.content
            let tag = content.texts[visit.language.tag] != nil ? visit.language.tag : content.authoritative
            let awaits = joint.offices(at: node).contains {
                approving.contains($0) && !joint.signed.contains(SealingParty(node: node, office: $0).description)
            }
            return [
                "address": "/press/joint/\(joint.entry)", "title": content.texts[tag]?.title ?? "", "lang": tag,
                "dir": Language.direction(ofTag: tag).rawValue, "awaits": awaits,
                "standing": text(
                    "standing", ["count": .number(Int64(joint.signed.count)), "all": .text(visit.language.text(joint.act.parties.count))],
                    visit),
            ]
        }
    }

    private func page(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, joint, mine) = try await readable(visit)
        let names = try await names(visit)
        let content = joint.act.content
        let shown = content.texts[visit.language.tag] != nil ? visit.language.tag : content.authoritative
        let own = mine.map { SealingParty(node: node, office: $0).description }
        let approves = Set(person.offices(as: .approver))
        let maySign =
            joint.state == .open
            && mine.contains { approves.contains($0) && !joint.signed.contains(SealingParty(node: node, office: $0).description) }
        let page = Page(
            template: "press/joint", title: content.texts[shown]?.title ?? "",
            context: [
                "over": text(joint.change.map { Self.sort(of: $0) } ?? "title", visit), "change": changeRow(joint, shown) ?? false,
                "self": "/press/joint/\(joint.entry)", "title": content.texts[shown]?.title ?? "", "lang": shown,
                "dir": Language.direction(ofTag: shown).rawValue, "digest": joint.digest,
                "state": text("state.\(joint.state.rawValue)", visit),
                "stateClass": joint.state == .open ? "awaiting" : joint.state == .released ? "agreed" : "refused",
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "standing": text(
                    "standing", ["count": .number(Int64(joint.signed.count)), "all": .text(visit.language.text(joint.act.parties.count))],
                    visit),
                "hour": joint.act.at.map {
                    text("hour", ["moment": .text(visit.language.text($0)), "quorum": .text(visit.language.text(joint.act.quorum))], visit)
                }
                    ?? (joint.change == nil
                        ? text("when-all", visit) : text("when-enough", ["quorum": .text(visit.language.text(joint.act.quorum))], visit)),
                "parties": joint.act.parties.map { party -> [String: Any] in
                    let signature = joint.signatures.first { $0.party == party }
                    return [
                        "name": names[party] ?? party, "party": party, "isSigned": signature != nil,
                        "at": signature.map { visit.language.text($0.at) } ?? "", "isOwn": own.contains(party),
                    ]
                },
                "texts": content.languages.map { tag -> [String: Any] in
                    [
                        "tag": tag, "dir": Language.direction(ofTag: tag).rawValue, "title": content.texts[tag]?.title ?? "",
                        "paragraphs": content.texts[tag]?.paragraphs ?? [],
                    ]
                },
                "sign": text(joint.change == nil ? "sign" : "sign-change", visit), "maySign": maySign,
                "mayStop": joint.state == .open && mine.contains(where: approves.contains),
                "signToken": house.formToken(visit), "stopToken": house.formToken(visit),
                "stopped": joint.stoppedBy.map { text("stopped-by", ["party": .text(names[$0] ?? $0)], visit) } ?? false,
                "statement": joint.statement.map { "/statements/\($0)" } ?? false,
            ] as [String: Any],
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [Breadcrumb(house.text("press.title", visit), "/press")], section: "/press", dossier: PressCommands.draftsDossier)
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func sort(of change: JointStatement.Change) -> String {
        if case .withdrawal = change.what { "withdrawal" } else { "correction" }
    }

    /// What a change says of itself, and which statement it is of.
    private func changeRow(_ joint: JointStatement, _ tag: String) -> [String: Any]? {
        guard let change = joint.change else { return nil }
        let said =
            switch change.what {
            case .correction(_, let texts), .withdrawal(let texts): texts
            }
        let shown = said[tag] != nil ? tag : joint.act.content.authoritative
        return [
            "said": said[shown] ?? said.min { $0.key < $1.key }?.value ?? "", "lang": shown,
            "dir": Language.direction(ofTag: shown).rawValue,
            "statement": change.statement.map { "/statements/\($0)" } ?? false,
        ]
    }

    private func enter(
        _ request: Request, _ visit: Visit,
        _ act: @escaping @Sendable (PressCommands, JointStatement, Form, NodeName) throws -> [ActDraft]
    ) async throws -> Response {
        let (person, joint, mine) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        do {
            guard let office = mine.first(where: Set(person.offices(as: .approver)).contains) else { throw Access.refusal(of: .approver) }
            let (access, node, commands) = (house.access, node, PressCommands(office: office, author: person.id))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    guard let joint = try JointQueries(database: context.database).joint(joint.entry) else { throw PressCommands.unknown }
                    return try act(commands, joint, form, node)
                })
            return house.seeOther("/press/joint/\(joint.entry)")
        } catch let refusal as Refusal where refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            if visit.wantsProblems { throw refusal }
            return try await page(visit, refusal: refusal)
        }
    }
}
