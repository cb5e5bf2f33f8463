import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Provenance
import Record
import Texts
import Web

/// Is it genuine? Asked by a code, an address, a pasted text or a file, of anybody, without signing in.
struct GenuinePages: Sendable {
    let house: House
    let press: StatementPress

    /// Most bytes of a file that is asked about.
    static let mostBytes = 16 << 20

    func addRoutes(to router: Router<Visit>) {
        router.get("/v") { _, visit in try await ask(visit) }
        router.post("/v") { request, visit in try await check(request, visit) }
        router.get("/v/{code}") { request, visit in try await code(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.genuine.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: Asking

    private func ask(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        guard let asked = try visit.query.filled("q", longest: 2_000) else {
            if representation == .json { throw Fields.missing("q") }
            return try page(nil, asked: "", visit)
        }
        return try answer(try await named(asked) ?? .notOurs, asked: asked, representation, visit)
    }

    private func code(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let asked = try visit.parameter("code")
        return try await house.cached(request, visit, dependsOn: StatementPages.dependency) {
            try answer(try await named(code: asked) ?? .notOurs, asked: asked, representation, visit)
        }
    }

    /// Takes `q` (a code, an address or a text) and `file` from a form, or `code`, `url` and `text` from JSON.
    private func check(_ request: Request, _ visit: Visit) async throws -> Response {
        let type = (request.headers[.contentType] ?? "").lowercased()
        if type.hasPrefix("application/json") {
            var reader: ObjectReader
            let (code, url, text): (String?, String?, String?)
            do {
                reader = try ObjectReader(try await house.jsonBody(of: request), at: "")
                (code, url, text) = (
                    try reader.optionalString("code"), try reader.optionalString("url"), try reader.optionalString("text")
                )
                try reader.finish()
            } catch let fault as MalformedAct {
                throw Refusal(
                    .malformed, code: "request.json", "The body is not JSON as this node reads it: \(fault).",
                    mend: "Give 'code', 'url' or 'text', or a code with a text.", arguments: ["reason": "\(fault)"])
            }
            let check = try await self.check(code: code, url: url, text: text)
            return house.json(json(check), status: .ok)
        }
        let representation = try visit.representation(of: [.html, .json])
        let form = try await house.openUpload(from: request, upTo: Self.mostBytes)
        let asked = try form.fields.filled("q", longest: 60_000) ?? ""
        if let file = form.file("file"), !file.bytes.isEmpty {
            return try answer(try await check(file: file.bytes), asked: asked, representation, visit)
        }
        guard !asked.isEmpty else { throw Fields.missing("q") }
        if let named = try await named(asked) { return try answer(named, asked: asked, representation, visit) }
        return try answer(try await check(text: asked), asked: asked, representation, visit)
    }

    // MARK: Finding

    private func check(code: String?, url: String?, text: String?) async throws -> GenuineCheck {
        var named: GenuineCheck?
        if let code { named = try await self.named(code: code) ?? .notOurs }
        if named == nil, let url { named = try await self.named(url) ?? .notOurs }
        guard let text else {
            guard let named else { throw Fields.missing("code") }
            return named
        }
        guard let statement = named?.statement else {
            if let named { return named }
            return try await check(text: text)
        }
        return best(text, statement, isExact: true)
    }

    /// What a code or an address names; `nil` where it is neither.
    private func named(_ asked: String) async throws -> GenuineCheck? {
        guard asked.utf8.count <= 2_000 else { return nil }
        if StatementCode.reading(asked) != nil { return try await named(code: asked) ?? .notOurs }
        // An address with or without its scheme, of this node and no other.
        var path = Substring(asked)
        let isAddress: Bool
        if let mark = path.firstRange(of: "://") {
            path = path[mark.upperBound...]
            isAddress = true
        } else {
            isAddress = false
        }
        guard !path.contains(where: \.isWhitespace), let slash = path.firstIndex(of: "/") else { return isAddress ? .notOurs : nil }
        let host = path[..<slash].lowercased()
        let configuration = house.configuration
        guard host == configuration.origin.authority || configuration.otherHosts.contains(host) else {
            return isAddress || host.contains(".") ? .notOurs : nil
        }
        let parts = path[slash...].split { $0 == "?" || $0 == "#" }
        let steps = (parts.first ?? "").split(separator: "/").map(String.init)
        guard steps.count >= 2 else { return .notOurs }
        if steps[0] == "v" { return try await named(code: steps[1]) ?? .notOurs }
        guard steps[0] == "statements" else { return .notOurs }
        let version = parts.dropFirst().first?.split(separator: "&").first { $0.hasPrefix("version=") }.flatMap { Int64($0.dropFirst(8)) }
        let identifier = steps[1].lowercased()
        return try await house.record.read { try PressQueries(database: $0).statement(identifier, version: version) }
            .map(GenuineCheck.init(naming:)) ?? .notOurs
    }

    private func named(code asked: String) async throws -> GenuineCheck? {
        guard let code = StatementCode.reading(asked) else { return nil }
        return try await house.record.read { try PressQueries(database: $0).statement(code: code) }.map(GenuineCheck.init(naming:))
    }

    /// A text, against the versions that share most with it. What is genuine word for word goes before what is nearly so.
    private func check(text: String) async throws -> GenuineCheck {
        let shingles = TextFingerprint(NormalisedText.normalised(text)).asked
        let found = try await house.record.read { database in
            let queries = PressQueries(database: database)
            return try queries.candidates(sharing: shingles).compactMap { candidate in
                try queries.statement(candidate.statement, version: candidate.version).map { (candidate.language, $0) }
            }
        }
        let checks = found.map { GenuineCheck(text: text, against: $0.1, in: $0.0) }
        return checks.first { $0.verdict == .genuine } ?? checks.first { $0.verdict != .altered && $0.verdict != .notOurs }
            ?? checks.filter { $0.verdict == .altered }.max { ($0.comparison?.likeness ?? 0) < ($1.comparison?.likeness ?? 0) } ?? .notOurs
    }

    private func best(_ text: String, _ statement: PublicStatement, isExact: Bool) -> GenuineCheck {
        let checks = statement.act.content.languages.map { GenuineCheck(text: text, against: statement, in: $0, isExact: isExact) }
        return checks.first { $0.verdict != .altered && $0.verdict != .notOurs }
            ?? checks.max { ($0.comparison?.likeness ?? 0) < ($1.comparison?.likeness ?? 0) } ?? .notOurs
    }

    /// A file: one of a statement's own, the paper of one byte for byte, or a text.
    private func check(file bytes: [UInt8]) async throws -> GenuineCheck {
        let blob = Hexadecimal.encode(StatementPress.sha256(bytes))
        if let statement = try await house.record.read({ try PressQueries(database: $0).statement(withFile: blob) }) {
            return GenuineCheck(naming: statement, evidence: .bytes)
        }
        if let finding = await press.provenance(of: bytes, now: house.now()), let check = try await check(finding, bytes) { return check }
        if let mark = StatementPaper.mark(in: bytes), let code = StatementCode.reading(mark.code),
            let statement = try await house.record.read({ try PressQueries(database: $0).statement(code: code) })
        {
            let printed = StatementRenderings(house: house, press: press)
            if statement.act.content.texts[mark.language] != nil {
                let paper = try await printed.pdf(statement, mark.language)
                if paper == bytes { return GenuineCheck(naming: statement, evidence: .bytes, language: mark.language) }
                if bytes.starts(with: paper), await press.isSealed(bytes, now: house.now()) {
                    return GenuineCheck(naming: statement, evidence: .seal, language: mark.language)
                }
            }
            return try await compared(bytes, mark.language, GenuineCheck(alteredFileOf: statement, evidence: .bytes))
        }
        guard bytes.count <= 60_000, let text = String(validating: bytes, as: UTF8.self) else { return .notOurs }
        return try await check(text: text)
    }

    /// A file by its manifest; `nil` where that is not this node's, or names nothing that this node released.
    private func check(_ finding: ProvenanceFinding, _ bytes: [UInt8]) async throws -> GenuineCheck? {
        if let hash = finding.bareHash {
            // The picture within is a statement's own, whatever somebody did to the manifest around it.
            let blob = Hexadecimal.encode(hash)
            if let statement = try await house.record.read({ try PressQueries(database: $0).statement(withFile: blob) }) {
                return GenuineCheck(naming: statement, evidence: finding.holds ? .manifest : .bytes)
            }
        }
        guard finding.isSignedByTrusted, let mark = finding.statement, let code = StatementCode.reading(mark.code),
            let statement = try await house.record.read({ try PressQueries(database: $0).statement(code: code) }),
            let entry = try house.record.entry(at: statement.entry), Hash.leaf(entry.leaf).bytes == mark.leaf
        else { return nil }
        guard finding.holds else {
            return try await compared(bytes, mark.language, GenuineCheck(alteredFileOf: statement, evidence: .manifest))
        }
        return GenuineCheck(naming: statement, evidence: .manifest, language: mark.language)
    }

    /// A PDF that was changed, its words beside those of the paper that this node sets; as it was where its words cannot be read.
    ///
    /// Never more than that: letters can be drawn that are not what they say, and a picture over them says something else again.
    private func compared(_ bytes: [UInt8], _ tag: String?, _ check: GenuineCheck) async throws -> GenuineCheck {
        guard let statement = check.statement, let tag, statement.act.content.texts[tag] != nil,
            let asked = await press.words(ofPDF: bytes)
        else { return check }
        let printed = StatementRenderings(house: house, press: press)
        guard let released = await press.words(ofPDF: try await printed.pdf(statement, tag)) else { return check }
        return GenuineCheck(alteredFileOf: statement, in: tag, words: asked, released: released)
    }

    // MARK: Answering

    private func answer(_ check: GenuineCheck, asked: String, _ representation: Representation, _ visit: Visit) throws -> Response {
        representation == .json ? house.json(json(check)) : try page(check, asked: asked, visit)
    }

    private func json(_ check: GenuineCheck) -> JSON {
        var object: JSONObject = ["verdict": .string(check.verdict.rawValue)]
        if let statement = check.statement {
            object["statement"] = StatementJSON.summary(statement, origin: "\(house.configuration.origin)")
            object["proof"] = .string(
                "\(house.configuration.origin)/statements/\(statement.act.statement)/proof?version=\(statement.act.version)")
            object["entry"] = .integer(statement.entry)
        }
        object["language"] = check.language.map(JSON.string)
        object["evidence"] = (check.evidence?.rawValue).map(JSON.string)
        if check.statement != nil { object["excerpt"] = .bool(check.isExcerpt) }
        if let comparison = check.comparison {
            object["differences"] = .array(
                comparison.pieces.prefix(4_000).map { ["change": .string($0.change.rawValue), "words": .string($0.words)] })
        }
        return .object(object)
    }

    private func explanation(of check: GenuineCheck) -> String {
        switch (check.verdict, check.evidence) {
        case (.genuine, .manifest?): "manifest"
        case (.genuine, .seal?): "seal"
        case (.genuine, _) where check.isExcerpt: "excerpt"
        case (.altered, .words?): check.comparison == nil ? "same-words" : "altered-words"
        case (.altered, .manifest?) where check.comparison == nil: "manifest-altered"
        case (.altered, _) where check.comparison == nil: "file"
        default: check.verdict.rawValue
        }
    }

    private func page(_ check: GenuineCheck?, asked: String, _ visit: Visit) throws -> Response {
        var context: [String: Any] = ["asked": asked, "hasAnswer": check != nil]
        if let check {
            context["verdict"] = text("verdict.\(check.verdict.rawValue)", visit)
            context["verdictName"] = check.verdict.rawValue
            context["explanation"] = text("explain.\(explanation(of: check))", visit)
            context["verdictClass"] =
                switch check.verdict {
                case .genuine: "agreed"
                case .superseded, .withdrawn: "awaiting"
                case .altered, .notOurs: "refused"
                }
            if let statement = check.statement {
                let tag = check.language ?? statement.language(wished: visit.language.tag)
                context["statement"] =
                    [
                        "title": statement.act.content.texts[tag]?.title ?? "", "lang": tag, "dir": Language.direction(ofTag: tag).rawValue,
                        "address": "/statements/\(statement.act.statement)?text=\(tag)&version=\(statement.act.version)",
                        "office": statement.name(statement.act.officeName, visit.language.tag) ?? statement.act.office,
                        "date": visit.language.text(statement.released), "code": statement.act.code,
                        "proof": "/statements/\(statement.act.statement)/proof?version=\(statement.act.version)",
                        "seal": house.smallSeal(ofEntry: statement.entry, visit),
                        "newest": statement.standing == .superseded ? "/statements/\(statement.act.statement)" : false,
                        "reason": statement.withdrawal.flatMap { statement.name($0.reason, visit.language.tag) } ?? false,
                    ] as [String: Any]
                let embed = EmbedPages.code(statement, tag, house)
                context["embed"] = ["link": embed.link, "picture": embed.picture]
                if let comparison = check.comparison {
                    context["isCompared"] = true
                    context["pieces"] = comparison.pieces.prefix(4_000).map {
                        ["words": $0.words, "isRemoved": $0.change == .removed, "isAdded": $0.change == .added] as [String: Any]
                    }
                    context["lang"] = tag
                    context["dir"] = Language.direction(ofTag: tag).rawValue
                }
            }
        }
        var page = Page(
            template: "press/genuine", title: text("title", visit), context: context,
            trail: [Breadcrumb(house.text("press.statements.title", visit), "/statements")], section: "/statements")
        page.address = visit.path
        if check != nil, visit.path != "/v" { page.alternates = [.json] }
        return try house.page(visit, page)
    }
}
