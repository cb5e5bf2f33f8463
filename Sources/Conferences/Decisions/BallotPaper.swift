import Acts
import Crypto
import CryptoExtras
import Foundation

/// A secret ballot, by blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Deterministic; every message has 32 random bytes of its voter's).
///
/// The delegation writes its choices and a random number on a paper, hides it, and has the hidden paper signed: once for each delegation,
/// by an act that names it. It takes the cover off and puts paper and signature into the box without a name. The node has signed every
/// paper and seen none, so it cannot tell whose a paper is; it can add none unseen, since papers are no more than delegations that had
/// one signed; and it can alter none, since the signature is over the choices. docs/threat-model.md says what remains.
struct BallotPaper {
    /// What binds a paper to one round of one decision.
    struct Scope: Hashable, Sendable {
        var conference: String
        var body: String
        var decision: String
        /// Of an election; 1 for any other vote.
        var round: Int64

        init(conference: String, body: String, decision: String, round: Int64) {
            self.conference = conference
            self.body = body
            self.decision = decision
            self.round = round
        }

        init(_ decision: MeetingState.Decision) {
            self.init(
                conference: decision.opened.session.conference, body: decision.opened.session.body, decision: decision.opened.decision,
                round: Int64(decision.rounds.count) + 1)
        }

        /// The bytes that are signed: canonical JSON (RFC 8785).
        func message(nonce: String, choices: [String]) -> [UInt8] {
            let json: JSON = [
                "ballot": "chancery/1", "conference": .string(conference), "body": .string(body), "decision": .string(decision),
                "round": .integer(round), "nonce": .string(nonce), "choices": .array(choices.map(JSON.string)),
            ]
            return Array(json.canonicalBytes)
        }
    }

    /// What is wrong with a key or a signature.
    enum Fault: Error, Hashable, Sendable {
        /// The key is no RSA key of 2048 to 4096 bits in DER.
        case key
        /// The blinded message or the signature is not of the key's size, or does not hold.
        case signature
    }

    let scope: Scope
    /// Thirty-two random bytes in hexadecimal, by which the voter finds its paper in the box.
    let nonce: String
    let choices: [String]
    /// What the node signs, in base64.
    let blinded: String
    private let key: BallotKey.Public
    private let prepared: _RSA.BlindSigning.PreparedMessage
    private let inverse: _RSA.BlindSigning.BlindingInverse

    /// Writes a paper and hides it.
    init(_ choices: [String], scope: Scope, key: BallotKey.Public) throws(Fault) {
        var generator = SystemRandomNumberGenerator()
        let random = (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
        nonce = random.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        self.choices = choices
        self.scope = scope
        self.key = key
        prepared = key.key.prepare(scope.message(nonce: nonce, choices: choices))
        do {
            let hidden = try key.key.blind(prepared)
            blinded = hidden.blindedMessage.base64EncodedString()
            inverse = hidden.inverse
        } catch { throw .key }
    }

    /// Takes the cover off a signed paper: what goes into the box.
    func finish(_ signature: String, session: ConferenceSession) throws(Fault) -> ConferenceBallotCast {
        guard let bytes = Data(base64Encoded: signature) else { throw .signature }
        do {
            let finished = try key.key.finalize(
                _RSA.BlindSigning.BlindSignature(rawRepresentation: bytes), for: prepared, blindingInverse: inverse)
            return ConferenceBallotCast(
                session: session, decision: scope.decision, nonce: nonce, choices: choices,
                signature: finished.rawRepresentation.base64EncodedString())
        } catch { throw .signature }
    }
}

/// The key of one secret ballot. It is made when the decision is opened, signs what the delegations hide, and is destroyed when the
/// window closes.
struct BallotKey: Sendable {
    private let key: _RSA.BlindSigning.PrivateKey<SHA384>

    /// A new one, of 3072 bits.
    init() throws(BallotPaper.Fault) {
        do { key = try _RSA.BlindSigning.PrivateKey(keySize: .bits3072, parameters: .RSABSSA_SHA384_PSS_Deterministic) } catch {
            throw .key
        }
    }

    /// One that was kept.
    init(der: [UInt8]) throws(BallotPaper.Fault) {
        do { key = try _RSA.BlindSigning.PrivateKey(derRepresentation: der, parameters: .RSABSSA_SHA384_PSS_Deterministic) } catch {
            throw .key
        }
    }

    var der: [UInt8] { Array(key.derRepresentation) }
    /// The public half in DER, base64: what `conference.decision-opened` says.
    var published: String { key.publicKey.derRepresentation.base64EncodedString() }

    /// Signs a hidden paper; both in base64.
    func sign(_ blinded: String) throws(BallotPaper.Fault) -> String {
        guard blinded.utf8.count <= 1_024, let bytes = Data(base64Encoded: blinded) else { throw .signature }
        do { return try key.blindSignature(for: bytes).rawRepresentation.base64EncodedString() } catch { throw .signature }
    }

    /// The public half.
    struct Public: Sendable {
        let key: _RSA.BlindSigning.PublicKey<SHA384>

        init(_ published: String) throws(BallotPaper.Fault) {
            guard published.utf8.count <= 2_048, let der = Data(base64Encoded: published) else { throw .key }
            do {
                key = try _RSA.BlindSigning.PublicKey(derRepresentation: der, parameters: .RSABSSA_SHA384_PSS_Deterministic)
            } catch { throw .key }
            guard (2_048...4_096).contains(key.keySizeInBits) else { throw .key }
        }

        /// Whether a paper in the box was signed by the ballot's key, with these choices, for this round.
        func verifies(_ cast: ConferenceBallotCast, scope: BallotPaper.Scope) -> Bool {
            guard cast.signature.utf8.count <= 1_024, let bytes = Data(base64Encoded: cast.signature) else { return false }
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: bytes),
                for: key.prepare(scope.message(nonce: cast.nonce, choices: cast.choices)))
        }
    }
}
