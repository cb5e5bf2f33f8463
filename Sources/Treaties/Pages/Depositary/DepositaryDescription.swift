import Acts
import Web

/// The depositary's public resources, as OpenAPI describes them.
enum DepositaryDescription {
    private static let text: JSON = ["type": "string"]
    private static let date: JSON = ["type": ["string", "null"], "format": "date"]
    private static let count: JSON = ["type": "integer", "minimum": 0]
    private static let object: JSON = ["type": "object"]

    private static func list(_ items: JSON) -> JSON { ["type": "array", "items": items] }

    static func add(to document: inout OpenAPIDocument) {
        let paging: [OpenAPIDocument.Parameter] = [
            .number("limit", "How many at the most.", in: 1...1000), .number("offset", "How many to pass over.", in: 0...1_000_000),
        ]
        let treaty = OpenAPIDocument.Parameter(
            "treaty", in: .path, "The register's number: IV-11.", schema: ["type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"])
        let entry = OpenAPIDocument.Parameter("entry", in: .path, "The entry's index, from 0.", schema: count)
        let actor = OpenAPIDocument.Parameter.text("actor", "Only what is this State's or organization's, by code or name.")
        let filters: [OpenAPIDocument.Parameter] = [
            .choice("subject", "Only notifications about this.", of: NotificationKind.allCases.map(\.rawValue)), actor,
            .number("year", "Only notifications of this year.", in: 1900...2200),
        ]
        let notifications = OpenAPIDocument.object(
            [("total", count), ("offset", count), ("notifications", list(object))], required: ["total", "offset", "notifications"])
        document.addResource(
            "/notifications", "Depositary notifications, newest first.", parameters: filters + paging,
            representations: [.html, .json, .csv],
            schema: notifications, refusals: [400, 406])
        document.addResource(
            "/treaties/{treaty}/notifications", "Depositary notifications of one treaty, newest first.",
            parameters: [treaty] + filters + paging,
            representations: [.html, .json, .csv], schema: notifications)
        document.addResource(
            "/notifications.atom", "The same as a feed (RFC 4287).", parameters: paging, other: [(AtomFeed.mediaType, text)],
            refusals: [400])
        document.addResource(
            "/treaties/{treaty}/notifications.atom", "One treaty's notifications as a feed (RFC 4287).", parameters: [treaty] + paging,
            other: [(AtomFeed.mediaType, text)], refusals: [400, 404])
        document.addResource(
            "/notifications/{number}", "One notification, as it was issued, in all its languages.",
            parameters: [
                .init("number", in: .path, "Its number, in any of the forms in use: C.N.12.2026.TREATIES-IV.11.", schema: text),
                .choice("text", "The language of the sheet on the page.", of: DocumentLanguage.allCases.map(\.rawValue)),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("number", text), ("date", date), ("treaty", text), ("subject", text), ("sheets", object), ("addressees", list(object)),
                    ("entry", count), ("proof", text), ("acknowledged", list(object)), ("later", list(object)),
                ], required: ["number", "date", "treaty", "subject", "sheets", "addressees", "entry"]))
        document.addResource(
            "/notifications/{number}/notification.pdf", "One notification on paper, in all its languages.",
            parameters: [.init("number", in: .path, "Its number.", schema: text)],
            other: [("application/pdf", ["type": "string", "format": "binary"])], refusals: [400, 404])
        document.addResource(
            "/treaties/custody", "What lies in the depositary's custody.",
            parameters: [
                .text("treaty", "Only what belongs to this treaty.", longest: 40),
                .choice("item", "Only documents of this sort.", of: TreatyInstrumentReceived.Item.allCases.map(\.rawValue)), actor,
            ] + paging, representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [("total", count), ("offset", count), ("documents", list(object))], required: ["total", "offset", "documents"]),
            refusals: [400, 406])
        document.addResource(
            "/treaties/{treaty}/corrections", "Corrections of errors in the texts, and what became of them.", parameters: [treaty],
            representations: [.html, .json],
            schema: OpenAPIDocument.object([("corrections", list(object))], required: ["corrections"]))
        document.addResource(
            "/treaties/{treaty}/corrections/{entry}", "One correction, with objections and procès-verbal.", parameters: [treaty, entry],
            representations: [.html, .json], schema: object)
        document.addResource(
            "/treaties/{treaty}/custody/{entry}", "One document in custody, with the examination of its form.",
            parameters: [treaty, entry],
            representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("item", text), ("received", date), ("channel", text), ("medium", text), ("entry", count),
                    ("href", text), ("examination", ["type": ["object", "null"]]), ("document", ["type": ["string", "null"]]),
                ], required: ["treaty", "item", "received", "channel", "medium", "entry", "href"]))
        document.addResource(
            "/treaties/{treaty}/registration", "Whether the treaty can be registered with the United Nations, and under what number it is.",
            parameters: [treaty], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("treaty", text), ("inForce", date), ("registered", object), ("package", text)], required: ["treaty", "inForce"]))
        document.addResource(
            "/treaties/{treaty}/ledgers", "The lists of several depositaries of the treaty, compared with this register.",
            parameters: [treaty], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [("ledgers", list(object)), ("differences", count), ("rows", list(object))], required: ["ledgers", "differences", "rows"]))
        document.addResource(
            "/treaties/{treaty}/registration.zip", "The package for registration.", parameters: [treaty],
            other: [("application/zip", ["type": "string", "format": "binary"])], refusals: [400, 404, 422])
    }
}
