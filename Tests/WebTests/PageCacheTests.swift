import Acts
import Foundation
import HTTPTypes
import NIOCore
import Record
import Synchronization
import Testing

@testable import Web

@Suite("The page cache")
struct PageCacheTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    private func count(_ visitor: Visitor, _ name: String = "a") async throws -> Int64 {
        try #require(try await visitor.json("/notes/\(name)").json["notes"]?.integer)
    }

    private var hits: Double {
        let text = house.house.metrics.text
        let line = text.split(separator: "\n").first { $0.hasPrefix("chancery_page_cache_hits_total ") } ?? "x 0"
        return Double(line.split(separator: " ").last ?? "0") ?? 0
    }

    @Test("An answer is made once, until something that it depends on is entered")
    func madeOnce() async throws {
        try await house.visit { (visitor) async throws in
            #expect(try await count(visitor) == 0)
            #expect(try await count(visitor) == 0)
            #expect(hits == 1)
            try await house.remark("x", dossier: "notes/b")
            #expect(try await count(visitor) == 0)
            #expect(hits == 2, "an entry of another dossier changes nothing")
            try await house.remark("x", dossier: "notes/a")
            #expect(try await count(visitor) == 1)
            #expect(hits == 2)
        }
    }

    @Test("Whoever was told that an act is entered sees it, while others read and write")
    func neverStale() async throws {
        let house = house
        try await house.visit { (visitor) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for reader in 0..<4 {
                    group.addTask {
                        var last: Int64 = 0
                        let reading = Visitor(client: visitor.client)
                        for _ in 0..<150 {
                            let name = reader % 2 == 0 ? "a" : "b"
                            let now = try #require(try await reading.json("/notes/\(name)").json["notes"]?.integer)
                            #expect(now >= last, "what was seen once stays")
                            last = now
                        }
                    }
                }
                for name in ["a", "b"] {
                    group.addTask {
                        let writing = Visitor(client: visitor.client)
                        for number in 1...60 {
                            try await house.remark("x", dossier: "notes/\(name)")
                            let seen = try #require(try await writing.json("/notes/\(name)").json["notes"]?.integer)
                            #expect(seen >= Int64(number), "acknowledged, but not shown")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("Each language, representation and query has its own answer")
    func keys() async throws {
        try await house.visit { (visitor) async throws in
            let english = try await visitor.get("/record?lang=en").text
            visitor.forget()
            let french = try await visitor.get("/record", [.acceptLanguage: "fr"]).text
            let json = try await visitor.get("/record", [.accept: "application/json"])
            #expect(english != french && french.contains("lang=\"fr\"") && json.mediaType == "application/json")
            visitor.forget()
            #expect(try await visitor.get("/record", [.acceptLanguage: "en"]).text.contains("lang=\"en\""))
        }
    }

    @Test("Nobody gets what was made for who is signed in")
    func people() async throws {
        _ = try await Identity.bootstrap(house.record)
        let officer = try house.officer()
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: officer))
            #expect(try await visitor.get("/record").text.contains(officer.name))
            visitor.forget()
            #expect(!(try await visitor.get("/record").text.contains(officer.name)))
            visitor.bring(house.cookie(for: officer))
            #expect(try await visitor.get("/record").text.contains(officer.name))
        }
    }

    @Test("A browser that has the answer is told so, until it changes")
    func notModified() async throws {
        try await house.visit { (visitor) async throws in
            let first = try await visitor.get("/record")
            let tag = try #require(first.headers[.eTag])
            let again = try await visitor.get("/record", [.ifNoneMatch: "\"other\", W/\(tag)"])
            #expect(again.status == .notModified && again.body.isEmpty && again.headers[.eTag] == tag)
            try await house.remark("x")
            #expect(try await visitor.get("/record", [.ifNoneMatch: tag]).status == .ok)
        }
    }

    @Test("An answer is good for one day")
    func day() async throws {
        try await house.visit { (visitor) async throws in
            #expect(try await count(visitor) == 0)
            house.clock.advance(seconds: 86_400)
            #expect(try await count(visitor) == 0)
            #expect(hits == 0)
        }
    }

    @Test("Refusals are not kept")
    func refusals() async throws {
        try await house.visit { (visitor) async throws in
            let before = house.house.cache.size.answers
            _ = try await visitor.json("/record/acts/9999")
            #expect(house.house.cache.size.answers == before)
        }
    }

    @Test("The cache stays within its bound and lets go of what was asked for longest ago")
    func bounded() {
        let cache = PageCache(limit: 100_000)
        func key(_ number: Int) -> PageCache.Key {
            PageCache.Key(target: "/\(number)", language: .english, wish: [], day: 0)
        }
        func answer(_ size: Int) -> PageCache.Answer {
            PageCache.Answer(
                status: .ok, headers: [:], body: ByteBuffer(repeating: 0x78, count: size), entityTag: "\"x\"", position: 0)
        }
        for number in 0..<500 {
            cache.keep(answer(1_000), for: key(number))
            _ = cache.answer(for: key(0))
            #expect(cache.size.bytes <= 100_000)
        }
        #expect(cache.answer(for: key(0)) != nil, "what is asked for stays")
        #expect(cache.answer(for: key(1)) == nil)
        cache.keep(answer(50_000), for: key(1_000))
        #expect(cache.answer(for: key(1_000)) == nil, "one answer takes no more than its share")
    }

    @Test("What is the same for everybody goes compressed to who wants it, with a tag of its own; what is one person's never does")
    func compressed() async throws {
        _ = try await Identity.bootstrap(house.record)
        try await house.visit { (visitor) async throws in
            let plain = try await visitor.get("/record")
            #expect(plain.headers[.contentEncoding] == nil && plain.headers[.vary]?.contains("Accept-Encoding") == true)
            let small = try await visitor.get("/record", [.acceptEncoding: "br;q=1.0, gzip;q=0.8"])
            // Keys and signatures do not get smaller, and the page of the record has kilobytes of them.
            #expect(small.headers[.contentEncoding] == "gzip" && small.body.count < plain.body.count * 3 / 4)
            #expect(try unzipped(small.body) == plain.body)
            let kept = try await visitor.get("/record", [.acceptEncoding: "gzip"])
            for answer in [small, kept] { #expect(answer.headers[.contentLength] == String(answer.body.count)) }
            let tag = try #require(small.headers[.eTag])
            #expect(tag != plain.headers[.eTag])
            let again = try await visitor.get("/record", [.acceptEncoding: "gzip", .ifNoneMatch: tag])
            #expect(again.status == .notModified && again.headers[.contentEncoding] == nil)
            let refused = try await visitor.get("/record", [.acceptEncoding: "gzip;q=0, identity"])
            #expect(refused.headers[.contentEncoding] == nil)
            let sheet = try await visitor.get("/static/chancery.css", [.acceptEncoding: "gzip"])
            #expect(sheet.headers[.contentEncoding] == "gzip")
            visitor.bring(house.cookie(for: try house.officer()))
            let own = try await visitor.get("/record", [.acceptEncoding: "gzip"])
            #expect(own.headers[.contentEncoding] == nil && own.headers[.cacheControl] == "no-store")
        }
    }

    /// What the system's gzip makes of it: another's reading of RFC 1952.
    private func unzipped(_ body: [UInt8]) throws -> [UInt8] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-d", "-c"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(body))
        try input.fileHandleForWriting.close()
        let bytes = Array(try output.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return bytes
    }
}
