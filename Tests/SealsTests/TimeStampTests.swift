import Acts
import Foundation
import SwiftASN1
import TestSupport
import Testing
import X509

@testable import Seals

/// The time-stamp authority (RFC 3161): openssl and pyHanko take its answers; what it cannot answer it refuses in an answer.
@Suite("Time-stamps")
struct TimeStampTests {
    @Test("openssl asks and verifies, with each hash, with nonce and without", arguments: ["sha256", "sha384", "sha512"], [true, false])
    func opensslVerifies(digest: String, nonce: Bool) throws {
        if try Outside.isMissing("openssl") { return }
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let data = try folder.write("data", "text")
        let query = folder.file("q.tsq")
        let asked = try Outside.run(
            ["openssl", "ts", "-query", "-data", data, "-\(digest)", "-cert", "-out", query] + (nonce ? [] : ["-no_nonce"]))
        #expect(asked.status == 0, "\(asked.output)")
        let reply = try folder.write("r.tsr", office.timeStampReply(to: try folder.read("q.tsq")))
        let root = try folder.write("root.pem", try office.root.pemText)
        for arguments in [["-queryfile", query], ["-data", data]] {
            let answer = try Outside.run(["openssl", "ts", "-verify", "-in", reply, "-CAfile", root] + arguments)
            #expect(answer.status == 0 && answer.output.contains("Verification: OK"), "\(answer.output)")
        }
        let other = try folder.write("other", "texts")
        #expect(try Outside.run("openssl", "ts", "-verify", "-in", reply, "-CAfile", root, "-data", other).status != 0)
        let text = try Outside.run("openssl", "ts", "-reply", "-in", reply, "-text").output
        #expect(text.contains(TimeStampAuthority.policyName), "\(text)")
    }

    @Test("An independent reader finds every set in DER's order, and no serial twice")
    func strictReader() throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let imprint = SealDigest.sha256.hash(of: [1, 2, 3])
        let query = DERElement.sequence([
            .integer(1), .sequence([try SealDigest.sha256.algorithm, .octets(imprint)]), .integer(0x1234_5678_9ABC_DEF0),
            .primitive(.boolean, [0xFF]),
        ]).bytes
        var serials: Set<String> = []
        for index in 0..<3 {
            let file = try folder.write("\(index).tsr", office.timeStampReply(to: query))
            guard let answer = try Outside.python("stamp", file, "-") else { return }
            #expect(answer.status == 0, "\(answer.output)")
            let json = try JSONParser.parse(answer.output)
            #expect(json["policy"]?.string == TimeStampAuthority.policyName)
            #expect(json["nonce"]?.string == String(0x1234_5678_9ABC_DEF0 as UInt64))
            #expect(json["certificates"]?.integer == 2)
            let isNew = serials.insert(json["serial"]?.string ?? "").inserted
            #expect(isNew)
        }
    }

    /// A request with one thing about it changed.
    static func request(
        version: UInt64 = 1, digest: DERElement? = nil, imprint: Int = 32, rest: [DERElement] = []
    ) throws -> [UInt8] {
        DERElement.sequence(
            [
                .integer(version),
                .sequence([try digest ?? SealDigest.sha256.algorithm, .octets([UInt8](repeating: 7, count: imprint))]),
            ] + rest
        ).bytes
    }

    @Test("What cannot be answered is refused with its reason (RFC 3161, 2.4.2)")
    func refusals() throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let sha1 = DERElement.sequence([try .identifier([1, 3, 14, 3, 2, 26])])
        let cases: [([UInt8], TimeStampRefusal.Failure)] = [
            (try Self.request(version: 2), .badRequest),
            (try Self.request(digest: sha1, imprint: 20), .badAlgorithm),
            (try Self.request(imprint: 31), .badDataFormat),
            (try Self.request(rest: [try .identifier([1, 2, 3])]), .unacceptedPolicy),
            (try Self.request(rest: [.explicit(0, .sequence([]))]), .unacceptedExtension),
            (try Self.request(rest: [.primitive(.integer, [UInt8](repeating: 1, count: 40))]), .badDataFormat),
            ([], .badDataFormat), ([0x30], .badDataFormat), ([UInt8](repeating: 0x30, count: 5_000), .badDataFormat),
        ]
        for (request, failure) in cases {
            let reply = office.timeStampReply(to: request)
            var outer = try DERReader(try DERReader.whole(reply, named: "reply"), named: "reply")
            var status = try outer.sequence()
            #expect(outer.isAtEnd, "no token goes with a refusal")
            #expect(try status.primitive(.integer) == [2])
            _ = try status.sequence()
            let bits = try status.primitive(.bitString)
            #expect(
                bits.dropFirst().enumerated().contains { index, byte in
                    index == failure.rawValue / 8 && byte == 0x80 >> UInt8(failure.rawValue % 8)
                }, "\(failure)")
        }
        #expect(try Self.granted(office.timeStampReply(to: try Self.request(rest: [TimeStampAuthority.policy]))))
    }

    private static func granted(_ reply: [UInt8]) throws -> Bool {
        var outer = try DERReader(try DERReader.whole(reply, named: "reply"), named: "reply")
        var status = try outer.sequence()
        return try status.primitive(.integer) == [0]
    }

    @Test("Any bytes are answered with a reply that can be read")
    func anyBytes() throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let whole = try Self.request(rest: [.integer(42), .primitive(.boolean, [0xFF])])
        var generator = SeededGenerator.fresh()
        for _ in 0..<300 {
            _ = try DERReader.whole(office.timeStampReply(to: generator.damaged(whole)), named: "seed \(generator.seed)")
        }
    }
}
