import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// `/conferences/{conference}/digest`: what a delegation must know, on one small page, and as plain text for a bad line.
struct DigestPages: Sendable {
    let house: House
    let states: RoomStates
    let texts: TextStates
    let sealing: PaperSealing

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }
    private var keeping: PaperKeeping { PaperKeeping(house: house, sealing: sealing) }
    private var composer: MissionDigestComposer { MissionDigestComposer(house: house, states: states, texts: texts, sealing: sealing) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/digest") { _, visit in try await digest(visit) }
        router.post("/conferences/{conference}/digest/seen") { request, visit in try await see(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("digest.\(key)", arguments, visit)
    }

    /// A person says that they have seen everything up to an entry.
    private func see(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.form(from: request, visit)
        guard let upTo = try form.fields.integer("upTo", in: 0...Int64.max) else { throw Fields.missing("upTo") }
        let (id, person, access) = (visitor.conference.id, visitor.standing.person, house.access)
        let act = ConferenceDigestSeen(conference: id, person: person, upTo: upTo)
        let commands = PaperCommands(form: form.request)
        _ = try await house.record.enter(
            Command { context in
                guard let now = try access.person(person, in: context.database),
                    let conference = try ConferenceQueries(database: context.database).conference(id)
                else { throw PaperCommands.noSpace }
                _ = try PrivateStanding.of(now, in: conference)
                let before = try PaperQueries(database: context.database).seen(id, by: person)?.upTo ?? 0
                return commands.see(act, before: before, size: context.nextIndex)
            })
        return house.seeOther("\(pages.address(visitor.conference))/digest")
    }

    private func digest(_ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let conference = visitor.conference
        let person = try house.access.requireSignedIn(visit.person)
        let digest = try await composer.digest(for: visitor, person, visit.language)
        switch try visit.representation(of: [.html, .json, .txt]) {
        case .json: return unkept(house.json(resource(digest)))
        case .txt:
            return unkept(
                Response(
                    status: .ok, headers: [.contentType: Representation.txt.contentType, .contentLanguage: visit.language.tag],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: plain(digest, conference, visit)))))
        default: break
        }
        let address = "\(pages.address(conference))/digest"
        var context: [String: Any] = [
            "self": address, "conference": pages.address(conference), "standing": standing(digest, visit),
            "since": since(digest, visit), "hasChanges": !digest.changes.isEmpty, "hasDue": !digest.due.isEmpty,
            "hasWanted": !digest.wanted.isEmpty, "request": house.formToken(visit), "upTo": String(digest.upTo),
            "papers": digest.papers == 0 ? false : text("papers", ["count": .number(Int64(digest.papers))], visit),
        ]
        context["due"] = digest.due.map { due -> [String: Any] in
            [
                "kind": due.kind.rawValue, "text": due.text, "address": due.path, "at": due.at.map { visit.language.text($0) } ?? false,
                "instant": due.at?.description ?? "",
            ]
        }
        context["wanted"] = digest.wanted.map { wanted -> [String: Any] in
            [
                "title": wanted.title, "address": "\(wanted.path)?show=needed",
                "needs": wanted.needs.prefix(50).map { need -> [String: Any] in
                    [
                        "provision": need.provision, "why": pages.text("positions.need.\(need.reason.rawValue)", visit),
                        "address": "\(wanted.path)?provision=\(PercentCoding.encode(need.provision))#\(need.provision)",
                    ]
                },
                "more": wanted.needs.count > 50 ? text("more", ["count": .number(Int64(wanted.needs.count - 50))], visit) : false,
            ]
        }
        context["groups"] = NewsTopic.allCases.compactMap { topic -> [String: Any]? in
            let changes = digest.changes.filter { $0.topic == topic }
            guard !changes.isEmpty else { return nil }
            return [
                "topic": topic.rawValue, "heading": text("topic.\(topic.rawValue)", visit),
                "changes": changes.prefix(100).map { change -> [String: Any] in
                    [
                        "title": change.title, "address": change.path, "acts": acts(change, visit),
                        "details": change.details.isEmpty ? false : change.details.prefix(20).joined(separator: ", "),
                        "date": visit.language.text(change.last),
                    ]
                },
                "more": changes.count > 100 ? text("more", ["count": .number(Int64(changes.count - 100))], visit) : false,
            ]
        }
        var page = Page(
            template: "conferences/private/digest", title: text("title", visit), context: context,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(conference.title, visit), pages.address(conference)),
            ], section: "/conferences", dossier: conference.dossier, alternates: [.json, .txt])
        page.address = address
        return unkept(try house.page(visit, page))
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func standing(_ digest: MissionDigest, _ visit: Visit) -> String {
        [
            text("standing.changes", ["count": .number(Int64(digest.changes.count))], visit),
            text("standing.due", ["count": .number(Int64(digest.due.count))], visit),
            text("standing.needs", ["count": .number(Int64(digest.needCount))], visit),
        ].joined(separator: " · ")
    }

    private func since(_ digest: MissionDigest, _ visit: Visit) -> String {
        digest.since.map { text("since", ["moment": .moment($0)], visit) } ?? text("since.never", visit)
    }

    /// "amendment proposed × 3, amendment applied".
    private func acts(_ change: MissionDigest.Change, _ visit: Visit) -> String {
        change.acts.map { act in
            let name = house.text("kind.\(act.kind.name)", visit)
            return act.count == 1 ? name : "\(name) × \(visit.language.text(act.count))"
        }.joined(separator: ", ")
    }

    /// The same without markup: a line for each thing.
    private func plain(_ digest: MissionDigest, _ conference: Conference, _ visit: Visit) -> String {
        var lines = [pages.chosen(conference.title, visit), standing(digest, visit), since(digest, visit)]
        if !digest.due.isEmpty {
            lines += ["", text("due", visit)]
            lines += digest.due.map { due in "- \(due.text)" + (due.at.map { ": \(visit.language.text($0))" } ?? "") }
        }
        if !digest.wanted.isEmpty {
            lines += ["", text("wanted", visit)]
            for wanted in digest.wanted {
                lines.append("\(wanted.title) (\(wanted.path))")
                lines += wanted.needs.prefix(50).map { "- \($0.provision): \(pages.text("positions.need.\($0.reason.rawValue)", visit))" }
            }
        }
        if !digest.changes.isEmpty {
            lines += ["", text("changes", visit)]
            lines += digest.changes.prefix(200).map { change in
                "- \(change.title): \(acts(change, visit))"
                    + (change.details.isEmpty ? "" : " [\(change.details.prefix(20).joined(separator: ", "))]")
            }
        }
        if digest.papers > 0 { lines += ["", text("papers", ["count": .number(Int64(digest.papers))], visit)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func resource(_ digest: MissionDigest) -> JSON {
        var object: JSONObject = ["upTo": .integer(digest.upTo), "papers": .integer(Int64(digest.papers))]
        object["since"] = digest.since.map { .string($0.description) }
        object["changes"] = .array(
            digest.changes.map { change in
                [
                    "topic": .string(change.topic.rawValue), "thing": .string(change.thing), "title": .string(change.title),
                    "path": .string(change.path), "last": .string(change.last.description),
                    "details": .array(change.details.map(JSON.string)),
                    "acts": .array(change.acts.map { ["kind": .string($0.kind.description), "count": .integer(Int64($0.count))] }),
                ]
            })
        object["due"] = .array(
            digest.due.map { due in
                var one: JSONObject = ["kind": .string(due.kind.rawValue), "text": .string(due.text), "path": .string(due.path)]
                one["at"] = due.at.map { .string($0.description) }
                return .object(one)
            })
        object["needs"] = .array(
            digest.wanted.map { wanted in
                [
                    "text": .string(wanted.text), "title": .string(wanted.title),
                    "provisions": .array(
                        wanted.needs.map { ["provision": .string($0.provision), "reason": .string($0.reason.rawValue)] }),
                ]
            })
        return .object(object)
    }

    private func unkept(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
