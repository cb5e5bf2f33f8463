import Acts
import Record
import Web

/// What stands around a treaty on its page: its kind, its parent, what belongs to it, and links to what else the register has of it.
extension TreatyPages {
    struct Beside: Sendable {
        var links: [TreatyLink] = []
        var parent: TreatyQueries.Listed?
        var children: [TreatyQueries.Listed] = []
        /// Followed records of other nodes that have acts about the treaty.
        var followed: [FollowedHolder] = []
        /// The text it was opened from.
        var adopted: AdoptedText?
    }

    func beside(_ number: String) async throws -> Beside {
        let followed = try await house.followed?.holders(ofDossier: TreatyCommands.dossier(of: number)) ?? []
        return try await house.record.read { database in
            let queries = TreatyQueries(database: database)
            let parent = try queries.treaty(number)?.opened.parent.flatMap { try queries.treaty($0) }
            return Beside(
                links: try queries.links(of: number), parent: parent, children: try queries.children(of: number), followed: followed,
                adopted: try queries.treaty(number)?.opened.adoptedText.flatMap { try queries.adoptedText($0) })
        }
    }

    func besideContext(_ beside: Beside, _ standing: TreatyStanding, _ visit: Visit) -> [String: Any] {
        let opened = standing.listed.opened
        let isOfficer = visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } ?? false
        func kind(_ opened: TreatyOpened) -> String {
            opened.instrumentKind.map {
                text("instrument.page.kind", ["kind": .text(text("instrument.kind.\($0.rawValue)", visit))], visit)
            } ?? ""
        }
        var links = beside.links.map { link -> [String: Any] in
            let count: [String: TextArgument] = link.count.map { ["count": .number($0)] } ?? [:]
            return ["text": house.text(link.key, count, visit), "link": link.address, "name": link.name]
        }
        links.append([
            "text": text("deadlines.link", visit), "link": "/treaties/\(opened.treaty)/deadlines", "name": "deadlines",
        ])
        links.append(["text": text("links.calendar", visit), "link": "/treaties/\(opened.treaty)/deadlines.ics", "name": "calendar"])
        if let adopted = beside.adopted {
            links.append(["text": text("instrument.page.adopted", visit), "link": adopted.address, "name": "adoption"])
            if !adopted.act.later.isEmpty {
                links.append([
                    "text": text("instrument.page.adopted-languages", visit), "link": "/treaties/\(opened.treaty)/text/adopted",
                    "name": "adopted-languages",
                ])
            }
        }
        if visit.person != nil {
            links.append(["text": text("digest.follow", visit), "link": "/desk/digest?treaty=\(opened.treaty)", "name": "follow"])
        }
        // An instrument that was opened here and has no text yet: its officer's next step.
        if isOfficer, opened.instrumentKind != nil, !beside.links.contains(where: { $0.name == "text" }) {
            links.append([
                "text": text("instrument.page.text-none", visit), "link": "/treaties/\(opened.treaty)/text/enter", "name": "enter-text",
            ])
        }
        return [
            "kind": kind(opened), "links": links, "hasLinks": !links.isEmpty,
            "parent": beside.parent.map { ["name": name($0, visit), "link": "/treaties/\($0.opened.treaty)"] } ?? false,
            "children": beside.children.map {
                ["name": name($0, visit), "link": "/treaties/\($0.opened.treaty)", "kind": kind($0.opened)]
            },
            "followed": beside.followed.map { ["name": $0.title(in: visit.language), "link": $0.address, "node": $0.node] },
            "hasFollowed": !beside.followed.isEmpty, "ledgersLink": "/treaties/\(opened.treaty)/ledgers",
            "hasChildren": !beside.children.isEmpty,
            "openChild": isOfficer ? "/treaties/open?parent=\(opened.treaty)" : false,
        ]
    }

    private func name(_ listed: TreatyQueries.Listed, _ visit: Visit) -> String {
        "\(listed.opened.treaty) \(listed.opened.short ?? title(listed.opened.titles, visit).text)"
    }
}
