import SwiftASN1

/// Reads the members of a SEQUENCE or SET one after another and names what is wrong.
///
/// Depth and length are bounded by swift-asn1 and by the callers' limits on the whole input.
struct DERReader {
    /// What is being read, for the reason: "the time-stamp request".
    let name: String
    private var rest: ArraySlice<ASN1Node>

    init(_ node: ASN1Node, _ identifier: ASN1Identifier = .sequence, named name: String) throws(SealError) {
        self.name = name
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else {
            throw DERReader.malformed(name, "has a member of another type than it should have")
        }
        rest = Array(nodes)[...]
    }

    /// The one value that the bytes encode, without anything after it.
    static func whole(_ bytes: [UInt8], named name: String) throws(SealError) -> ASN1Node {
        do {
            return try DER.parse(bytes)
        } catch {
            throw malformed(name, "is not DER")
        }
    }

    static func malformed(_ name: String, _ reason: String) -> SealError {
        SealError(.malformed, "\(name) \(reason).", mend: "Have it made again by the program that made it.")
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// All members that are left.
    var remaining: [ASN1Node] { Array(rest) }

    var next: ASN1Node? { rest.first }

    mutating func node() throws(SealError) -> ASN1Node {
        guard let node = rest.popFirst() else { throw DERReader.malformed(name, "ends too early") }
        return node
    }

    mutating func node(_ identifier: ASN1Identifier) throws(SealError) -> ASN1Node {
        let node = try node()
        guard node.identifier == identifier else { throw DERReader.malformed(name, "has a member of another type than it should have") }
        return node
    }

    /// The next member if it has that tag.
    mutating func optional(_ identifier: ASN1Identifier) -> ASN1Node? {
        guard let node = rest.first, node.identifier == identifier else { return nil }
        rest.removeFirst()
        return node
    }

    mutating func value<Value: DERParseable>(_ type: Value.Type = Value.self) throws(SealError) -> Value {
        let node = try node()
        do {
            return try Value(derEncoded: node)
        } catch {
            throw DERReader.malformed(name, "has a member of another type than it should have")
        }
    }

    mutating func sequence(named name: String? = nil) throws(SealError) -> DERReader {
        try DERReader(try node(), named: name ?? self.name)
    }

    /// The content of a primitive member.
    mutating func primitive(_ identifier: ASN1Identifier) throws(SealError) -> [UInt8] {
        try DERReader.primitive(try node(identifier), named: name)
    }

    static func primitive(_ node: ASN1Node, named name: String) throws(SealError) -> [UInt8] {
        guard case .primitive(let content) = node.content else {
            throw malformed(name, "has a member of another type than it should have")
        }
        return Array(content)
    }

    func finish() throws(SealError) {
        guard rest.isEmpty else { throw DERReader.malformed(name, "has more members than it should have") }
    }
}
