import Acts
import Chancery
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import NIOCore
import Record
import Testing
import Web

import class Record.Record

/// A whole node over the sample register, asked as a browser or a program would.
@Suite(.serialized)
struct NodeTests {
    /// One node for all of them: entering the sample register takes its time.
    private static func withNode(_ body: @Sendable (Node, any TestClientProtocol) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-node-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let configuration = try await NodeConfiguration.read(.init(dataFolder: folder.path(percentEncoded: false), port: 8080))
        let node = try Node.open(configuration, logger: logger)
        _ = try await node.establishFirstOffice()
        #expect(try await node.enterSampleRegister { _, _ in } > 8000)
        try await Application(router: node.house.router()).test(.router) { client in try await body(node, client) }
        try node.record.close()
    }

    private static func get(
        _ path: String, _ client: any TestClientProtocol, accept: String = "text/html", language: String = "en"
    ) async throws -> (status: Int, type: String, text: String) {
        var headers: HTTPFields = [.accept: accept, .acceptLanguage: language]
        headers[.init("Host")!] = "localhost:8080"
        return try await client.execute(uri: path, method: .get, headers: headers) { response in
            (response.status.code, response.headers[.contentType] ?? "", String(buffer: response.body))
        }
    }

    private static func json(_ path: String, _ client: any TestClientProtocol) async throws -> JSON {
        let answer = try await get(path, client, accept: "application/json")
        #expect(answer.status == 200, "\(path): \(answer.text.prefix(200))")
        return try JSONParser.parse(Array(answer.text.utf8), limits: .init(bytes: 8 << 20))
    }

    @Test("The register, a treaty, an actor and an act answer in every form and language they are offered in")
    func pages() async throws {
        try await Self.withNode { node, client in
            let register = try await Self.json("/treaties?limit=5", client)
            #expect(register["total"]?.integer ?? 0 >= 50)
            #expect(register["treaties"]?.array?.count == 5)
            let page = try await Self.get("/treaties/IV-11", client)
            #expect(page.status == 200)
            #expect(page.text.contains("In force since 2 September 1990"))
            #expect(page.text.utf8.count < 200_000)
            for (language, direction) in [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("id", "ltr")] {
                let own = try await Self.get("/treaties/IV-11", client, language: language)
                #expect(own.text.contains("<html lang=\"\(language)\" dir=\"\(direction)\""), "\(language)")
            }
            let csv = try await Self.get("/treaties/IV-11?format=csv", client)
            #expect(csv.text.hasPrefix("actor,name,state"))
            let actor = try await Self.json("/actors/FRA", client)
            #expect(actor["treaties"]?.array?.isEmpty == false)
            let act = try await Self.json("/record/acts/10", client)
            #expect(act["kind"]?.string == "treaty.participation@1" || act["kind"]?.string?.isEmpty == false)
            #expect(try await Self.get("/health", client).status == 200)
        }
    }

    @Test("The search finds a title in any language, misspelt too, and a participant by a misspelt name")
    func search() async throws {
        try await Self.withNode { _, client in
            for query in ["Rights of the Child", "Rigths of the Chlid", "droits%20de%20l%E2%80%99enfant", "UNCLOS"] {
                let found = try await Self.json("/treaties?q=\(query.replacingOccurrences(of: " ", with: "%20"))", client)
                #expect(found["total"]?.integer ?? 0 > 0, "\(query)")
            }
            let kazakhstan = try await Self.json("/treaties?q=Kazakstan", client)
            #expect(kazakhstan["total"]?.integer ?? 0 > 10)
            #expect(try await Self.json("/treaties?q=zzzzqqqq", client)["total"] == 0)
        }
    }

    @Test("As of a day, and if one more deposited")
    func questions() async throws {
        try await Self.withNode { _, client in
            let before = try await Self.json("/treaties/IV-11?asOf=1990-09-01", client)
            #expect(before["inForce"] == false)
            #expect(try await Self.json("/treaties/IV-11?asOf=1990-09-02", client)["inForce"] == true)
            let whatIf = try await Self.json("/treaties/IV-11?actor=USA&date=2027-01-01", client)
            #expect(whatIf["whatIf"]?["inEffectFrom"]?.string == "2027-01-31")
            let wrongDay = try await Self.get("/treaties/IV-11?asOf=2015-02-29", client, accept: "application/json")
            #expect(wrongDay.status == 400)
            #expect(wrongDay.type.hasPrefix("application/problem+json"))
        }
    }

    @Test("What is not there is refused with its reason, in the form asked for")
    func refusals() async throws {
        try await Self.withNode { _, client in
            let unknown = try await Self.get("/treaties/XCIX-1", client, accept: "application/json")
            #expect(unknown.status == 404)
            let problem = try JSONParser.parse(Array(unknown.text.utf8))
            #expect(problem["code"]?.string == "treaty.unknown-treaty")
            #expect(problem["mend"]?.string?.isEmpty == false)
            #expect(try await Self.get("/treaties/IV-11/record", client).status == 401)
            #expect(try await Self.get("/actors/NOBODY", client, accept: "application/json").status == 404)
        }
    }

    @Test("An act's proof verifies without the node, and a changed one does not")
    func proof() async throws {
        try await Self.withNode { node, client in
            let proof = try await Self.get("/record/acts/42.tlog-proof", client, accept: "*/*")
            #expect(proof.status == 200)
            let keys = [node.record.verifierKey]
            let finding = try ProofVerification.verify(Array(proof.text.utf8), keys: keys, policy: nil)
            #expect(finding.index == 42)
            #expect(finding.payload != nil)
            let changed = proof.text.replacingOccurrences(of: "index 42\n", with: "index 43\n")
            #expect(throws: ProofVerification.Failure.self) {
                try ProofVerification.verify(Array(changed.utf8), keys: keys, policy: nil)
            }
        }
    }

    @Test("A second start on the same folder is refused, with the reason")
    func secondStart() async throws {
        try await Self.withNode { node, _ in
            let configuration = node.configuration
            let error = #expect(throws: RecordError.self) { try Node.open(configuration, logger: Logger(label: "test")) }
            #expect(error?.mend.isEmpty == false)
        }
    }
}
