import Acts
import Hummingbird
import NIOCore
import Record

/// `/sign`: a prepared act shown in words and to the byte, signed in the browser by a passkey or away from it by a key file or
/// token, then entered. Between the pages the act is in the form alone.
struct SigningPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.post("/sign") { request, visit in try await pages.sign(request, visit) }
        router.post("/sign/request") { request, visit in try await pages.download(request, visit) }
        router.post("/account/keys") { request, visit in try await pages.prepareKey(request, visit) }
    }

    /// The page on which an act is signed.
    func page(_ act: SigningRequest, back: Breadcrumb, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        guard act.payload.bytes.count <= SealedAct.longestPayload else {
            throw Refusal(
                .tooLarge, code: "signing.too-long", "An act that is signed on a page holds at most \(SealedAct.longestPayload) bytes.",
                mend: "Shorten its text, or attach it as a document.", arguments: ["limit": String(SealedAct.longestPayload)])
        }
        let isKey = act.statement.kind == KeyEnrolled.kind
        let (keys, settings) = try await house.record.read { database in
            (try IdentityView.keys(of: person.id, database), try SigningView.settings(of: act.statement.office, database))
        }
        let passkeys = isKey ? [] : keys.compactMap(\.credential)
        var context = SigningPages.context(of: act, house, visit)
        context["request"] = house.formToken(visit)
        context["downloadRequest"] = house.formToken(visit)
        context["act"] = try SealedAct.make(act, now: house.now(), key: house.keys.act)
        context["back"] = back.address
        context["backText"] = back.text
        context["passkeys"] = passkeys.map(Base64.encodeForAddress).joined(separator: " ")
        context["hasPasskeys"] = !passkeys.isEmpty
        context["hasKeys"] = isKey || keys.contains { $0.credential == nil }
        context["noKeys"] = !isKey && keys.isEmpty
        context["isKey"] = isKey
        context["mayEnterUnsigned"] = settings.unsignedActs && !isKey
        context["twoPersons"] = settings.twoPersons && !isKey
        context["refusal"] = refusal.map { house.notice(of: $0, visit) as Any } ?? false
        var page = Page(
            template: "signing/sign", title: house.text("signing.title", visit), context: context, trail: [back], modules: ["sign.js"])
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// What a page shows of an act that is not entered yet.
    static func context(of act: SigningRequest, _ house: House, _ visit: Visit) -> [String: Any] {
        let statement = act.statement
        // Described by whoever knows its kind, as it will be on its own page.
        let header = EntryHeader(statement: statement, received: house.now())
        let entry = Entry(index: visit.position, leaf: header.canonicalBytes, header: header, content: .present(act.payload))
        let description = house.description(of: entry, mayRead: true, visit.language)
        return [
            "sentence": description.sentence, "facts": description.facts.map { ["name": $0.name, "value": $0.value] },
            "hasFacts": !description.facts.isEmpty, "statement": String(decoding: statement.canonicalBytes, as: UTF8.self),
            "payload": String(decoding: act.payload.bytes, as: UTF8.self), "salt": Base64.encode(act.payload.salt),
            "digest": Base64.encode(act.digest), "challenge": Base64.encodeForAddress(act.digest),
            "relyingParty": house.identity.relyingParty.id,
        ]
    }

    /// The prepared act that a form carries. Whoever approves another's act may download it, but only its author signs it here.
    private func act(in form: Form, by author: Person?) throws -> SigningRequest {
        guard let text = try form.fields.text("act"), let act = SealedAct.open(text, now: house.now(), key: house.keys.act),
            author.map({ $0.id == act.statement.author }) ?? true
        else { throw SigningRules.notOurs }
        return act
    }

    private func back(in form: Form, _ visit: Visit) throws -> Breadcrumb {
        let text = try form.fields.filled("backText", longest: 300) ?? ""
        guard let address = try form.fields.filled("back", longest: 300), address.hasPrefix("/"), !address.hasPrefix("//"),
            (try? RequestPath.check(String(address.prefix { $0 != "?" }))) != nil
        else { return Breadcrumb(house.text("account.title", visit), "/account") }
        return Breadcrumb(text, address)
    }

    private func sign(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let act = try act(in: form, by: person)
        let back = try back(in: form, visit)
        do {
            let signature = try await house.signature(in: form, over: act, by: person)
            let entry = try await house.enter(act, signatures: signature.map { [$0] } ?? [], by: person, form: form.request)
            switch entry.kind {
            case ActPrepared.kind: return house.seeOther("/approvals/\(entry.index)")
            case KeyEnrolled.kind: return house.seeOther("/account")
            default: return house.seeOther("/record/acts/\(entry.index)")
            }
        } catch let refusal as Refusal where !visit.wantsProblems && refusal.code != "record.replayed" {
            house.logRefusal(refusal, request, visit)
            return try await page(act, back: back, refusal: refusal, visit)
        }
    }

    /// The signing request, for `chancery sign`.
    private func download(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let act = try act(in: form, by: nil)
        let name = act.statement.kind.name.replacing(".", with: "-")
        return Response(
            status: .ok,
            headers: [
                .contentType: SigningRequest.mediaType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name).signing-request.json\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try act.file())))
    }

    /// A public key of a key file or token, to be enrolled by an act that it signs itself.
    private func prepareKey(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let key = try PublicKeyText.parse(try form.fields.filled("key", longest: PublicKeyText.longest) ?? "")
        let label = try OfficeRules.checkName(try form.fields.required("label"))
        let taken = try await house.record.read { try IdentityView.wasEnrolled(key.identifier, $0) }
        try SignInRules.enrol(key, credential: nil, existing: [], taken: taken)
        return try await house.signingPage(
            ActDraft(
                KeyEnrolled(holder: person.id, publicKey: key, label: label),
                office: person.appointments.first?.office ?? Identity.firstOffice, author: person.id, request: form.request),
            back: Breadcrumb(house.text("account.title", visit), "/account"), visit)
    }
}
