public import Acts
import Crypto
import Foundation

/// A message sealed to the keys of offices: one content key encrypts it, and each recipient's own seal holds that key.
///
/// The content is under AES-256-GCM with a random key, authenticated together with its purpose and its first sender. The key is sealed
/// to each recipient by HPKE in base mode (RFC 9180, 6.1) with X-Wing, HKDF-SHA256 and AES-256-GCM, `info` naming purpose, sender and
/// recipient, so that a seal taken from one message fits no other. Who sent it is proved not here but by the sender's record.
public struct SealedContent: Hashable, Sendable {
    /// What the message is for, such as `note`: 1 to 32 lowercase letters and hyphens.
    public let purpose: String
    /// Who sealed the content first; forwarding changes the seals, never this.
    public let sender: SealingParty
    /// 12 bytes of nonce, the encrypted content, 16 bytes of tag.
    public let ciphertext: [UInt8]
    public let seals: [KeySeal]

    /// The content key, sealed to one recipient.
    public struct KeySeal: Hashable, Sendable {
        /// Who sealed it: the message's sender, or the office that forwards it.
        public let sealer: SealingParty
        public let recipient: SealingParty
        /// ``SealingPublicKey/identifier`` of the key it is sealed to.
        public let key: String
        /// HPKE's encapsulated key, 1120 bytes.
        public let encapsulated: [UInt8]
        /// The content key under the key that HPKE agreed on: 32 bytes and 16 of tag.
        public let wrapped: [UInt8]
    }

    /// Most recipients of one message.
    public static let mostSeals = 250
    /// Most bytes of the content.
    public static let mostBytes = 128 << 10

    /// Seals a message to each recipient's key.
    ///
    /// - Throws: ``SealingError`` where there is no recipient, too many, or too much.
    public static func seal(
        _ content: [UInt8], purpose: String, from sender: SealingParty, to recipients: [(SealingParty, SealingPublicKey)]
    ) throws(SealingError) -> SealedContent {
        guard content.count <= mostBytes else { throw .tooLarge(most: mostBytes) }
        let key = SymmetricKey(size: .bits256)
        let data = associatedData(purpose, sender)
        guard let box = try? AES.GCM.seal(content, using: key, authenticating: data).combined else { throw .doesNotOpen }
        let seals = try seals(of: key, purpose: purpose, by: sender, to: recipients)
        return SealedContent(purpose: purpose, sender: sender, ciphertext: [UInt8](box), seals: seals)
    }

    private static func seals(
        of key: SymmetricKey, purpose: String, by sealer: SealingParty, to recipients: [(SealingParty, SealingPublicKey)]
    ) throws(SealingError) -> [KeySeal] {
        guard !recipients.isEmpty else { throw .noRecipient }
        guard recipients.count <= mostSeals else { throw .tooManyRecipients(most: mostSeals) }
        let secret = key.withUnsafeBytes { [UInt8]($0) }
        var seals: [KeySeal] = []
        for (recipient, publicKey) in recipients {
            do {
                let theirs = try XWingMLKEM768X25519.PublicKey(rawRepresentation: publicKey.bytes)
                var sender = try HPKE.Sender(recipientKey: theirs, ciphersuite: suite, info: info(purpose, sealer, recipient))
                let wrapped = try sender.seal(secret)
                seals.append(
                    KeySeal(
                        sealer: sealer, recipient: recipient, key: publicKey.identifier, encapsulated: [UInt8](sender.encapsulatedKey),
                        wrapped: [UInt8](wrapped)))
            } catch {
                throw .malformedKey
            }
        }
        return seals
    }

    /// The message in clear.
    ///
    /// - Parameter keys: private keys of the recipient, newest first.
    /// - Throws: ``SealingError/notForThisKey`` where none of them is meant, ``SealingError/doesNotOpen`` where it was changed.
    public func open(with keys: [SealingKey]) throws(SealingError) -> [UInt8] {
        let key = try contentKey(with: keys)
        guard let box = try? AES.GCM.SealedBox(combined: ciphertext),
            let clear = try? AES.GCM.open(box, using: key, authenticating: Self.associatedData(purpose, sender))
        else { throw .doesNotOpen }
        return [UInt8](clear)
    }

    /// The same message for other recipients: the ciphertext is not touched, and nobody on the way needs the clear text.
    ///
    /// - Parameter keys: private keys of the office that forwards it.
    public func forwarded(
        by sealer: SealingParty, with keys: [SealingKey], to recipients: [(SealingParty, SealingPublicKey)]
    ) throws(SealingError) -> SealedContent {
        let key = try contentKey(with: keys)
        return SealedContent(
            purpose: purpose, sender: sender, ciphertext: ciphertext,
            seals: try Self.seals(of: key, purpose: purpose, by: sealer, to: recipients))
    }

