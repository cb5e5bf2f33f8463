import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// For officers: which servers confirmed that they took a statement, and when; which fail, and which were given up.
struct DeliveryPages: Sendable {
    let house: House
    let runtime: FediverseRuntime

    /// Servers that the page shows at most.
    private static let most = 1_000

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/statements/{statement}/deliveries") { _, visit in try await deliveries(visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.deliveries.\(key)", arguments, visit)
    }

    private func deliveries(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let identifier = try visit.parameter("statement").lowercased()
        let version = try visit.query.linkedInteger("version", in: 1...Int64(Int32.max))
        let failing = runtime.board.failing
        let found = try await house.record.read { database -> (PublicStatement, DeliveryProgress, Moment)? in
            let queries = FediverseQueries(database: database)
            guard let statement = try PressQueries(database: database).statement(identifier, version: version),
                let release = try queries.release(of: identifier, version: statement.act.version)
            else { return nil }
            return (statement, DeliveryProgress(try queries.receipts(ofRelease: release.entry), failing: failing), release.at)
        }
        guard let (statement, progress, released) = found, person.appointments.contains(where: { $0.office == statement.act.office }) else {
            throw PressCommands.noStatement
        }
        let tag = statement.language(wished: visit.language.tag)
        let title = statement.act.content.texts[tag]?.title ?? statement.act.code
        func after(_ moment: Moment?) -> Any { moment.map { Self.after($0, released, house, visit) } ?? false }
        var response = try house.page(
            visit,
            Page(
                template: "press/deliveries", title: text("title", [:], visit),
                context: [
                    "statementTitle": title, "lang": tag, "dir": Language.direction(ofTag: tag).rawValue,
                    "statement": "/statements/\(identifier)", "standing": Self.standing(progress, released, house, visit),
                    "states": DeliveryProgress.State.allCases.filter { progress.count($0) > 0 }.map { state -> [String: Any] in
                        [
                            "name": text("state.\(state.rawValue)", [:], visit),
                            "count": visit.language.text(Int64(progress.count(state))),
                        ]
                    },
                    "servers": progress.servers.prefix(Self.most).map { server -> [String: Any] in
                        [
                            "host": server.host, "state": text("state.\(server.state.rawValue)", [:], visit),
                            "class": server.state == .confirmed
                                ? "agreed" : server.state == .waiting || server.state == .failing ? "awaiting" : "refused",
                            "inboxes": server.inboxes > 1
                                ? text(
                                    "inboxes",
                                    ["count": .number(Int64(server.inboxes)), "hits": .text(visit.language.text(Int64(server.confirmed)))],
                                    visit) : false,
                            "at": server.last.map { visit.language.text($0) } ?? false, "datetime": server.last?.description ?? false,
                            "after": after(server.last),
                        ]
                    }, "hasServers": !progress.servers.isEmpty,
                ] as [String: Any],
                trail: [Breadcrumb(house.text("press.title", visit), "/press")], section: "/press", dossier: PressCommands.draftsDossier))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// How many of how many, and how long until the first.
    static func standing(_ progress: DeliveryProgress, _ released: Moment, _ house: House, _ visit: Visit) -> String {
        guard !progress.servers.isEmpty else { return house.text("press.deliveries.nobody", visit) }
        var sentences = [
            house.text(
                "press.deliveries.standing",
                [
                    "count": .number(Int64(progress.servers.count)), "hits": .text(visit.language.text(Int64(progress.confirmed))),
                ], visit)
        ]
        if let first = progress.first {
            sentences.append(house.text("press.deliveries.first", ["time": .text(after(first, released, house, visit))], visit))
        }
        return sentences.joined(separator: " ")
    }

    /// How long after the release; below two seconds in milliseconds.
    private static func after(_ moment: Moment, _ released: Moment, _ house: House, _ visit: Visit) -> String {
        let milliseconds = max(0, moment.milliseconds - released.milliseconds)
        return milliseconds < 2_000
            ? house.text("press.deliveries.milliseconds", ["count": .number(milliseconds)], visit) : house.duration(milliseconds, visit)
    }
}
