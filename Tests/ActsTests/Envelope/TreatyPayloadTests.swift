import Acts
import Testing

/// The payloads of authority, consent and statements: each reads what it writes, and nothing else.
@Suite("Payloads of consent")
struct TreatyPayloadTests {
    static let signatory = Signatory(name: "Amina Otieno", title: "Ambassador", capacity: .plenipotentiary)
    static let kenya = ActorCode(rawValue: "KEN")!
    static let day = CalendarDate("2024-02-20")!

    static let payloads: [any Payload] = [
        TreatyParticipation(
            treaty: "IV-11", actor: kenya, action: .signature, date: day, note: "n", signatory: signatory, fullPowers: 7, text: "ab",
            provisions: ["art_3"], territories: ["Somewhere"], unconfirmed: true,
            statements: [AttachedStatement(statement: .reservation, text: "Not this.", language: "en", provisions: ["art_4"], listed: "x")]),
        TreatyFullPowersIssued(
            form: .credentials, actor: kenya, issuer: .headOfState, issuedBy: "The President", issuedOn: day,
            representatives: [.init(name: "A", title: "B")], treaties: ["IV-11"], acts: [.adoption], conference: "The Conference",
            validFrom: day, validUntil: day, custody: .scan, document: "ab", note: "n"),
        TreatyFullPowersRevoked(entry: 3, date: day, reason: "r"),
        TreatyActConfirmed(treaty: "IV-11", entry: 3, date: day, effectiveFrom: day, signatory: signatory, fullPowers: 4, note: "n"),
        TreatyStatementMade(
            treaty: "IV-11", actor: kenya, statement: .recharacterization, date: day, text: "t", language: "fr", provisions: ["art_1"],
            listed: "x", madeAt: 1, answers: 2, precludesTreaty: true, heldToBe: .reservation, late: true, signatory: signatory,
            fullPowers: 4, source: "s", confidence: "c", note: "n"),
        TreatyStatementChanged(
            treaty: "IV-11", statement: 3, change: .modified, date: day, text: "t", language: "fr", provisions: ["art_1"], madeAt: 2,
            signatory: signatory, fullPowers: 4, source: "s", note: "n"),
        TreatySuspended(
            treaty: "IV-11", actors: [kenya], towards: [kenya], provisions: ["art_1"], from: day, until: day, ground: .breach, note: "n"),
        TreatyTerminated(treaty: "IV-11", actors: [kenya], from: day, ground: .consentOfAll, note: "n"),
        OfficeRulesSet(office: "depositary", twoPersons: true, unsignedActs: true),
        ActReviewed(prepared: 3, digest: Array(repeating: 7, count: 32), approved: false, reason: "r"),
    ]

    @Test("Each reads what it writes", arguments: payloads.indices)
    func roundTrip(_ index: Int) throws {
        let payload = Self.payloads[index]
        #expect(try type(of: payload).reread(payload.json) == payload.json)
    }

    @Test("Each refuses a member it does not have, and names its place", arguments: payloads.indices)
    func strangers(_ index: Int) {
        let payload = Self.payloads[index]
        var object = payload.json.object ?? JSONObject()
        object["stranger"] = true
        let json = JSON.object(object)
        let fault = #expect(throws: MalformedAct.self) { try type(of: payload).reread(json) }
        #expect(fault?.place == "payload.stranger")
    }

    @Test("A member of another type is refused, never taken for something else", arguments: payloads.indices)
    func otherTypes(_ index: Int) {
        let payload = Self.payloads[index]
        for member in payload.json.object?.members ?? [] {
            var object = payload.json.object ?? JSONObject()
            object[member.name] = ["an": "object"]
            if case .object = member.value { object[member.name] = 7 }
            let json = JSON.object(object)
            #expect(throws: MalformedAct.self, "\(member.name)") { try type(of: payload).reread(json) }
        }
    }

    @Test("An act of the past reads as it always did, without what later acts say")
    func older() throws {
        let json: JSON = ["treaty": "IV-11", "actor": "KEN", "action": "accession", "date": "1990-07-30"]
        let act = try TreatyParticipation(json: json)
        #expect(act.json == json && act.signatory == nil && !act.unconfirmed)
    }

    @Test("A prepared act carries its digest, and one that was changed is refused")
    func prepared() throws {
        let draft = ActDraft(TreatyFullPowersRevoked(entry: 3, date: Self.day, reason: "r"), office: "o", author: "a")
        let prepared = ActPrepared(request: try SigningRequest(draft), signatures: [])
        #expect(try ActPrepared(json: prepared.json) == prepared)
        var object = prepared.json.object ?? JSONObject()
        object["content"] = ["entry": 4, "date": "2024-02-20", "reason": "r"]
        #expect(throws: MalformedAct.self) { try ActPrepared(json: .object(object)) }
    }
}

extension Payload {
    /// What a payload of this kind is once it was read.
    fileprivate static func reread(_ json: JSON) throws(MalformedAct) -> JSON { try Self(json: json).json }
}
