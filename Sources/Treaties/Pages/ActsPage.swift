import Acts
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/acts`: every act ever entered towards a treaty, corrected ones included, each with the way to its proof.
extension TreatyPages {
    func acts(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        let representation = try visit.representation(of: [.html, .json])
        let limit = Int(try visit.query.linkedInteger("limit", in: 1...1000) ?? 100)
        let offset = Int(try visit.query.linkedInteger("offset", in: 0...1_000_000) ?? 0)
        let found = try await house.record.read { database -> (TreatyQueries.Listed, [TreatyQueries.Act])? in
            let queries = TreatyQueries(database: database)
            guard let listed = try queries.treaty(number) else { return nil }
            return (listed, try queries.history(of: number))
        }
        guard let (listed, all) = found else { throw unknownTreaty(number) }
        let shown = Array(all.dropFirst(offset).prefix(limit))
        if representation == .json {
            return house.json([
                "total": .integer(Int64(all.count)), "offset": .integer(Int64(offset)), "acts": .array(shown.map(actJSON)),
            ])
        }
        let mayCorrect = visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } ?? false
        let words = actWords(visit)
        let link = "/treaties/\(number)"
        let pages = (all.count + limit - 1) / limit
        var context = titleContext(listed.opened.titles, visit)
        context["summary"] = text("acts.summary", ["count": .number(Int64(all.count))], visit)
        context["hasPages"] = pages > 1
        context["page"] = text("register.page", ["page": .number(Int64(offset / limit + 1)), "pages": .number(Int64(pages))], visit)
        if offset > 0 { context["previous"] = address("\(link)/acts", [("offset", String(max(0, offset - limit)))]) }
        if offset + limit < all.count { context["next"] = address("\(link)/acts", [("offset", String(offset + limit))]) }
        context["acts"] = shown.map { act -> [String: Any] in
            [
                "entry": String(act.entry), "struck": act.isStruck, "sentence": words.sentence(act.participation),
                "known": text("acts.known", ["date": .date(act.known.date)], visit),
                "seal": text("acts.seal", ["entry": .number(act.entry)], visit), "link": "/record/acts/\(act.entry)",
                "unconfirmed": act.participation.unconfirmed,
                "confirmLink": mayCorrect && act.awaitsConfirmation ? "\(link)/acts/\(act.entry)/confirm" as Any : false,
                "correctLink": mayCorrect && act.stands && !act.participation.unconfirmed ? "\(link)/acts/\(act.entry)/correct" : false,
            ]
        }
        return try house.page(
            visit,
            Page(
                template: "treaties/acts", title: text("acts.title", visit), context: context,
                trail: [
                    Breadcrumb(text("register.title", visit), "/treaties"),
                    Breadcrumb(listed.opened.short ?? number, link),
                ],
                section: "/treaties", dossier: TreatyCommands.dossier(of: number), alternates: [.json]))
    }

    private func actJSON(_ act: TreatyQueries.Act) -> JSON {
        var object = act.participation.json.object ?? JSONObject()
        object["entry"] = .integer(act.entry)
        object["received"] = .string(act.known.description)
        object["corrected"] = .bool(act.isStruck)
        object["corrects"] = act.corrects.map(JSON.integer)
        object["stands"] = .bool(act.stands)
        object["proof"] = .string("/record/acts/\(act.entry).tlog-proof")
        return .object(object)
    }
}

extension TreatyQueries.Act {
    /// Done without authority, or a signature ad referendum, and not confirmed since (VCLT arts. 8, 12(2)(b)).
    var awaitsConfirmation: Bool {
        stands && (participation.unconfirmed || participation.action == .signatureAdReferendum)
    }
}
