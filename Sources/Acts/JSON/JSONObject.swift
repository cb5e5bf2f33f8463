/// The members of a JSON object, each name once, in the order RFC 8785 gives them: by UTF-16 code units.
public struct JSONObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// Name and value of every member, in canonical order.
    public private(set) var members: [Member]

    public struct Member: Hashable, Sendable {
        public let name: String
        public var value: JSON

        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    public init() {
        members = []
    }

    /// The last of two members with the same name wins.
    public init(_ pairs: [(String, JSON)]) {
        members = []
        members.reserveCapacity(pairs.count)
        for (name, value) in pairs { self[name] = value }
    }

    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }

    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }
    public var names: [String] { members.map(\.name) }

    /// The member's value. Setting `nil` removes the member; to keep it with a null value, set `.null`.
    public subscript(name: String) -> JSON? {
        get {
            let place = position(of: name)
            return place.found ? members[place.index].value : nil
        }
        set {
            let place = position(of: name)
            switch (place.found, newValue) {
            case (true, let value?): members[place.index].value = value
            case (true, nil): members.remove(at: place.index)
            case (false, let value?): members.insert(Member(name: name, value: value), at: place.index)
            case (false, nil): break
            }
        }
    }

    /// Where the member of that name stands among ``members``.
    func index(of name: String) -> Int? {
        let place = position(of: name)
        return place.found ? place.index : nil
    }

    private func position(of name: String) -> (index: Int, found: Bool) {
        // Members mostly arrive in order, so the end is looked at first.
        if let last = members.last, JSONObject.precedes(last.name, name) { return (members.count, false) }
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if JSONObject.precedes(members[middle].name, name) { low = middle + 1 } else { high = middle }
        }
        let found = low < members.count && JSONObject.same(members[low].name, name)
        return (low, found)
    }

    /// Whether `left` comes before `right` by UTF-16 code units (RFC 8785, 3.2.3). Swift's own order of strings differs.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var left = left
        var right = right
        return left.withUTF8 { left in right.withUTF8 { right in precedes(left, right) } }
    }

    /// Whether both are the same bytes.
    private static func same(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var left = left
        var right = right
        return left.withUTF8 { left in right.withUTF8 { right in left.elementsEqual(right) } }
    }

    /// UTF-8 has the order of UTF-16 but for one thing: what UTF-16 writes as surrogates (lead bytes F0 and up in UTF-8) comes before
    /// U+E000 to U+FFFF (lead bytes EE and EF), and not after. Up to the first byte that differs both texts are the same, so there
    /// both have a lead byte or both have none.
    private static func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        let shorter = min(left.count, right.count)
        var index = 0
        while index < shorter, left[index] == right[index] { index += 1 }
        guard index < shorter else { return left.count < right.count }
        let (l, r) = (left[index], right[index])
        if l >= 0xEE, r >= 0xEE, (l >= 0xF0) != (r >= 0xF0) { return l >= 0xF0 }
        return l < r
    }

    // Names are compared by their bytes, not by Unicode equivalence: two spellings of é are two names in JSON.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy { same($0.name, $1.name) && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        for member in members { hasher.combine(member) }
    }
}
