import Acts
import HTTPTypes
import Hummingbird
import Record

/// `/account`: one's own offices, passkeys, recovery codes and sessions.
struct AccountPages: Sendable {
    let house: House

    private var identity: Identity { house.identity }

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/account") { _, visit in try await pages.account(visit) }
        router.get("/account/challenge") { _, visit in try await pages.challenge(visit) }
        router.post("/account/passkeys") { request, visit in try await pages.addPasskey(request, visit) }
        router.post("/account/passkeys/{key}/revoke") { request, visit in try await pages.revoke(request, visit) }
        router.post("/account/recovery-codes") { request, visit in try await pages.recoveryCodes(request, visit) }
        router.post("/account/sessions/end") { request, visit in try await pages.endSessions(request, visit) }
    }

    private func account(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let (keys, codes) = try await record(of: person)
        return try show(person, keys, codes: codes, fresh: [], visit)
    }

    private func record(of person: Person) async throws -> ([EnrolledKey], Int) {
        try await house.record.read { database in
            (try IdentityView.keys(of: person.id, database), try IdentityView.recoveryCodesLeft(of: person.id, database))
        }
    }

    private func show(_ person: Person, _ keys: [EnrolledKey], codes: Int, fresh: [String], _ visit: Visit) throws -> Response {
        func rows(_ keys: [EnrolledKey]) -> [[String: Any]] {
            keys.map { key in
                [
                    "key": key.publicKey.identifier, "label": key.label, "entry": String(key.entry),
                    "added": house.text("account.passkey.added", ["date": .date(key.received.date)], visit),
                    "request": house.formToken(visit),
                ]
            }
        }
        let passkeys = keys.filter { $0.credential != nil }
        let others = keys.filter { $0.credential == nil }
        let context: [String: Any] = [
            "name": person.name, "request": house.formToken(visit),
            "offices": OfficePages.appointments(of: person, house, visit),
            "passkeys": rows(passkeys), "keys": rows(others), "hasKeys": !others.isEmpty, "keyRequest": house.formToken(visit),
            "hasPasskeys": !passkeys.isEmpty, "fresh": fresh, "hasFresh": !fresh.isEmpty,
            "codes": house.text("account.codes.left", ["count": .number(Int64(codes))], visit),
            "links": house.desks.flatMap(\.accountLinks).map { ["text": house.text($0.key, visit), "address": $0.address] },
            "needsCodes": codes == 0 && !passkeys.isEmpty && fresh.isEmpty,
        ]
        var response = try house.page(
            visit,
            Page(template: "identity/account", title: house.text("account.title", visit), context: context, modules: ["passkeys.js"]))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// What the browser hands to the authenticator (WebAuthn Level 3, PublicKeyCredentialCreationOptionsJSON).
    private func challenge(_ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        guard let session = visit.session else { throw SignInRules.noOffice }
        let keys = try await house.record.read { try IdentityView.keys(of: person.id, $0) }
        let challenge = identity.challenges.make(.registration(session: session.id), now: house.now())
        var response = house.json([
            "challenge": .string(Base64.encodeForAddress(challenge)),
            "rp": ["id": .string(identity.relyingParty.id), "name": .string(house.configuration.name(in: visit.language))],
            "user": [
                "id": .string(Base64.encodeForAddress(Array(person.id.utf8))), "name": .string(person.name),
                "displayName": .string(person.name),
            ],
            "pubKeyCredParams": .array(COSEKey.algorithms.map { ["type": "public-key", "alg": .integer($0)] }),
            "timeout": .integer(Challenges.lifetime), "attestation": "none",
            "authenticatorSelection": ["residentKey": "required", "requireResidentKey": true, "userVerification": "required"],
            "excludeCredentials": .array(
                keys.compactMap(\.credential).map { ["type": "public-key", "id": .string(Base64.encodeForAddress($0))] }),
        ])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func addPasskey(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        guard let session = visit.session else { throw SignInRules.noOffice }
        let json = try await house.jsonBody(of: request, limits: .init(bytes: 128 << 10, depth: 16))
        try await identity.enrol(
            try PasskeyRegistrationAnswer(json: json), label: json["label"]?.string, for: person, session: session)
        return house.json(["next": "/account"], status: .created)
    }

    private func revoke(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        try await identity.revoke(
            try visit.parameter("key"), of: person.id, reason: "by its holder", by: person, request: form.request)
        return house.seeOther("/account")
    }

    /// The codes are on the answer's own page and nowhere else: reloading it sends the form again, which is refused.
    private func recoveryCodes(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let fresh = try await identity.newRecoveryCodes(for: person, request: form.request)
        let (keys, codes) = try await record(of: person)
        return try show(person, keys, codes: codes, fresh: fresh, visit)
    }

    private func endSessions(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        try await identity.endSessions(of: person.id, by: person, request: form.request)
        var response = house.seeOther("/sign-in")
        response.headers.append(HTTPField(name: .setCookie, value: identity.emptyCookie))
        return response
    }
}
