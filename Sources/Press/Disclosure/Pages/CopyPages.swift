import Acts
import Crypto
import Disclosure
import Foundation
import Hummingbird
import Ledger
import Record
import Web

/// Individual copies: made, given out, opened by their readers, who are told, and compared with a leak.
struct CopyPages: Sendable {
    let desk: DisclosureDesk
    let documents: DocumentPages

    private var house: House { desk.house }

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/copies") { _, visit in try await list(nil, visit, refusal: nil) }
        router.post("/press/copies") { request, visit in try await assign(request, visit) }
        router.get("/press/copies/{copies}") { _, visit in try await copies(visit, opened: false, refusal: nil) }
        router.post("/press/copies/{copies}/open") { request, visit in try await open(request, visit) }
        router.post("/press/copies/{copies}/analyse") { request, visit in try await analyse(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        desk.text("copies.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func list(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let keeping = person.offices(as: .pressOfficer) + person.offices(as: .approver)
        let files = try await house.record.read { try DisclosureQueries(database: $0).copies(for: person.id, offices: keeping) }
        let people = try Identity.people(in: house.record)
        let chosen = Set(fields?.texts("reader") ?? [])
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        return try desk.page(
            "copies", text("title", visit),
            [
                "standing": text("standing", ["count": .number(Int64(files.count))], visit), "hasCopies": !files.isEmpty,
                "copies": files.map { file in
                    [
                        "address": "/press/copies/\(file.act.copies)", "title": file.act.title, "number": file.act.copies,
                        "mine": file.copy(of: person.id).map { text("yours", ["count": .number(Int64($0))], visit) } ?? false,
                        "line": line(file), "date": visit.language.text(file.made),
                    ] as [String: Any]
                }, "mayAssign": person.holds(.pressOfficer), "offices": desk.choices(person, as: .pressOfficer, visit),
                "levels": documents.levels(chosen: value("level"), visit), "title": value("title"), "notation": value("notation"),
                "address": value("address"), "reference": value("reference"),
                "hint": text("hint", ["example": .text("{first wording|second wording}")], visit),
                "people": people.filter { other in
                    other.appointments.contains { offices.contains($0.office) } || person.holds(.administrator)
                }
                .map { ["id": $0.id, "name": $0.name, "chosen": chosen.contains($0.id)] as [String: Any] },
            ], visit, refusal: refusal)
    }

    private func line(_ file: CopiesFile) -> String {
        (try? SecurityLabel(json: file.act.label)).flatMap { try? desk.law.policies.line($0) } ?? ""
    }

    private func assign(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.upload(from: request, upTo: 1 << 20, visit)
        return try await desk.taking(request, visit) {
            let fields = form.fields
            let office = try desk.office(fields, person, as: .pressOfficer)
            let title = try fields.required("title")
            _ = try fields.filled("title", longest: DisclosureCommands.longestTitle)
            guard try fields.text("approved") == "yes" else {
                throw Refusal(
                    .unlawful, code: "press.copies.not-approved", "The author has not said that the wordings mean the same.",
                    mend: "Read every wording, and tick that they do.", citation: "docs/disclosure.md, Individual copies")
            }
            let (policy, level) = try documents.level(try fields.required("level"))
            let notation = try fields.required("notation")
            _ = try fields.filled("notation", longest: DisclosureCommands.longestText)
            let readers = fields.texts("reader")
            let (address, reference) = (try fields.filled("address", longest: 200), try fields.filled("reference", longest: 100))
            let language = visit.language.tag
            let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
            let people = Set(try Identity.people(in: house.record).map(\.id))
            let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
            let (access, request) = (house.access, form.request)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let today = context.now.date
                    let number = try DisclosureQueries(database: context.database).next("cop", in: today.year)
                    let label = SecurityLabel(policy: policy.identifier, classification: level.code, originator: office, created: today)
                    return try commands.assign(
                        CopiesAssigned(
                            copies: "cop-\(today.year)-\(number)", title: title, language: language, notation: notation, label: label.json,
                            readers: readers, secret: secret, address: address, reference: reference), people: people, form: request)
                })
            guard let act = try entries.first?.payload(as: CopiesAssigned.self) else { throw DisclosureCommands.unknown }
            return house.seeOther("/press/copies/\(act.copies)")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    /// The copies, where the person reads one, wrote the text, or approves for the office.
    private func readable(_ visit: Visit) async throws -> (Person, CopiesFile) {
        let person = try house.access.requireSignedIn(visit.person)
        let identifier = try visit.parameter("copies")
        guard let file = try await house.record.read({ try DisclosureQueries(database: $0).copies(identifier) }),
            file.copy(of: person.id) != nil || keeps(file, person)
        else { throw DisclosureCommands.unknown }
        return (person, file)
    }

    /// Author or approver of the office: who sees the log and may compare a leak.
    private func keeps(_ file: CopiesFile, _ person: Person) -> Bool {
        (person.offices(as: .pressOfficer) + person.offices(as: .approver)).contains(file.office)
    }

    private func copies(
        _ visit: Visit, opened: Bool, refusal: Refusal?, analysis: [String: Any]? = nil
    ) async throws -> Response {
        let (person, file) = try await readable(visit)
        let copy = file.copy(of: person.id)
        let own = copy.map { number in file.openings.count { $0.copy == Int64(number) } } ?? 0
        let isKeeper = keeps(file, person)
        // The log is a second person's to see: the approver's, and whoever made the copies sees only how often each was opened.
        let seesLog = person.offices(as: .approver).contains(file.office) && file.author != person.id
        let names = Dictionary(try Identity.people(in: house.record).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        let text = try file.text()
        var paragraphs: [String] = []
        var marks: [String] = []
        if opened, let copy {
            paragraphs = text.text(try file.assignment(of: text).choices[copy - 1])
            if let address = file.act.address { marks.append(file.canaries.address(copy: copy, at: address)) }
            if let reference = file.act.reference { marks.append(file.canaries.reference(copy: copy, base: reference)) }
        }
        let needed = LeakAnalysis.sitesNeeded(copies: file.act.readers.count)
        var context: [String: Any] = [
            "title": file.act.title, "line": line(file), "self": "/press/copies/\(file.act.copies)", "number": file.act.copies,
            "hasCopy": copy != nil, "opened": opened, "paragraphs": paragraphs, "marks": marks, "hasMarks": !marks.isEmpty,
            "lang": file.act.language, "dir": Language.direction(ofTag: file.act.language).rawValue,
            "told": self.text("told", visit), "count": self.text("openings", ["count": .number(Int64(own))], visit),
            "isKeeper": isKeeper, "second": house.formToken(visit),
            "sites": self.text("sites", ["count": .number(Int64(text.sites.count))], visit),
            "reach": text.sites.count >= needed
                ? self.text("reach", ["count": .number(Int64(needed))], visit)
                : self.text("no-reach", ["count": .number(Int64(needed))], visit),
            "log": (seesLog ? file.openings : []).map {
                [
                    "copy": visit.language.text($0.copy), "person": names[$0.person] ?? $0.person, "date": visit.language.text($0.at),
                    "datetime": $0.at.description,
                ]
            }, "hasLog": seesLog && !file.openings.isEmpty, "seesLog": seesLog,
            "logWhy": isKeeper && !seesLog ? self.text("log-why", visit) : false,
            "analyses": (isKeeper ? file.analyses : []).map { verdict($0.act, $0.at, visit) },
            "hasAnalyses": isKeeper && !file.analyses.isEmpty,
        ]
        context["analysis"] = analysis ?? false
        return try desk.page(
            "copy", file.act.title, context, visit, trail: [Breadcrumb(self.text("title", visit), "/press/copies")], refusal: refusal)
    }

    private func verdict(_ act: LeakAnalysed, _ at: Moment, _ visit: Visit) -> [String: Any] {
        let found = act.consistent.map {
            text("consistent", ["copy": .number($0.copy), "p": .text($0.probability), "count": .number($0.agreeing)], visit)
        }
        return [
            "date": visit.language.text(at), "read": text("read", ["read": .number(act.read), "count": .number(act.sites)], visit),
            "found": found, "hasFound": !found.isEmpty, "none": text("no-verdict", visit),
        ]
    }

    private func open(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, file) = try await readable(visit)
        let form = try await house.form(from: request, visit)
        let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
        let request = form.request
        _ = try await house.record.enter(Command { _ in try commands.open(file, form: request) })
        return try await copies(visit, opened: true, refusal: nil)
    }

    private func analyse(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, file) = try await readable(visit)
        let form = try await house.upload(from: request, upTo: 5 << 20, visit)
        guard keeps(file, person) else { throw DisclosureCommands.unknown }
        return try await desk.taking(request, visit) {
            let leak = try form.fields.required("leak")
            let text = try file.text()
            let analysis = LeakAnalysis(reading: LeakReading(of: leak, against: text), assignment: try file.assignment(of: text))
            let act = LeakAnalysed(
                copies: file.act.copies, text: Hexadecimal.encode(Array(SHA256.hash(data: Array(leak.utf8)))), sites: Int64(analysis.sites),
                read: Int64(analysis.read),
                consistent: analysis.consistent.prefix(50).map {
                    .init(copy: Int64($0.copy), agreeing: Int64($0.agreeing), probability: String(format: "%.1e", $0.probability))
                })
            let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
            _ = try await house.record.enter(Command([commands.own(act, form: form.request)]))
            var shown = verdict(act, house.now(), visit)
            let sightings = file.canaries.sightings(in: leak)
            shown["marks"] = sightings.map { self.text("sighting.\($0.kind.rawValue)", ["copy": .number(Int64($0.copy))], visit) }
            shown["hasMarks"] = !sightings.isEmpty
            return try await copies(visit, opened: false, refusal: nil, analysis: shown)
        } orShow: {
            try await copies(visit, opened: false, refusal: $0)
        }
    }
}
