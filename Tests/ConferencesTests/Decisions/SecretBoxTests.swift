import Acts
import Testing

@testable import Conferences

@Suite("Boxes recounted without the node")
struct SecretBoxTests {
    /// A ballot's resource with papers whose signatures hold.
    private func ballot(_ choices: [[String]]) throws -> JSON {
        let key = try BallotKey()
        let scope = BallotPaper.Scope(conference: "c", body: "plenary", decision: "d", round: 1)
        var papers: [JSON] = []
        for chosen in choices {
            let paper = try BallotPaper(chosen, scope: scope, key: try BallotKey.Public(key.published))
            let cast = try paper.finish(try key.sign(paper.blinded), session: Room.session)
            papers.append([
                "nonce": .string(cast.nonce), "choices": .array(chosen.map(JSON.string)), "signature": .string(cast.signature),
            ])
        }
        let signed = papers.indices.map { JSON.object(["actor": .string("S\($0)")]) }
        let round: JSON = ["round": 1, "key": .string(key.published), "signed": .array(signed), "papers": .array(papers)]
        return ["conference": "c", "body": "plenary", "decision": "d", "rounds": [round]]
    }

    @Test("What holds is counted, and one's own paper is found by its number")
    func holds() throws {
        let json = try ballot([["yes"], ["no"], ["yes"], []])
        let box = try SecretBox(json: json)
        #expect(box.faults.isEmpty)
        #expect(box.rounds == [SecretBox.Round(number: 1, signed: 4, papers: 4, counts: ["yes": 2, "no": 1, "": 1])])
        let number = try #require(json["rounds"]?[0]?["papers"]?[1]?["nonce"]?.string)
        #expect(box.paper(number)?.choices == ["no"])
        #expect(box.paper("00") == nil)
    }

    @Test("A paper of another decision does not hold")
    func foreign() throws {
        var object = try #require(try ballot([["yes"]]).object)
        object["decision"] = "d2"
        #expect(try SecretBox(json: .object(object)).faults.count == 1)
    }

    @Test("Whatever stands in the file, it is read or refused")
    func fuzz() throws {
        let json = try ballot([["yes"]])
        let bytes = Array(json.canonicalBytes)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var spoiled = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                spoiled[Int.random(in: 0..<spoiled.count, using: &generator)] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            guard let read = try? JSONParser.parse(spoiled), read != json else { continue }
            // A byte that is changed is no JSON, no ballot, or seen; but in the names of who had a paper signed, which anybody can read.
            if let box = try? SecretBox(json: read), box.faults.isEmpty {
                #expect(read["rounds"]?[0]?["papers"] == json["rounds"]?[0]?["papers"])
            }
        }
    }
}
