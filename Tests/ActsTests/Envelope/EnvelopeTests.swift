import Crypto
import Testing

@testable import Acts

/// The entry as it stands in the log.
struct EnvelopeTests {
    private static func header(_ change: (inout ActStatement) -> Void = { _ in }) -> EntryHeader {
        var statement = ActStatement(
            kind: Remark.kind, dossier: "treaties/IV-11", office: "depositary", author: "p1", effective: CalendarDate("1990-09-02"),
            marking: .restricted(.init(audience: ["press", "depositary"], label: "TLP:AMBER", release: CalendarDate("2030-01-01"))),
            references: [Reference(3), Reference(7, origin: "other.example/record")], request: "r-1",
            payloadCommitment: Array(repeating: 7, count: 32))
        change(&statement)
        return EntryHeader(
            statement: statement, received: Moment("2026-11-22T15:57:00.123Z")!,
            signatures: [ActSignature(key: "k", algorithm: .ed25519, signature: [1, 2, 3])])
    }

    @Test("A leaf reads back as it was written, to the byte")
    func roundTrip() throws {
        let header = Self.header()
        let read = try EntryHeader(leaf: header.canonicalBytes)
        #expect(read == header)
        #expect(read.canonicalBytes == header.canonicalBytes)
    }

    @Test("The leaf is canonical JSON (RFC 8785), whatever stands in it")
    func canonical() throws {
        for change in [{ $0.dossier = nil }, { $0.effective = nil }, { $0.references = [] }, { $0.author = "\"\\\u{1}é" }]
            as [(inout ActStatement) -> Void]
        {
            let bytes = Self.header(change).canonicalBytes
            #expect(try JSONParser.parse(bytes).canonicalBytes == bytes)
        }
    }

    @Test("A leaf in another form, with a member nobody knows or one left out, is refused with its place")
    func refused() throws {
        let json = try JSONParser.parse(Self.header().canonicalBytes)
        func place(_ change: (inout JSONObject) -> Void) -> String? {
            var object = json.object ?? JSONObject()
            change(&object)
            do {
                _ = try EntryHeader(leaf: JSON.object(object).canonicalBytes)
                return nil
            } catch {
                return error.place
            }
        }
        #expect(place { $0["kind"] = "nonsense" } == "kind")
        #expect(place { $0["office"] = nil } == "office")
        #expect(place { $0["extra"] = 1 } == "extra")
        #expect(place { $0["format"] = 2 } == "format")
        #expect(place { $0["received"] = "2026-02-30T00:00:00.000Z" } == "received")
        #expect(place { $0["effective"] = "2015-02-29" } == "effective")
        #expect(place { $0["references"] = [-1] } == "references[0]")
        #expect(place { $0["payload"] = "AAAA" } == "payload")
        #expect(throws: MalformedAct.self) { try EntryHeader(leaf: Self.header().canonicalBytes + [0x20]) }
    }

    @Test("What a person signs does not change with the time and place the node gives it, and with everything else")
    func digest() {
        let digest = Self.header().statement.digest
        var later = Self.header()
        later.received = Moment("2027-01-01T00:00:00.000Z")!
        #expect(later.statement.digest == digest)
        for change in [
            { $0.office = "x" }, { $0.author = "x" }, { $0.dossier = "x" }, { $0.effective = nil }, { $0.marking = .public },
            { $0.references = [] }, { $0.request = nil }, { $0.payloadCommitment[0] = 8 }, { $0.kind = RecordOpened.kind },
        ] as [(inout ActStatement) -> Void] {
            #expect(Self.header(change).statement.digest != digest)
        }
    }

    @Test("A commitment is SHA-256 over salt and payload, and hides the payload behind the salt")
    func commitment() {
        let sealed = SealedPayload(Remark(text: "yes"))
        let other = SealedPayload(Remark(text: "yes"))
        #expect(sealed.commitment == Array(SHA256.hash(data: sealed.salt + sealed.bytes)))
        #expect(sealed.commitment != other.commitment)
        #expect(sealed.salt.count == 32)
    }

    @Test("Markings: public, or an audience until its release date")
    func marking() throws {
        let restricted = Marking.restricted(.init(audience: ["b", "a", "b"], label: "TLP:RED", release: CalendarDate("2030-01-01")))
        #expect(try Marking(json: restricted.json) == restricted)
        #expect(restricted.json["audience"] == ["a", "b"])
        #expect(!restricted.isPublic(on: CalendarDate("2029-12-31")!))
        #expect(restricted.isPublic(on: CalendarDate("2030-01-01")!))
        #expect(Marking.public.isPublic(on: CalendarDate("1900-01-01")!))
        #expect(throws: MalformedAct.self) { try Marking(json: "secret") }
    }

    @Test(
        "Kinds have a name and a version",
        arguments: [
            ("treaty.opened@1", true), ("treaty.opened", false), ("Treaty@1", false), ("a@0", false), ("a@01", false), ("@1", false),
        ])
    func kinds(text: String, isKind: Bool) {
        #expect((ActKind(text) != nil) == isKind)
        if isKind { #expect(ActKind(text)?.description == text) }
    }

    @Test("Every payload type reads back what it wrote, and refuses a member it does not have")
    func payloads() throws {
        let key = PublicKey(algorithm: .ed25519, bytes: Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))!
        func check<Content: Payload & Equatable>(_ content: Content) throws {
            #expect(try Content(json: content.json) == content)
            var object = content.json.object ?? JSONObject()
            object["nobody-knows"] = 1
            #expect(throws: MalformedAct.self) { try Content(json: .object(object)) }
        }
        let act = TreatyParticipation(
            treaty: "IV-11", actor: ActorCode(rawValue: "FRA")!, action: .accession, date: CalendarDate("1990-01-26")!, note: "n")
        try check(RecordOpened(origin: "a.example/record", name: ["en": "A"]))
        try check(PayloadErased(entry: 3, ground: "court order"))
        try check(Remark(text: "x"))
        try check(OfficeEstablished(office: "depositary", name: ["en": "Depositary"], actor: ActorCode(rawValue: "FRA")))
        try check(PersonAppointed(person: "p", name: "N", office: "depositary", roles: [.depositaryOfficer]))
        try check(KeyEnrolled(holder: "p", publicKey: key, label: "safe", credential: [1, 2]))
        try check(KeyRevoked(key: "k", reason: "lost"))
        try check(SignInSecretsIssued(person: "p", purpose: .link, hashes: ["h"], expires: Moment("2026-11-22T15:57:00.123Z")))
        try check(SignInSecretUsed(hash: "h"))
        try check(SessionsEnded(person: "p"))
        try check(act)
        try check(TreatyParticipationCorrected(entry: 4, replacement: act, reason: "misread"))
        try check(
            TreatyEntryIntoForceProposed(
                treaty: "IV-11", date: CalendarDate("1990-09-02")!, decisiveDay: CalendarDate("1990-08-03")!, decisiveEntries: [7],
                arithmetic: ["one"]))
        try check(TreatyEntryIntoForceConfirmed(treaty: "IV-11", date: CalendarDate("1990-09-02")!, note: nil))
        try check(
            TreatyOpened(
                treaty: "IV-11", titles: ["en": "T"], chapter: "IV", chapterNames: ["en": "Human Rights"],
                adoptedOn: CalendarDate("1989-11-20"), article: "Art. 49", clause: ["condition": ["count": 20]]))
    }
}
