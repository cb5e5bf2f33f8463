import Hummingbird
import ServiceLifecycle
import Web

/// The press desk's rooms of disclosure: documents and releases, requests for access, individual copies, alerts, measures.
struct DisclosureRooms: Sendable {
    private let law = DisclosureLaw()
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
        pages.addRoutes(to: router)
        documents.addRoutes(to: router)
        AccessDeskPages(desk: desk, pages: pages).addRoutes(to: router)
        CopyPages(desk: desk, documents: documents).addRoutes(to: router)
        AlertPages(desk: desk).addRoutes(to: router)
        MeasurePages(house: house, law: law).addRoutes(to: router)
    }

    func services(house: House) -> [any Service] {
        var services: [any Service] = [
            VisitorDays(record: house.record, access: house.access, count: visitors, logger: house.logger, now: house.now)
        ]
        if let followed = house.followed {
            services.append(AlertWatch(record: house.record, followed: followed, law: law, logger: house.logger))
        }
        return services
    }
}
