import SwiftASN1

/// One DER value, already encoded. Larger values are put together from smaller ones; every SET OF is sorted (X.690, 11.6).
struct DERElement: DERSerializable, Hashable, Sendable {
    let bytes: [UInt8]

    /// - Parameter bytes: one whole encoding.
    init(encoded bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    init(_ value: some DERSerializable) throws {
        var serializer = DER.Serializer()
        try serializer.serialize(value)
        bytes = serializer.serializedBytes
    }

    private init(_ build: (inout DER.Serializer) throws -> Void) rethrows {
        var serializer = DER.Serializer()
        try build(&serializer)
        bytes = serializer.serializedBytes
    }

    func serialize(into coder: inout DER.Serializer) throws {
        coder.serializeRawBytes(bytes)
    }

    static func sequence(_ parts: [DERElement]) -> DERElement { constructed(.sequence, parts) }

    /// A SET OF, in the order DER wants.
    static func set(_ parts: [DERElement], identifier: ASN1Identifier = .set) throws -> DERElement {
        try DERElement { try $0.serializeSetOf(parts, identifier: identifier) }
    }

    /// A context-specific tag around a value.
    static func explicit(_ tag: UInt, _ value: DERElement) -> DERElement { constructed(context(tag), [value]) }

    static func constructed(_ identifier: ASN1Identifier, _ parts: [DERElement]) -> DERElement {
        DERElement { serializer in
            serializer.appendConstructedNode(identifier: identifier) { coder in
                for part in parts { coder.serializeRawBytes(part.bytes) }
            }
        }
    }

    static func primitive(_ identifier: ASN1Identifier, _ content: some Sequence<UInt8>) -> DERElement {
        DERElement { $0.appendPrimitiveNode(identifier: identifier) { $0.append(contentsOf: content) } }
    }

    static func octets(_ content: some Sequence<UInt8>) -> DERElement { primitive(.octetString, content) }

    /// A non-negative integer from its big-endian bytes.
    static func integer(_ magnitude: some Sequence<UInt8>) -> DERElement {
        var content = Array(magnitude.drop { $0 == 0 })
        if content.first.map({ $0 >= 0x80 }) ?? true { content.insert(0, at: 0) }
        return primitive(.integer, content)
    }

    static func integer(_ value: UInt64) -> DERElement {
        integer((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) })
    }

    static func identifier(_ identifier: ASN1ObjectIdentifier) throws -> DERElement { try DERElement(identifier) }

    static var null: DERElement { primitive(.null, []) }

    static func context(_ tag: UInt) -> ASN1Identifier { ASN1Identifier(tagWithNumber: tag, tagClass: .contextSpecific) }
}
