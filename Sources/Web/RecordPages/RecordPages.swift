import Acts
import HTTPTypes
import Hummingbird
import Ledger
import Record

/// `/record`: the state of the record, how it grew, and how anybody can check it; `/verify`: checks a proof in the browser.
struct RecordPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/record") { request, visit in try await pages.record(request, visit) }
        router.get("/verify") { request, visit in try await pages.verify(request, visit) }
        TilePages(house: house).addRoutes(to: router)
        ActListPages(house: house).addRoutes(to: router)
        ActPages(house: house).addRoutes(to: router)
    }

    private func record(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit) {
            let checkpoint = try house.record.servedCheckpoint()
            if representation == .json { return house.json(json(checkpoint)) }
            let points = try await house.record.read {
                try ActQueries.growth(size: checkpoint.size, count: 120, $0)
            }
            return try page(checkpoint, points, visit)
        }
    }

    private func json(_ checkpoint: SignedCheckpoint) -> JSON {
        [
            "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size), "root": .string(checkpoint.root.base64),
            "key": .string(house.record.verifierKey.description),
            "mlDSA44Key": .string(house.record.mlDSA44VerifierKey.description), "checkpoint": .string(checkpoint.text),
            "name": JSON(texts: house.configuration.name),
            "tiles": "/record/tile/", "acts": "/record/acts?format=json", "witnesses": .array(witnesses(checkpoint).map(JSON.string)),
        ]
    }

    /// Names of the keys beside the log's own that signed the checkpoint.
    private func witnesses(_ checkpoint: SignedCheckpoint) -> [String] {
        Set(checkpoint.note.signatures.map(\.name.text)).subtracting([checkpoint.origin]).sorted()
    }

    private func page(
        _ checkpoint: SignedCheckpoint, _ points: [(size: Int64, received: Moment)], _ visit: Visit
    ) throws -> Response {
        var caption = house.text("record.growth.none", visit)
        var picture: Markup?
        if let first = points.first, let last = points.last {
            caption = house.text(
                "record.growth.words",
                ["from": .moment(first.received), "until": .moment(last.received), "size": .number(last.size)], visit)
            picture =
                GrowthPicture(
                    points: points, title: house.text("record.growth", visit), description: caption, language: visit.language
                ).markup()
        }
        let witnesses = witnesses(checkpoint)
        let context: [String: Any] = [
            "standing": house.text("record.size", ["count": .number(checkpoint.size)], visit), "picture": picture ?? Markup(),
            "hasPicture": picture != nil, "caption": caption, "checkpoint": checkpoint.text, "origin": checkpoint.origin,
            "root": checkpoint.root.base64, "size": visit.language.text(checkpoint.size),
            "key": house.record.verifierKey.description, "mlDSA44Key": house.record.mlDSA44VerifierKey.description,
            "witnesses": witnesses.isEmpty
                ? house.text("record.witnesses.none", visit)
                : house.text("record.witnesses.some", ["names": .text(witnesses.joined(separator: ", "))], visit),
        ]
        return try house.page(
            visit,
            Page(
                template: "record/index", title: house.text("record.title", visit), context: context, section: "/record",
                alternates: [.json]))
    }

    private func verify(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.cached(request, visit) {
            try house.page(
                visit,
                Page(
                    template: "record/verify", title: house.text("verify.title", visit),
                    context: ["key": house.record.verifierKey.description, "words": SealWords(house: house, visit: visit).context],
                    trail: [Breadcrumb(house.text("record.title", visit), "/record")], section: "/record", modules: ["verify-page.js"]))
        }
    }
}
