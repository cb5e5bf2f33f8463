import Acts

/// Compares a computed answer with what a case expects: an object of some of its members, or the value of its principal one.
struct LifecycleComparison {
    /// What differs, in English; empty where all is as expected.
    private(set) var differences: [String] = []

    init(_ question: LifecycleCase.Question, _ answer: LifecycleAnswer) throws(ReplayError) {
        let expected: JSONObject
        let parts: Set<String> = ["include", "exclude"]
        if case .object(let object) = question.expected, object.isEmpty || !object.names.allSatisfy(parts.contains) {
            expected = object
        } else {
            expected = [question.ask.principal: question.expected]
        }
        for member in expected.members {
            guard let computed = answer.json[member.name] else {
                throw ReplayError(
                    place: "\(question.expectedPlace).\(member.name)",
                    reason: "unknown member of the answer to '\(question.ask.name)'; it has \(answer.json.names.joined(separator: ", "))")
            }
            guard try matches(member.value, computed, at: "\(question.expectedPlace).\(member.name)") else {
                differences.append("\(member.name) computed \(short(computed)), expected \(short(member.value))")
                continue
            }
        }
    }

    /// Objects match where the members expected do; lists where they are as long, each element with one of its own; of a
    /// list, `include` asks for some elements and `exclude` for the absence of others.
    private func matches(_ expected: JSON, _ computed: JSON, at place: String) throws(ReplayError) -> Bool {
        switch (expected, computed) {
        case (.object(let wanted), .array(let values)):
            guard wanted.names.allSatisfy(["include", "exclude"].contains), !wanted.isEmpty else {
                throw ReplayError(place: place, reason: "should be a list, or an object with include or exclude")
            }
            if let include = wanted["include"]?.array, !(try pairs(include, values, at: "\(place).include")) { return false }
            for element in wanted["exclude"]?.array ?? [] {
                for value in values where try matches(element, value, at: "\(place).exclude") { return false }
            }
            return true
        case (.object(let wanted), .object(let found)):
            for member in wanted.members {
                guard let value = found[member.name] else {
                    throw ReplayError(
                        place: "\(place).\(member.name)", reason: "unknown member; it has \(found.names.joined(separator: ", "))")
                }
                guard try matches(member.value, value, at: "\(place).\(member.name)") else { return false }
            }
            return true
        case (.array(let wanted), .array(let values)):
            guard wanted.count == values.count else { return false }
            return try pairs(wanted, values, at: place)
        case (.integer(let count), .array(let values)): return count == Int64(values.count)
        default: return expected == computed
        }
    }

    /// Whether every wanted element has one of the values to itself.
    private func pairs(_ wanted: [JSON], _ values: [JSON], at place: String) throws(ReplayError) -> Bool {
        var free = Array(values.indices)
        for (index, element) in wanted.enumerated() {
            var found: Int?
            for candidate in free where try matches(element, values[candidate], at: "\(place)[\(index)]") {
                found = candidate
                break
            }
            guard let found else { return false }
            free.removeAll { $0 == found }
        }
        return true
    }

    private func short(_ json: JSON) -> String {
        switch json {
        case .null: return "none"
        case .string(let text): return text
        default:
            let text = json.canonicalText
            return text.count > 160 ? "\(text.prefix(160))…" : text
        }
    }
}
