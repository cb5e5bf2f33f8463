public import Acts
public import HTTPTypes
public import Hummingbird
import Mustache
import NIOCore

extension House {
    /// A text of the language catalogue.
    public func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        catalogue.text(key, arguments, visit.language)
    }

    /// The same for a text without gaps.
    public func text(_ key: String, _ visit: Visit) -> String {
        catalogue.text(key, visit.language)
    }

    /// A page inside the shell.
    public func page(_ visit: Visit, _ page: Page) throws -> Response {
        let content = try templates.render(page.template, page.context, visit.language)
        let html = try templates.render("shell", shell(visit, page, content: content), visit.language)
        var headers: HTTPFields = [.contentType: Representation.html.contentType, .contentLanguage: visit.language.tag]
        var body = ByteBuffer(string: html)
        if page.isCompressible, visit.session != nil {
            headers[.vary] = "Accept, Accept-Encoding, Accept-Language, Cookie, Sec-Fetch-Site"
            if visit.takesPersonalGzip, let compressed = PersonalGzip.compress(Array(html.utf8)) {
                headers[.contentEncoding] = "gzip"
                body = compressed
            }
        }
        return Response(status: page.status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// The same with the commonest members named.
    public func page(
        _ visit: Visit, template: String, title: String, context: Any, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try page(visit, Page(template: template, title: title, context: context, status: status))
    }

    /// A template's markup without the shell, for a part of a page.
    public func part(_ template: String, _ context: Any, _ language: Language) throws -> Markup {
        Markup(rendered: try templates.render(template, context, language))
    }

    /// A value as JSON, as it stands: members in canonical order.
    public func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: Representation.json.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.canonicalBytes)))
    }

    /// A table as CSV, to be saved under a name.
    public func csv(_ table: CSVWriter, named name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: Representation.csv.contentType, .contentDisposition: "attachment; filename=\"\(name).csv\""],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: table.bytes)))
    }

    /// Sends the browser to another page after a form was taken (RFC 9110, 15.4.4).
    public func seeOther(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address])
    }

    /// The address of a file in `Static` that may be kept for ever, since its version stands in it.
    public func staticAddress(_ name: String) -> String { staticFiles.address(of: name) }

    private func shell(_ visit: Visit, _ page: Page, content: String) -> [String: Any] {
        let language = visit.language
        var items: [[String: Any]] = []
        for item in desks.flatMap(\.navigation) + HousePages.navigation where visit.person != nil || !item.isForSignedIn {
            items.append([
                "text": catalogue.text(item.key, language), "address": item.address, "current": item.address == page.section,
            ])
        }
        var shell: [String: Any] = [
            "lang": language.tag, "dir": language.direction.rawValue, "title": page.title,
            "node": configuration.name(in: language), "content": content, "navigation": items,
            "style": staticFiles.address(of: "chancery.css"), "icon": staticFiles.address(of: "seal.svg"),
            "live": staticFiles.address(of: "live.js"),
            "modules": page.modules.map { staticFiles.address(of: $0) },
            "trail": page.trail.map { ["text": $0.text, "address": $0.address] },
            "hasTrail": !page.trail.isEmpty,
            "languages": languageSwitch(visit, page),
            "alternates": page.alternates.map { representation in
                [
                    "name": representation.rawValue.uppercased(), "type": representation.mediaTypeText,
                    "address": address(page.address ?? visit.path, visit, replacing: "format", with: representation.rawValue),
                ]
            },
            "hasAlternates": !page.alternates.isEmpty,
            "signedIn": visit.person != nil,
        ]
        shell["metas"] = page.metas.map { ["property": $0.property, "content": $0.content] }
        shell["links"] = page.links.map { link -> [String: Any] in
            [
                "relation": link.relation, "address": link.address, "type": link.type ?? false, "title": link.title ?? false,
                "language": link.language ?? false,
            ]
        }
        shell["person"] = visit.person?.name
        shell["notices"] = visit.notices.map { ["text": $0.text, "address": $0.address, "name": $0.name] }
        if let dossier = page.dossier {
            shell["dossier"] = dossier
            shell["about"] = page.about
            shell["position"] = String(visit.position)
        }
        if let person = visit.person, person.holds(.administrator) { shell["administrator"] = true }
        if visit.session != nil { shell["request"] = formToken(visit) }
        return shell
    }

    private func languageSwitch(_ visit: Visit, _ page: Page) -> [[String: Any]] {
        catalogue.languages.map { language in
            [
                "tag": language.tag, "dir": language.direction.rawValue, "name": language.ownName,
                "current": language == visit.language,
                "address": address(page.address ?? visit.path, visit, replacing: "lang", with: language.tag),
            ]
        }
    }

    /// A page's address with one parameter of its query set to another value.
    private func address(_ path: String, _ visit: Visit, replacing name: String, with value: String) -> String {
        var parts: [String] = []
        for pair in visit.query.pairs where pair.name != name && pair.name != "lang" {
            parts.append("\(PercentCoding.encode(pair.name))=\(PercentCoding.encode(pair.value))")
        }
        parts.append("\(name)=\(PercentCoding.encode(value))")
        return "\(path)?\(parts.joined(separator: "&"))"
    }
}

extension LanguageCatalogue {
    /// A text without gaps.
    public func text(_ key: String, _ language: Language) -> String { text(key, [:], language) }
}

extension Representation {
    var mediaTypeText: String { "\(mediaType.type)/\(mediaType.subtype)" }
}
