import Acts
import Hummingbird
import Record
import Web

/// The statements that everybody may read.
struct StatementPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements") { _, visit in try list(visit) }
    }

    private func list(_ visit: Visit) throws -> Response {
        try house.page(visit, template: "press/statements", title: house.text("press.statements.title", visit), context: [:])
    }
}
