extension ObjectReader {
    /// A SHA-256 in base64, 32 bytes.
    mutating func optionalDigest(_ name: String) throws(MalformedAct) -> [UInt8]? {
        guard let text = try optionalString(name) else { return nil }
        guard let bytes = Base64.decode(text), bytes.count == 32 else {
            throw MalformedAct(place: "\(place).\(name)", reason: "should be 32 bytes in base64")
        }
        return bytes
    }

    /// An array of entries' places; an absent member is an empty one.
    mutating func entries(_ name: String) throws(MalformedAct) -> [Int64] {
        guard let value = value(name), !value.isNull else { return [] }
        guard case .array(let values) = value else {
            throw MalformedAct(place: "\(place).\(name)", reason: "should be an array of entries, not \(value.kindName)")
        }
        var entries: [Int64] = []
        for (index, value) in values.enumerated() {
            guard let entry = value.integer, entry >= 0 else {
                throw MalformedAct(place: "\(place).\(name)[\(index)]", reason: "should be an entry's place")
            }
            entries.append(entry)
        }
        return entries
    }
}
