import Acts
import AsyncHTTPClient
import Foundation
import Seals
import Synchronization

/// The story's people: who is signed in where, how a new one is invited, and the keys with which they sign.
final class WorldPeople: Sendable {
    /// The person every node begins with.
    static let administrator = Node.firstOfficer

    private struct Key: Hashable {
        let node: String
        let person: String
    }

    private let client: HTTPClient
    private let keysFolder: String
    private let signedIn = Mutex<[Key: WorldVisitor]>([:])

    init(client: HTTPClient, keysFolder: String) {
        self.client = client
        self.keysFolder = keysFolder
    }

    func keep(_ visitor: WorldVisitor, as person: String, at node: WorldNode) {
        signedIn.withLock { $0[Key(node: node.member.key, person: person)] = visitor }
    }

    func administrator(of node: WorldNode) throws -> WorldVisitor {
        guard let visitor = signedIn.withLock({ $0[Key(node: node.member.key, person: Self.administrator)] }) else {
            throw WorldProblem("Nobody administers \(node.title).")
        }
        return visitor
    }

    /// A person of a State's ministry, signed in; invited first where the person is not known yet.
    func person(_ person: WorldCast.Person, at node: WorldNode) async throws -> WorldVisitor {
        let key = Key(node: node.member.key, person: person.name)
        if let visitor = signedIn.withLock({ $0[key] }) { return visitor }
        let visitor = WorldVisitor("the \(person.name) of \(node.member.name)", at: node.origin, client: client)
        try await visitor.signIn(by: try await link(for: person.name, in: WorldCast.ministry, at: node))
        keep(visitor, as: person.name, at: node)
        return visitor
    }

    // MARK: Offices

    func hasOffice(_ office: String, at node: WorldNode) async throws -> Bool {
        let offices = try await administrator(of: node).json("/offices")["offices"]?.array ?? []
        return offices.contains { $0["office"]?.string == office }
    }

    /// Establishes an office, for its State where it is one's.
    func establish(_ office: String, named name: String, of actor: ActorCode?, at node: WorldNode) async throws {
        let administrator = try administrator(of: node)
        let form = try await administrator.form("establish-office", on: "/offices")
        var values = [("name", name), ("office", office)]
        if let actor, form.names.contains("actor") { values.append(("actor", actor.rawValue)) }
        try await administrator.enter(form, values)
    }

    /// The names of an office's people.
    func names(in office: String, at node: WorldNode) async throws -> [String] {
        try await linkForms(in: office, at: node).compactMap { $0["name"] }
    }

    func invite(_ person: WorldCast.Person, to office: String, at node: WorldNode) async throws {
        let administrator = try administrator(of: node)
        let form = try await administrator.form("invite", on: "/offices/\(office)")
        _ = try await administrator.submit(form, [("name", person.name)] + person.roles.map { ("role", $0) })
    }

    /// Everybody of the node's offices, with the office, in the order of the pages.
    func everybody(at node: WorldNode) async throws -> [(name: String, office: String)] {
        var all: [(name: String, office: String)] = []
        for office in [WorldCast.firstOffice, WorldCast.ministry] where try await hasOffice(office, at: node) {
            all += try await names(in: office, at: node).map { ($0, office) }
        }
        return all
    }

    /// A new one-time sign-in link for a person, by the administrator.
    func link(for person: String, in office: String, at node: WorldNode) async throws -> String {
        guard let form = try await linkForms(in: office, at: node).first(where: { $0["name"] == person }) else {
            throw WorldProblem("\(person) is not among the people of \(office) at \(node.title).")
        }
        let page = try await administrator(of: node).submit(form).text
        guard let start = page.range(of: "\(node.origin)/sign-in/link?token="),
            let end = page[start.upperBound...].firstIndex(where: { $0 == "<" || $0 == "\"" || $0.isWhitespace })
        else { throw WorldProblem("\(node.title) showed no sign-in link for \(person).") }
        return PageForm.resolved(String(page[start.lowerBound..<end]))
    }

    private func linkForms(in office: String, at node: WorldNode) async throws -> [PageForm] {
        let page = try await administrator(of: node).get("/offices/\(office)")
        return PageForm.all(in: page.text).filter { $0.action.hasPrefix("/people/") && $0.action.hasSuffix("/link") }
    }

    // MARK: Signing

    /// Makes a key for a person and enrols it on the account's page, where that was not done.
    func enrolKey(of person: String, as visitor: WorldVisitor, at node: WorldNode) async throws {
        let key = try key(of: person, at: node)
        let account = try await visitor.get("/account").text
        guard !account.contains("data-test=\"key\"") else { return }
        let form = try await visitor.form("enrol-key", on: "/account")
        let page = try await visitor.submit(form, [("label", "Key file of the world to try"), ("key", try key.publicKey.pem)])
        _ = try await enter(page, signedBy: key, as: visitor)
    }

    /// Signs the act that a page shows, as `chancery sign` does with a signing request, and enters it.
    ///
    /// - Returns: the address of the act: `/record/acts/N`.
    func sign(_ page: WorldVisitor.Answer, by person: String, as visitor: WorldVisitor, at node: WorldNode) async throws -> String {
        try await enter(page, signedBy: try key(of: person, at: node), as: visitor)
    }

    private func enter(_ page: WorldVisitor.Answer, signedBy key: KeyFile, as visitor: WorldVisitor) async throws -> String {
        let forms = PageForm.all(in: page.text)
        guard let download = forms.first(where: { $0.attributes["data-test"] == "signing-request" }),
            let bring = forms.first(where: { $0.attributes["data-test"] == "sign-file" })
        else {
            throw WorldProblem("\(visitor.who) was shown nothing to sign.\(WorldVisitor.refusal(in: page.text))")
        }
        let file = try await visitor.submit(download).text
        let request = try SigningRequest(file: Array(file.utf8))
        let signature = try key.sign(request)
        return try await visitor.enter(bring, [("signature", String(decoding: signature.file, as: UTF8.self))])
    }

    /// The key file of a person, made where there is none. It is not encrypted: it is for a world to try.
    private func key(of person: String, at node: WorldNode) throws -> KeyFile {
        let name = person.lowercased().map { $0.isLetter && $0.isASCII ? $0 : "-" }
        let path = "\(keysFolder)/\(node.member.key)-\(String(name)).key"
        if FileManager.default.fileExists(atPath: path) { return try KeyFile.load(path) { nil } }
        try FileManager.default.createDirectory(
            atPath: keysFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let key = try KeyFile.make(.ed25519)
        try key.write(to: path, passphrase: nil)
        return key
    }
}
