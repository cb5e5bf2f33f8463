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

    private func position(of name: String) -> (index: Int, found: Bool) {
        // Members mostly arrive in order, so the end is looked at first.
        if let last = members.last, JSONObject.precedes(last.name, name) { return (members.count, false) }
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if JSONObject.precedes(members[middle].name, name) { low = middle + 1 } else { high = middle }
        }
        let found = low < members.count && members[low].name.utf8.elementsEqual(name.utf8)
        return (low, found)
    }

    /// Whether `left` comes before `right` by UTF-16 code units (RFC 8785, 3.2.3). Swift's own order of strings differs.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var leftUnits = left.utf16.makeIterator()
        var rightUnits = right.utf16.makeIterator()
        while true {
            switch (leftUnits.next(), rightUnits.next()) {
            case (let l?, let r?):
                if l != r { return l < r }
            case (nil, .some): return true
            default: return false
            }
        }
    }

    // Names are compared by their bytes, not by Unicode equivalence: two spellings of é are two names in JSON.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count
            && zip(left.members, right.members).allSatisfy { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        for member in members { hasher.combine(member) }
    }
}
