import Acts
import Fediverse
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

extension FediverseRulePages {
    /// Most bytes of a form with a list.
    private static let mostBytes = DomainBlockList.longest + (64 << 10)

    func addListRoutes(to router: Router<Visit>) {
        router.get("/press/fediverse/blocks.csv") { _, visit in try await export(visit) }
        router.post("/press/fediverse/blocks") { request, visit in try await takeList(request, visit) }
    }

    /// The hosts that are not heard, as Mastodon imports them; decisions on single actors and on everybody have no place in such a list.
    private func export(_ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .approver)
        let rules = try await house.record.read { try FediverseQueries(database: $0).rules() }
        let rows = rules.compactMap { rule -> DomainBlockList.Row? in
            guard DomainBlockList.isHost(rule.subject) else { return nil }
            switch rule.standing {
            case .open: return nil
            case .silenced: return .init(domain: rule.subject, severity: .silence, comment: rule.reason)
            case .suspended: return .init(domain: rule.subject, severity: .suspend, comment: rule.reason)
            }
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"domain_blocks.csv\"",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: DomainBlockList(rows: rows).csv)))
    }

    private func takeList(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        guard let office = person.offices(as: .approver).sorted().first else { throw Access.refusal(of: .approver) }
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        do {
            guard let bytes = try form.file("list")?.bytes ?? form.fields.text("list").map({ Array($0.utf8) }), !bytes.isEmpty else {
                throw Fields.missing("list")
            }
            let list: DomainBlockList
            do { list = try DomainBlockList(bytes) } catch { throw Self.refusal(of: error) }
            let (access, source) = (house.access, try form.fields.filled("reason", longest: 200) ?? "")
            let entered = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    let known = Dictionary(
                        try FediverseQueries(database: context.database).rules().map { ($0.subject, $0) }, uniquingKeysWith: { $1 })
                    return Self.rules(of: list, source: source, known: known).enumerated().map { place, rule in
                        ActDraft(
                            rule, dossier: PressCommands.draftsDossier, office: office, author: person.id,
                            marking: .restricted(.init(audience: [], label: "internal")), request: place == 0 ? form.request : nil)
                    }
                })
            return try await page(visit, nil, refusal: nil, list: (taken: entered.count, bad: list.badRows))
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await page(visit, nil, refusal: refusal)
        }
    }

    /// The decisions that a list brings, less those that stand so already. Rows that only refuse media say nothing to a node that fetches none.
    static func rules(
        of list: DomainBlockList, source: String, known: [String: FediverseRuleSet]
    ) -> [FediverseRuleSet] {
        list.rows.compactMap { row in
            let standing: FediverseRuleSet.Standing
            switch row.severity {
            case .noop: return nil
            case .silence: standing = .silenced
            case .suspend: standing = .suspended
            }
            guard known[row.domain]?.standing != standing else { return nil }
            let reason = [source, row.comment].filter { !$0.isEmpty }.joined(separator: ": ")
            return FediverseRuleSet(subject: row.domain, standing: standing, reason: String(reason.prefix(DomainBlockList.longestComment)))
        }
    }

    private static func refusal(of problem: DomainBlockList.Problem) -> Refusal {
        let (code, explanation): (String, String) =
            switch problem {
            case .tooLong: ("too-long", "The list is longer than 1 MiB.")
            case .tooManyRows: ("too-many-rows", "The list has more than \(DomainBlockList.mostRows) rows.")
            case .notText: ("not-text", "The list is not text in UTF-8.")
            case .openQuote(let line): ("open-quote", "A quoted field that begins in line \(line) does not end.")
            case .noHeader: ("no-header", "The list's first line names no column '#domain'.")
            }
        var arguments = ["most": String(DomainBlockList.mostRows)]
        if case .openQuote(let line) = problem { arguments["line"] = String(line) }
        return Refusal(
            .malformed, code: "fediverse.list.\(code)", explanation, mend: "Send the CSV that Mastodon exports.",
            citation: "RFC 4180", arguments: arguments)
    }

    /// What a row lacks, for people.
    func bad(_ row: DomainBlockList.BadRow, _ visit: Visit) -> [String: Any] {
        [
            "text": house.text(
                "press.fediverse.list.bad.\(row.fault.rawValue)", ["line": .text(visit.language.text(Int64(row.line)))], visit),
            "row": row.text,
        ]
    }
}
