import Acts
import HTTPTypes
import Hummingbird
import NIOCore

/// The pages that belong to no desk: the first page, the record, offices and people, signing in, and what machines ask for.
struct HousePages {
    static let navigation = [
        NavigationItem(key: "navigation.record", address: "/record"), NavigationItem(key: "navigation.offices", address: "/offices"),
    ]

    let house: House

    func addRoutes(to router: Router<Visit>) {
        let house = house
        router.get("/static/{version}/{name}") { request, visit in
            try StaticFiles.answer(try visit.parameter("name"), version: try visit.parameter("version"), request, house)
        }
        // The router wants one name for what stands at one place: here it is the file's own.
        router.get("/static/{version}") { request, visit in
            try StaticFiles.answer(try visit.parameter("version"), version: nil, request, house)
        }
        router.get("/") { _, _ in
            let first = house.desks.flatMap(\.navigation).first { !$0.isForSignedIn }?.address ?? "/record"
            return Response(status: .found, headers: [.location: first])
        }
        MachinePages(house: house).addRoutes(to: router)
        LivePages(house: house).addRoutes(to: router)
        SignInPages(house: house).addRoutes(to: router)
        AccountPages(house: house).addRoutes(to: router)
        OfficePages(house: house).addRoutes(to: router)
        SigningPages(house: house).addRoutes(to: router)
        ApprovalPages(house: house).addRoutes(to: router)
        RecordPages(house: house).addRoutes(to: router)
    }
}

extension StaticFiles {
    /// A file, kept for ever under its version and asked for anew without.
    static func answer(_ name: String, version: String?, _ request: Request, _ house: House) throws -> Response {
        let files = house.staticFiles
        guard let file = files[name], version == nil || version == files.version else { throw HTTPError(.notFound) }
        let headers: HTTPFields = [
            .contentType: file.contentType, .cacheControl: version == nil ? "no-cache" : "public, max-age=31536000, immutable",
            .vary: "Accept-Encoding", .crossOriginResourcePolicy: "same-origin",
        ]
        var coding = ContentCoding.identity
        if let gzip = file.gzip, Gzip.isWanted(request.headers[.acceptEncoding]) { coding = .gzip(gzip) }
        return coding.response(.ok, headers, body: file.body, entityTag: file.entityTag, to: request)
    }
}
