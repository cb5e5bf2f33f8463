import Testing

@testable import Web

/// The address a node is reached at.
struct WebOriginTests {
    @Test("A scheme, a host and perhaps a port, and no more")
    func forms() {
        #expect(WebOrigin("http://localhost:8080")?.authority == "localhost:8080")
        #expect(WebOrigin("https://treaties.example.org:443")?.authority == "treaties.example.org")
        #expect(WebOrigin("https://treaties.example.org/path") == nil)
        #expect(WebOrigin("ftp://treaties.example.org") == nil)
    }
}
