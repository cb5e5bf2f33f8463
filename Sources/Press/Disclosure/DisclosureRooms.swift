import Acts
import Hummingbird
import Record
import ServiceLifecycle
import Web

/// The press desk's rooms of disclosure: documents and releases, requests for access, individual copies, alerts, campaigns, measures.
struct DisclosureRooms: Sendable {
    /// `nil`: no feed is watched, and nobody is told but by the pages.
    let reach: AlertReach?
    let law = DisclosureLaw()
    private let paper = ReleasePaper()
    private let visitors = VisitorCount()

    /// Before any route is added: only routes added after it are counted.
    func count(on router: Router<Visit>, house: House) {
        router.add(middleware: VisitorMiddleware(house: house, count: visitors))
    }

    func addRoutes(to router: Router<Visit>, house: House) {
        let desk = DisclosureDesk(house: house, law: law)
        let pages = DisclosurePages(house: house, law: law, paper: paper)
        let documents = DocumentPages(desk: desk)
        let form = AccessFormPages(desk: desk, pages: pages)
        pages.addRoutes(to: router)
        form.addRoutes(to: router)
        documents.addRoutes(to: router)
        AccessDeskPages(desk: desk, pages: pages, form: form).addRoutes(to: router)
        CopyPages(desk: desk, documents: documents).addRoutes(to: router)
        AlertPages(desk: desk, reach: reach).addRoutes(to: router)
        CampaignPages(desk: desk).addRoutes(to: router)
        MeasurePages(house: house, law: law).addRoutes(to: router)
    }

    func services(house: House) -> [any Service] {
        var services: [any Service] = [
            VisitorDays(record: house.record, access: house.access, count: visitors, logger: house.logger, now: house.now)
        ]
        if let followed = house.followed {
            services.append(AlertWatch(record: house.record, followed: followed, law: law, logger: house.logger))
        }
        if let reach {
            services.append(
                FeedWatch(
                    record: house.record, client: reach.feeds, board: reach.board, law: law, logger: house.logger, now: house.now))
            services.append(
                TellingWatch(
                    record: house.record, access: house.access, mail: reach.mail,
                    push: PushSender(key: reach.key, client: reach.pushes, contact: Self.contact(house)),
                    words: { Self.words($0, names: $1, $2, house) }, law: law, logger: house.logger, now: house.now))
        }
        return services
    }

    /// Whom a push service's operator turns to (RFC 8292, 2.1): an address of mail or of the web.
    private static func contact(_ house: House) -> String {
        let written = house.configuration.securityContact ?? ""
        return written.hasPrefix("mailto:") || written.hasPrefix("https:") ? written : house.configuration.origin.description
    }

    private static func words(_ alert: AlertRaised, names: Bool, _ tag: String, _ house: House) -> TellingWatch.Words {
        let language = house.catalogue.languageToWriteIn(tag)
        func text(_ key: String, _ arguments: [String: TextArgument]) -> String {
            house.catalogue.text("press.disclosure.alert.telling.\(key)", arguments, language)
        }
        let address = "\(house.configuration.origin)/press/alerts/\(alert.alert)"
        let subject = names ? text("subject", ["title": .text(alert.title)]) : text("subject-bare", [:])
        return TellingWatch.Words(
            language: language.tag, subject: subject,
            text: text(
                "text",
                ["subject": .text(subject), "address": .text(address), "node": .text(house.configuration.name(in: language))]) + "\n",
            address: address)
    }

    /// What is shown on every page of those whose offices have open alerts: how many, never what about.
    func notices(for person: Person, house: House, language: Language) async throws -> [DeskNotice] {
        let offices = person.appointments.map(\.office)
        let open = try await house.record.read { try AlertQueries(database: $0).countOpen(of: offices) }
        guard open > 0 else { return [] }
        let text = house.catalogue.text("press.disclosure.alert.standing", ["count": .number(Int64(open))], language)
        return [DeskNotice(text, "/press/alerts", name: "open-alerts")]
    }
}
