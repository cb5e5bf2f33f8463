import Acts
import Disclosure
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// What everybody may read: documents released, whole or in part, and requests for access with their clocks.
struct DisclosurePages: Sendable {
    let house: House
    let law: DisclosureLaw
    let paper: ReleasePaper

    func addRoutes(to router: Router<Visit>) {
        router.get("/disclosures") { request, visit in try await list(request, visit) }
        router.get("/disclosures/{release}") { request, visit in try await release(request, visit) }
        router.get("/disclosures/{release}/file") { _, visit in try await file(visit) }
        router.get("/disclosures/{release}/pdf") { _, visit in try await pdf(visit) }
        router.get("/access-requests") { request, visit in try await requests(request, visit) }
        router.get("/access-requests/{request}") { request, visit in try await accessRequest(request, visit) }
    }

    static let dependency = PageDependency.dossiers([DisclosureCommands.dossier])
    static let section = "/disclosures"

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.disclosure.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: Releases

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let wish = try visit.query.filled("q", longest: 200)
            let collection = try visit.query.filled("collection", longest: 64)
            let words = wish?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
            let (releases, collections) = try await house.record.read { database in
                let queries = DisclosureQueries(database: database)
                return (try queries.releases(words: words, collection: collection), try queries.collections())
            }
            if representation == .json { return house.json(["releases": .array(releases.map(summary))]) }
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/releases", title: text("title", visit),
                    context: [
                        "standing": text("standing", ["count": .number(Int64(releases.count))], visit), "q": wish ?? "",
                        "collection": collection ?? false, "isSearch": wish != nil || collection != nil, "hasReleases": !releases.isEmpty,
                        "releases": releases.map { release in
                            [
                                "address": "/disclosures/\(release.act.release)", "title": release.act.title,
                                "lang": release.act.language, "dir": Language.direction(ofTag: release.act.language).rawValue,
                                "date": visit.language.text(release.released.date), "datetime": release.released.date.description,
                                "part": text(isPartial(release) ? "in-part" : "whole", visit), "isPart": isPartial(release),
                            ] as [String: Any]
                        }, "hasCollections": !collections.isEmpty,
                        "collections": collections.map {
                            [
                                "name": $0.name, "address": "/disclosures?collection=\(PercentCoding.encode($0.name))",
                                "count": text("count", ["count": .number(Int64($0.count))], visit), "current": $0.name == collection,
                            ] as [String: Any]
                        },
                    ] as [String: Any], section: Self.section, dossier: DisclosureCommands.dossier, alternates: [.json]))
        }
    }

    private func isPartial(_ release: PublicRelease) -> Bool { !(release.act.file["removals"]?.array ?? []).isEmpty }

    private func summary(_ release: PublicRelease) -> JSON {
        var object: JSONObject = [
            "release": .string(release.act.release), "title": .string(release.act.title), "language": .string(release.act.language),
            "released": .string(release.released.description), "partial": .bool(isPartial(release)), "entry": .integer(release.entry),
            "url": .string("\(house.configuration.origin)/disclosures/\(release.act.release)"),
        ]
        object["request"] = release.act.request.map(JSON.string)
        object["collection"] = release.act.collection.map(JSON.string)
        return .object(object)
    }

    private func found(_ visit: Visit) async throws -> (PublicRelease, RedactedRelease) {
        let identifier = try visit.parameter("release")
        guard let release = try await house.record.read({ try DisclosureQueries(database: $0).release(identifier) }) else {
            throw DisclosureCommands.unknown
        }
        return (release, try RedactedRelease(json: release.act.file))
    }

    private func removed(_ regime: String, _ exemption: String, _ language: Language) -> String {
        let law = self.law.regimes.regimes[regime]
        return house.catalogue.text(
            "press.disclosure.removed",
            [
                "exemption": .text(exemption), "law": .text(law?.name(in: language.tag) ?? regime),
                "ground": .text(law?.exemption(exemption)?.name(in: language.tag) ?? exemption),
            ], language)
    }

    private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let (release, file) = try await found(visit)
            let isGood = (try? ReleaseVerification.checkRoot(file)) != nil
            if representation == .json {
                var object = summary(release).object ?? [:]
                object["file"] = file.json
                object["verified"] = .bool(isGood)
                object["commitment"] = .integer(release.act.commitment)
                return house.json(.object(object))
            }
            guard let entry = try house.record.entry(at: release.entry) else { throw DisclosureCommands.unknown }
            let own = "/disclosures/\(release.act.release)"
            let dir = Language.direction(ofTag: release.act.language).rawValue
            var context: [String: Any] = [
                "title": release.act.title, "lang": release.act.language, "dir": dir,
                "date": visit.language.text(release.released.date), "datetime": release.released.date.description,
                "part": text(isPartial(release) ? "in-part" : "whole", visit), "isPart": isPartial(release),
                "verified": text(isGood ? "verified" : "broken", visit), "verifiedClass": isGood ? "agreed" : "refused",
                "verifiedState": isGood ? "verified" : "broken",
                "root": file.commitment.root.hexadecimal, "leaves": text("leaves", ["count": .number(Int64(file.commitment.size))], visit),
                "issued": text("issued", ["date": .date(file.commitment.issued)], visit),
                "commitment": "/record/acts/\(release.act.commitment)",
                "file": "\(own)/file", "pdf": "\(own)/pdf?lang=\(visit.language.tag)",
                "request": release.act.request.map { ["number": $0, "address": "/access-requests/\($0)"] } ?? false,
                "pieces": ReleaseText(file).pieces.map { piece -> [String: Any] in
                    switch piece {
                    case .paragraph(let words): ["paragraph": words, "removal": false]
                    case .removal(let regime, let exemption):
                        ["paragraph": false, "removal": removed(regime, exemption, visit.language)]
                    }
                },
                "hasRemovals": !file.removals.isEmpty,
            ]
            context["seal"] = try house.seal(of: entry, visit)
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/release", title: release.act.title, context: context,
                    trail: [Breadcrumb(text("title", visit), Self.section)], section: Self.section, alternates: [.json]))
        }
    }

    private func file(_ visit: Visit) async throws -> Response {
        let (release, file) = try await found(visit)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .contentDisposition: "attachment; filename=\"\(release.act.release).json\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.json.canonicalBytes)))
    }

    private func pdf(_ visit: Visit) async throws -> Response {
        let (release, file) = try await found(visit)
        let language = visit.language
        let offices = try await house.offices()
        let words = ReleasePaper.Words(
            title: release.act.title, office: offices.first { $0.id == release.office }?.name(in: language) ?? release.office,
            removed: { removed($0, $1, language) },
            foot: "\(house.configuration.origin.authority)/disclosures/\(release.act.release)", language: release.act.language)
        let bytes = try await paper.pdf(file, released: release.released, words)
        return Response(
            status: .ok,
            headers: [.contentType: "application/pdf", .contentDisposition: "inline; filename=\"\(release.act.release).pdf\""],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    // MARK: Requests for access

    private func requests(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let files = try await house.record.read { try DisclosureQueries(database: $0).requests() }
            let today = house.now().date
            if representation == .json { return house.json(["requests": .array(files.map { resource($0, on: today) })]) }
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/requests", title: text("requests.title", visit),
                    context: [
                        "standing": text("requests.standing", ["count": .number(Int64(files.count))], visit), "hasRequests": !files.isEmpty,
                        "requests": files.map { row($0, on: today, visit) },
                    ] as [String: Any], section: Self.section, dossier: DisclosureCommands.dossier, alternates: [.json]))
        }
    }

    private func accessRequest(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let identifier = try visit.parameter("request")
            guard let file = try await house.record.read({ try DisclosureQueries(database: $0).request(identifier) }) else {
                throw DisclosureCommands.unknown
            }
            let today = house.now().date
            if representation == .json { return house.json(resource(file, on: today)) }
            return try house.page(
                visit,
                Page(
                    template: "press/disclosure/request", title: file.act.subject, context: row(file, on: today, visit),
                    trail: [Breadcrumb(text("requests.title", visit), "/access-requests")], section: Self.section,
                    dossier: DisclosureCommands.dossier, alternates: [.json]))
        }
    }

    func state(_ file: AccessRequestFile, on day: CalendarDate) -> AccessClock.State? {
        law.regimes.clock(file.act.regime)?.state(of: file.history, on: day)
    }

    func resource(_ file: AccessRequestFile, on day: CalendarDate) -> JSON {
        var object: JSONObject = [
            "request": .string(file.act.request), "regime": .string(file.act.regime), "received": .string(file.act.received.description),
            "subject": .string(file.act.subject), "steps": .array(file.steps.map(\.json)),
            "releases": .array(file.releases.map(JSON.string)),
        ]
        if let clock = law.regimes.clock(file.act.regime) {
            object["due"] = clock.due(file.history).map { .string($0.description) }
            object["appealUntil"] = clock.appealUntil(file.history).map { .string($0.description) }
            object["appealDue"] = clock.appealDue(file.history).map { .string($0.description) }
            object["state"] = .string(Self.name(clock.state(of: file.history, on: day)))
        }
        return .object(object)
    }

    static func name(_ state: AccessClock.State) -> String {
        switch state {
        case .unregistered: "unregistered"
        case .paused: "paused"
        case .running(_, let left): left < 0 ? "overdue" : "running"
        case .answered: "answered"
        case .appealOpen: "appeal-open"
        case .appealRunning(_, let left): left < 0 ? "appeal-overdue" : "appeal-running"
        case .appealAnswered: "appeal-answered"
        }
    }

    /// Where a request stands, in words.
    func words(_ state: AccessClock.State, _ visit: Visit) -> String {
        let key = "state.\(Self.name(state))"
        switch state {
        case .unregistered: return text(key, visit)
        case .paused(let since): return text(key, ["date": .date(since)], visit)
        case .running(let due, let left), .appealRunning(let due, let left):
            return text(key, ["date": .date(due), "count": .number(Int64(abs(left)))], visit)
        case .answered(let on, let late), .appealAnswered(let on, let late):
            return text(key, ["date": .date(on)], visit) + (late ? " · " + text("late", visit) : "")
        case .appealOpen(let until): return text(key, ["date": .date(until)], visit)
        }
    }

    func row(_ file: AccessRequestFile, on day: CalendarDate, _ visit: Visit) -> [String: Any] {
        let regime = law.regimes.regimes[file.act.regime]
        let state = state(file, on: day)
        let name = state.map(Self.name) ?? "unregistered"
        return [
            "number": file.act.request, "subject": file.act.subject, "address": "/access-requests/\(file.act.request)",
            "law": regime?.name(in: visit.language.tag) ?? file.act.regime, "source": regime?.source ?? "",
            "received": text("received", ["date": .date(file.act.received)], visit), "state": state.map { words($0, visit) } ?? "",
            "stateName": name,
            "stateClass": name.hasSuffix("overdue")
                ? "refused" : ["answered", "appeal-open", "appeal-answered"].contains(name) ? "agreed" : "awaiting",
            "steps": file.steps.map { step in
                [
                    "text": text("step.\(step.step.rawValue)", visit)
                        + (step.outcome.map { ": " + text("outcome.\($0.rawValue)", visit) } ?? ""),
                    "date": visit.language.text(step.on), "datetime": step.on.description, "citation": step.citation ?? false,
                ] as [String: Any]
            }, "hasSteps": !file.steps.isEmpty,
            "releases": file.releases.map { ["number": $0, "address": "/disclosures/\($0)"] }, "hasReleases": !file.releases.isEmpty,
        ]
    }
}