    private func contentKey(with keys: [SealingKey]) throws(SealingError) -> SymmetricKey {
        var isMeant = false
        for key in keys {
            for seal in seals where seal.key == key.identifier {
                isMeant = true
                let info = Self.info(purpose, seal.sealer, seal.recipient)
                guard
                    var recipient = try? HPKE.Recipient(
                        privateKey: key.privateKey, ciphersuite: Self.suite, info: info, encapsulatedKey: Data(seal.encapsulated)),
                    let secret = try? recipient.open(seal.wrapped), secret.count == 32
                else { continue }
                return SymmetricKey(data: secret)
            }
        }
        throw isMeant ? .doesNotOpen : .notForThisKey
    }

    private static var suite: HPKE.Ciphersuite { .XWingMLKEM768X25519_SHA256_AES_GCM_256 }

    private static func associatedData(_ purpose: String, _ sender: SealingParty) -> Data {
        Data("chancery-sealed-content-v1\n\(purpose)\n\(sender)\n".utf8)
    }

    private static func info(_ purpose: String, _ sealer: SealingParty, _ recipient: SealingParty) -> Data {
        Data("chancery-key-seal-v1\n\(purpose)\n\(sealer)\n\(recipient)\n".utf8)
    }

    // MARK: Its form

    public var json: JSON {
        [
            "suite": .string(Self.suiteName), "purpose": .string(purpose), "sender": .string(sender.description),
            "ciphertext": .string(Base64.encode(ciphertext)),
            "seals": .array(
                seals.map { seal in
                    [
                        "sealer": .string(seal.sealer.description), "recipient": .string(seal.recipient.description),
                        "key": .string(seal.key), "encapsulated": .string(Base64.encode(seal.encapsulated)),
                        "wrapped": .string(Base64.encode(seal.wrapped)),
                    ]
                }),
        ]
    }

    /// HPKE's registered numbers of KEM, KDF and AEAD (RFC 9180, 7).
    static let suiteName = "HPKE-647a-0001-0002"

    private init(purpose: String, sender: SealingParty, ciphertext: [UInt8], seals: [KeySeal]) {
        self.purpose = purpose
        self.sender = sender
        self.ciphertext = ciphertext
        self.seals = seals
    }

    /// Reads what ``json`` writes, with every length and count bounded.
    public init(json: JSON) throws(SealingError) {
        do {
            var reader = try ObjectReader(json, at: "sealed")
            guard try reader.string("suite") == Self.suiteName else { throw SealingError.malformedContent(place: "sealed.suite") }
            purpose = try reader.string("purpose")
            guard (1...32).contains(purpose.utf8.count), purpose.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x2D }) else {
                throw SealingError.malformedContent(place: "sealed.purpose")
            }
            sender = try Self.party(&reader, "sender")
            ciphertext = try Self.bytes(&reader, "ciphertext", 28...(Self.mostBytes + 28))
            let list = try reader.array("seals")
            guard (1...Self.mostSeals).contains(list.count) else { throw SealingError.malformedContent(place: "sealed.seals") }
            var seals: [KeySeal] = []
            for (index, value) in list.enumerated() {
                var reader = try ObjectReader(value, at: "sealed.seals[\(index)]")
                let key = try reader.string("key")
                guard key.utf8.count == 16, key.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
                    throw SealingError.malformedContent(place: "sealed.seals[\(index)].key")
                }
                seals.append(
                    KeySeal(
                        sealer: try Self.party(&reader, "sealer"), recipient: try Self.party(&reader, "recipient"), key: key,
                        encapsulated: try Self.bytes(&reader, "encapsulated", 1120...1120),
                        wrapped: try Self.bytes(&reader, "wrapped", 48...48)))
                try reader.finish()
            }
            self.seals = seals
            try reader.finish()
        } catch let error as SealingError {
            throw error
        } catch let error as MalformedAct {
            throw .malformedContent(place: error.place)
        } catch {
            throw .malformedContent(place: "sealed")
        }
    }

    private static func party(_ reader: inout ObjectReader, _ name: String) throws -> SealingParty {
        guard let party = SealingParty(try reader.string(name)) else {
            throw SealingError.malformedContent(place: "\(reader.place).\(name)")
        }
        return party
    }

    private static func bytes(_ reader: inout ObjectReader, _ name: String, _ length: ClosedRange<Int>) throws -> [UInt8] {
        let text = try reader.string(name)
        guard text.utf8.count <= (length.upperBound + 2) / 3 * 4, let bytes = Base64.decode(text), length.contains(bytes.count) else {
            throw SealingError.malformedContent(place: "\(reader.place).\(name)")
        }
        return bytes
    }
}
