/// A JSON value as Chancery holds it: exact, ordered as RFC 8785 orders it, and safe to sign.
///
/// Acts use whole numbers and strings only; `number` exists so that any JSON can be read and written in canonical form.
///
///     let value: JSON = ["kind": "treaty.deposit@1", "count": 60]
///     value["count"]?.integer          // 60
///     value.canonicalBytes             // {"count":60,"kind":"treaty.deposit@1"}
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number of at most 2^53 - 1 in magnitude, which every JSON reader holds exactly (RFC 8785, 3.2.2.3).
    case integer(Int64)
    /// A finite number with a fraction or of large magnitude.
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    public var isNull: Bool { self == .null }

    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of that name, where this is an object that has it.
    public subscript(name: String) -> JSON? {
        object?[name]
    }

    /// The element at that index, where this is an array that has it.
    public subscript(index: Int) -> JSON? {
        guard case .array(let values) = self, values.indices.contains(index) else { return nil }
        return values[index]
    }

    /// What kind of value this is, in words for an error message.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    // Not by nil: `object["x"] == nil` would then ask whether the member is null, not whether it is absent.
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements))
    }

    /// A string, or `null` for `nil`.
    public init(_ text: String?) {
        self = text.map(JSON.string) ?? .null
    }
}

extension JSON {
    /// An object of strings, by name: texts by language tag, for example.
    public init(texts: [String: String]) {
        self = .object(JSONObject(texts.map { ($0.key, .string($0.value)) }))
    }
}
