import Testing

@testable import Fediverse

@Suite("ActivityStreams names")
struct ActivityStreamsTests {
    @Test(
        "The two media types of ActivityPub, section 3.2, are known, and no other",
        arguments: [
            ("application/activity+json", true), ("application/activity+json; charset=utf-8", true),
            (#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#, true),
            ("application/ld+json", false), ("application/json", false), ("text/html", false), ("", false),
        ])
    func mediaTypes(_ type: String, _ isKnown: Bool) {
        #expect(ActivityStreams.isMediaType(type) == isKnown)
    }

    @Test("A browser is given the page, a server the document")
    func asking() {
        #expect(!ActivityStreams.isAskedFor(in: "text/html,application/xhtml+xml,*/*;q=0.8"))
        #expect(ActivityStreams.isAskedFor(in: "application/activity+json, application/ld+json"))
        #expect(!ActivityStreams.isAskedFor(in: "text/html, application/activity+json"))
        #expect(!ActivityStreams.isAskedFor(in: "*/*"))
    }
}
