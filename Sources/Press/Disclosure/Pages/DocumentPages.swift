import Acts
import Disclosure
import Foundation
import Hummingbird
import Ledger
import Record
import Web

/// The officers' documents: filed with a marking on every paragraph, re-marked, released whole or in part.
struct DocumentPages: Sendable {
    let desk: DisclosureDesk

    private var house: House { desk.house }
    private var law: DisclosureLaw { desk.law }

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/documents") { _, visit in try await list(nil, visit, refusal: nil) }
        router.post("/press/documents") { request, visit in try await file(request, visit) }
        router.get("/press/documents/{document}") { _, visit in try await document(visit, refusal: nil) }
        router.post("/press/documents/{document}/mark") { request, visit in try await mark(request, visit) }
        router.post("/press/documents/{document}/release") { request, visit in try await release(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text(key, arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { desk.text(key, visit) }

    /// The lines at the head of a document, one for each policy.
    private func lines(_ document: FiledDocument, _ visit: Visit) -> [String] {
        guard let marking = try? document.marking(under: law.policies) else { return [text("open", visit)] }
        return marking.labels.compactMap { try? law.policies.line($0) }
    }

    private func list(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let documents = try await house.record.read { try DisclosureQueries(database: $0).documents(of: offices) }
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        return try desk.page(
            "documents", text("documents", visit),
            [
                "standing": text("documents.standing", ["count": .number(Int64(documents.count))], visit),
                "documents": documents.map {
                    [
                        "address": "/press/documents/\($0.act.document)", "title": $0.act.title, "number": $0.act.document,
                        "lines": lines($0, visit), "date": visit.language.text($0.filed),
                    ] as [String: Any]
                }, "hasDocuments": !documents.isEmpty, "offices": desk.choices(person, as: .pressOfficer, visit),
                "mayFile": person.holds(.pressOfficer), "title": value("title"), "text": value("text"), "foreign": value("foreign"),
                "event": value("event"), "until": value("until"),
                "levels": levels(chosen: value("level"), visit), "policies": policies(visit),
                "languages": house.catalogue.languages.map {
                    ["tag": $0.tag, "name": $0.ownName, "current": $0 == visit.language] as [String: Any]
                },
            ], visit, refusal: refusal)
    }

    /// Every level of every policy, as one choice: `eu/SECRET UE/EU SECRET`.
    func levels(chosen: String, _ visit: Visit) -> [[String: Any]] {
        law.policies.policies.values.sorted { $0.identifier < $1.identifier }.flatMap { policy in
            policy.levels.map { level in
                let value = "\(policy.identifier)/\(level.code)"
                return [
                    "value": value, "name": "\(policy.name(in: visit.language.tag)): \(policy.marking(of: level))",
                    "selected": value == chosen,
                ] as [String: Any]
            }
        }
    }

    /// How portions are marked under each policy, with its source.
    private func policies(_ visit: Visit) -> [[String: Any]] {
        law.policies.policies.values.sorted { $0.identifier < $1.identifier }.map { policy in
            [
                "name": policy.name(in: visit.language.tag), "marks": policy.levels.map { "(\($0.portionMark))" }.joined(separator: " "),
                "source": policy.source,
            ] as [String: Any]
        }
    }

    /// Reads a choice of ``levels(chosen:_:)``.
    func level(_ text: String) throws(Refusal) -> (MarkingPolicy, MarkingPolicy.Level) {
        guard let slash = text.firstIndex(of: "/"), let policy = law.policies.policies[String(text[..<slash])],
            let level = policy.level(String(text[text.index(after: slash)...]))
        else { throw DisclosureCommands.unknownPolicy }
        return (policy, level)
    }

    private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.upload(from: request, upTo: 1 << 20, visit)
        return try await desk.taking(request, visit) {
            let fields = form.fields
            let office = try desk.office(fields, person, as: .pressOfficer)
            let title = try fields.required("title")
            _ = try fields.filled("title", longest: DisclosureCommands.longestTitle)
            let (policy, level) = try level(try fields.required("level"))
            _ = try fields.required("text")
            let portions = PortionMarks.read(
                try fields.filled("text", longest: DisclosureCommands.longestText) ?? "", policy: policy, level: level)
            let language = try fields.filled("language", longest: 16) ?? visit.language.tag
            let foreign = (try fields.filled("foreign", longest: 1_000) ?? "").split(separator: ",").map { String($0).trimmed }
            var ending: SecurityLabel.Declassification?
            if let event = try fields.filled("event", longest: 300) { ending = .event(event) }
            if let day = try fields.date("until") { ending = .on(day) }
            let declassification = ending
            let commands = DisclosureCommands(office: office, author: person.id, law: law)
            let (access, request) = (house.access, form.request)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let today = context.now.date
                    return try commands.file(
                        title: title, language: language, portions: portions, policy: policy, originator: office,
                        declassification: declassification, foreign: foreign,
                        number: try DisclosureQueries(database: context.database).next("doc", in: today.year), today: today, form: request)
                })
            guard let filed = try entries.first?.payload(as: DocumentFiled.self) else { throw DisclosureCommands.unknown }
            return house.seeOther("/press/documents/\(filed.document)")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    /// The document, where it is one of the person's offices'.
    private func readable(_ visit: Visit) async throws -> (Person, FiledDocument) {
        let person = try house.access.requireSignedIn(visit.person)
        let identifier = try visit.parameter("document")
        guard let document = try await house.record.read({ try DisclosureQueries(database: $0).document(identifier) }),
            desk.offices(person).contains(document.office)
        else { throw DisclosureCommands.unknown }
        return (person, document)
    }

    private func document(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (person, document) = try await readable(visit)
        let today = house.now().date
        let requests = try await house.record.read { try DisclosureQueries(database: $0).requests() }
        let exemptions = law.regimes.regimes.values.sorted { $0.identifier < $1.identifier }.flatMap { regime in
            regime.exemptions.map {
                [
                    "value": "\(regime.identifier)|\($0.code)",
                    "name": "\(regime.name(in: visit.language.tag)), \($0.code): \($0.name(in: visit.language.tag))",
                ]
            }
        }
        let mayMark = person.offices(as: .approver).contains(document.office)
        let isOwn = document.author == person.id
        let parts = document.parts.enumerated().map { number, part -> [String: Any] in
            let policy = part.label.flatMap { law.policies.policies[$0.policy] }
            let level = part.label.flatMap { policy?.level($0.classification) }
            return [
                "path": part.path, "number": String(number + 1), "text": part.text, "marked": level.map { "(\($0.portionMark))" } ?? "",
                "isMarked": part.label != nil, "clock": part.label.map { clock($0, today, visit) } ?? text("open", visit),
                "levels": policy?.levels.map {
                    [
                        "value": "\(policy?.identifier ?? "")/\($0.code)", "name": policy?.marking(of: $0) ?? $0.code,
                        "selected": $0 == level,
                    ]
                        as [String: Any]
                } ?? [], "request": house.formToken(visit), "mayMark": mayMark,
                "exemptions": exemptions.enumerated().map { ["value": $0.element["value"] ?? "", "name": $0.element["name"] ?? ""] },
                "self": "/press/documents/\(document.act.document)",
            ]
        }
        return try desk.page(
            "document", document.act.title,
            [
                "title": document.act.title, "number": document.act.document, "lines": lines(document, visit),
                "lang": document.act.language,
                "dir": Language.direction(ofTag: document.act.language).rawValue, "self": "/press/documents/\(document.act.document)",
                "parts": parts, "root": document.commitment.root.hexadecimal, "commitment": "/record/acts/\(document.commitmentEntry)",
                "mayRelease": mayMark && !isOwn, "whyNot": isOwn ? text("two-persons", visit) : false,
                "requests": requests.filter { $0.office == document.office }.map {
                    ["value": $0.act.request, "name": "\($0.act.request): \($0.act.subject)"]
                },
            ], visit, trail: [Breadcrumb(text("documents", visit), "/press/documents")], refusal: refusal)
    }

    private func clock(_ label: SecurityLabel, _ day: CalendarDate, _ visit: Visit) -> String {
        guard let state = try? DeclassificationClock.state(of: label, on: day, under: law.policies) else { return "" }
        return switch state {
        case .open: text("open", visit)
        case .opens(let date): text("clock.opens", ["date": .date(date)], visit)
        case .due(let since): text("clock.due", ["date": .date(since)], visit)
        case .awaitsEvent(let event): text("clock.event", ["event": .text(event)], visit)
        case .awaitsAgreement(let originators): text("clock.agreement", ["originators": .text(originators.joined(separator: ", "))], visit)
        case .noEnd: text("clock.none", visit)
        }
    }

    private func mark(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, document) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        guard person.offices(as: .approver).contains(document.office) else { throw Access.refusal(of: .approver) }
        return try await desk.taking(request, visit) {
            let path = try form.fields.required("path")
            let (_, level) = try level(try form.fields.required("level"))
            let reason = try form.fields.required("reason")
            _ = try form.fields.filled("reason", longest: 2_000)
            let agreed = Set((try form.fields.filled("agreed", longest: 1_000) ?? "").split(separator: ",").map { String($0).trimmed })
            let commands = DisclosureCommands(office: document.office, author: person.id, law: law)
            let (access, request, identifier) = (house.access, form.request, document.act.document)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: commands.office, of: context.database)
                    guard let now = try DisclosureQueries(database: context.database).document(identifier) else {
                        throw DisclosureCommands.unknown
                    }
                    return try commands.remark(
                        now, path: path, level: level, speakingFor: [commands.office], agreed: agreed, reason: reason,
                        today: context.now.date, form: request)
                })
            return house.seeOther("/press/documents/\(identifier)")
        } orShow: {
            try await self.document(visit, refusal: $0)
        }
    }

    private func release(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, document) = try await readable(visit)
        let form = try await house.upload(from: request, upTo: 1 << 20, visit)
        guard person.offices(as: .approver).contains(document.office) else { throw Access.refusal(of: .approver) }
        return try await desk.taking(request, visit) {
            var withheld: [String: (regime: String, exemption: String)] = [:]
            for part in document.parts {
                guard let ground = try form.fields.filled("withhold-\(part.path)", longest: 200) else { continue }
                let halves = ground.split(separator: "|", maxSplits: 1).map(String.init)
                withheld[part.path] = (halves.first ?? "", halves.count == 2 ? halves[1] : "")
            }
            let title = try form.fields.required("title")
            _ = try form.fields.filled("title", longest: DisclosureCommands.longestTitle)
            let answers = try form.fields.filled("answers", longest: 64)
            let collection = try form.fields.filled("collection", longest: 64)
            let commands = DisclosureCommands(office: document.office, author: person.id, law: law)
            let (access, request, identifier, grounds) = (house.access, form.request, document.act.document, withheld)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: commands.office, of: context.database)
                    let queries = DisclosureQueries(database: context.database)
                    let today = context.now.date
                    guard let now = try queries.document(identifier) else { throw DisclosureCommands.unknown }
                    let answered = try answers.map { name -> AccessRequestFile in
                        guard let found = try queries.request(name), found.office == commands.office else {
                            throw DisclosureCommands.unknown
                        }
                        return found
                    }
                    return try commands.release(
                        now, title: title, withholding: grounds, number: try queries.next("rel", in: today.year), request: answered,
                        collection: collection, today: today, form: request)
                })
            guard let act = try entries.first?.payload(as: DocumentReleased.self) else { throw DisclosureCommands.unknown }
            return house.seeOther("/disclosures/\(act.release)")
        } orShow: {
            try await self.document(visit, refusal: $0)
        }
    }
}
