import Federation
import Testing

@Suite("Names of nodes")
struct NodeNameTests {
    @Test(
        "A name is a host with an optional port, in lowercase",
        arguments: [
            ("mfa.example.org", "did:web:mfa.example.org"), ("localhost:8082", "did:web:localhost%3A8082"),
            ("MFA.Example.org", "did:web:mfa.example.org"),
        ])
    func names(text: String, did: String) throws {
        let name = try #require(NodeName(text))
        #expect(name.did == did)
        #expect(NodeName(audienceMember: name.audienceMember) == name)
    }

    @Test(
        "What is no authority is no name",
        arguments: [
            "", "a b", "mfa.example.org/x", "user@host", "host:", "host:0", "host:070", "host:70000", "a..b", "-a.org", "[::1]", "é.org",
        ])
    func others(text: String) {
        #expect(NodeName(text) == nil)
    }
}
