import Acts
import HTTPTypes
import Hummingbird

/// `/sign-in`: with a passkey, with a recovery code, or with a link that was given out.
struct SignInPages: Sendable {
    let house: House

    private var identity: Identity { house.identity }

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/sign-in") { _, visit in try pages.page(visit, notice: nil) }
        router.get("/sign-in/challenge") { _, visit in pages.challenge(visit) }
        router.post("/sign-in/passkey") { request, visit in try await pages.passkey(request, visit) }
        router.post("/sign-in/recovery") { request, visit in try await pages.recovery(request, visit) }
        router.get("/sign-in/link") { _, visit in try await pages.link(visit) }
        router.post("/sign-in/link") { request, visit in try await pages.useLink(request, visit) }
        router.post("/sign-out") { request, visit in try await pages.signOut(request, visit) }
    }

    private func page(_ visit: Visit, notice: Refusal?) throws -> Response {
        if visit.person != nil, notice == nil { return house.seeOther("/account") }
        var page = Page(
            template: "identity/sign-in", title: house.text("sign-in.title", visit),
            context: [
                "request": house.formToken(visit), "next": try next(visit.query),
                "notice": notice.map { house.notice(of: $0, visit) as Any } ?? false,
            ],
            modules: ["passkeys.js"])
        if let notice { page.status = .init(code: notice.kind.httpStatus) }
        return uncached(try house.page(visit, page))
    }

    /// What the browser hands to the authenticator (WebAuthn Level 3, PublicKeyCredentialRequestOptionsJSON).
    private func challenge(_ visit: Visit) -> Response {
        uncached(
            house.json([
                "challenge": .string(Base64.encodeForAddress(identity.challenges.make(.signIn, now: house.now()))),
                "rpId": .string(identity.relyingParty.id), "timeout": .integer(Challenges.lifetime), "userVerification": "required",
                "allowCredentials": [],
            ]))
    }

    private func passkey(_ request: Request, _ visit: Visit) async throws -> Response {
        let json = try await house.jsonBody(of: request)
        let person = try await identity.signIn(try PasskeyAnswer(json: json), peer: visit.peer)
        return signedIn(house.json(["person": .string(person.name), "next": .string(try next(visit.query))]), person)
    }

    private func recovery(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        let code = try form.fields.required("code")
        do {
            let person = try await identity.use(
                hash: SignInSecret.hash(recoveryCode: code), as: .recovery, request: form.request, peer: visit.peer)
            return signedIn(house.seeOther("/account"), person)
        } catch let refusal as Refusal where refusal.code.hasPrefix("sign-in.") && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try page(visit, notice: refusal)
        }
    }

    /// Only shows what the link would do: a mail scanner that follows links must not use it up.
    private func link(_ visit: Visit) async throws -> Response {
        let token = try visit.query.required("token")
        try await identity.checkLink(token)
        let page = Page(
            template: "identity/link", title: house.text("sign-in.link.title", visit),
            context: ["request": house.formToken(visit), "token": token])
        var response = uncached(try house.page(visit, page))
        // The address holds the secret, so only the node's name may be told. With "no-referrer" a browser would send the form with
        // `Origin: null` (Fetch, 4.2), and it would be taken for another site's.
        response.headers[.referrerPolicy] = "strict-origin"
        return response
    }

    private func useLink(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await house.form(from: request, visit)
        let token = try form.fields.required("token")
        let person = try await identity.use(
            hash: SignInSecret.hash(linkToken: token), as: .link, request: form.request, peer: visit.peer)
        return signedIn(house.seeOther("/account"), person)
    }

    private func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try await house.form(from: request, visit)
        if let session = visit.session { identity.closed.close(session, now: house.now()) }
        var response = house.seeOther("/")
        response.headers.append(HTTPField(name: .setCookie, value: identity.emptyCookie))
        return response
    }

    private func signedIn(_ response: Response, _ person: Person) -> Response {
        var response = uncached(response)
        response.headers.append(HTTPField(name: .setCookie, value: identity.cookie(for: person.id)))
        return response
    }

    private func uncached(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Where to go afterwards: a page of this node only.
    private func next(_ query: Fields) throws -> String {
        guard let next = try query.filled("next"), next.hasPrefix("/"), !next.hasPrefix("//"), (try? RequestPath.check(next)) != nil else {
            return "/account"
        }
        return next
    }
}
