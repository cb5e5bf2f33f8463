import Acts
public import Foundation

/// The policies and equivalence tables in use on a node: the shipped ones, and the node's own beside them.
public struct MarkingPolicies: Sendable {
    /// A file that could not be used.
    public struct Fault: Error, CustomStringConvertible {
        public let file: String
        public let reason: String
        public var description: String { "\(file): \(reason)" }
    }

    /// By identifier.
    public private(set) var policies: [String: MarkingPolicy]
    public private(set) var equivalences: [EquivalenceTable]

    public init(policies: [MarkingPolicy], equivalences: [EquivalenceTable] = []) {
        self.policies = Dictionary(policies.map { ($0.identifier, $0) }, uniquingKeysWith: { $1 })
        self.equivalences = equivalences
    }

    /// TLP 2.0, EU, NATO and UN, as shipped, and the files of a folder of the node's own (`Policies`, `Equivalences`), which win.
    public static func load(own folder: URL? = nil) throws(Fault) -> MarkingPolicies {
        var result = MarkingPolicies(policies: [])
        for root in [DisclosureData.folder, folder].compactMap({ $0 }) {
            for (name, json) in try DisclosureData.files(in: root.appending(path: "Policies")) {
                do {
                    let policy = try MarkingPolicy(json: json)
                    result.policies[policy.identifier] = policy
                } catch { throw Fault(file: name, reason: "\(error)") }
            }
            for (name, json) in try DisclosureData.files(in: root.appending(path: "Equivalences")) {
                do { result.equivalences.append(try EquivalenceTable(json: json)) } catch { throw Fault(file: name, reason: "\(error)") }
            }
        }
        return result
    }

    /// The policy of that identifier.
    public func policy(_ identifier: String) throws(MarkingFault) -> MarkingPolicy {
        guard let policy = policies[identifier] else { throw .unknownPolicy(identifier) }
        return policy
    }

    /// The level a label names.
    public func level(of label: SecurityLabel) throws(MarkingFault) -> MarkingPolicy.Level {
        guard let level = try policy(label.policy).level(label.classification) else {
            throw .unknownLevel(policy: label.policy, code: label.classification)
        }
        return level
    }

    /// Whether a label keeps to its policy: a level it has, categories it has, values they have.
    public func check(_ label: SecurityLabel) throws(MarkingFault) {
        _ = try level(of: label)
        let policy = try policy(label.policy)
        for (code, values) in label.categories.sorted(by: { $0.key < $1.key }) {
            guard let category = policy.category(code) else { throw .unknownCategory(policy: label.policy, code: code) }
            guard !category.values.isEmpty else { continue }
            for value in values where !category.values.contains(value) { throw .unknownValue(category: code, value: value) }
        }
    }

    /// How a label stands at the head of a page: `TLP:AMBER`, `RESTREINT UE/EU RESTRICTED · REL TO AUS, FJI`.
    public func line(_ label: SecurityLabel) throws(MarkingFault) -> String {
        let policy = try policy(label.policy)
        let categories = label.categories.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.joined(separator: ", "))" }
        return ([policy.marking(of: try level(of: label))] + categories).joined(separator: " · ")
    }

    /// The level of `policy` that a table gives for a label of another policy; `nil` where no table joins the two.
    public func equivalent(of label: SecurityLabel, in policy: String) -> (level: String, table: EquivalenceTable)? {
        if label.policy == policy { return nil }
        for table in equivalences {
            if let level = table.equivalent(of: label.classification, in: label.policy, to: policy) { return (level, table) }
        }
        return nil
    }
}

/// The files that ship with this library.
enum DisclosureData {
    static var folder: URL? { Bundle.module.resourceURL?.appending(path: "Data") }

    /// The JSON files of a folder by name, in the order of their names; none where there is no such folder.
    static func files(in folder: URL) throws(MarkingPolicies.Fault) -> [(name: String, json: JSON)] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return [] }
        var result: [(name: String, json: JSON)] = []
        for name in names.sorted() where name.hasSuffix(".json") {
            do {
                result.append((name, try JSONParser.parse([UInt8](try Data(contentsOf: folder.appending(path: name))))))
            } catch { throw MarkingPolicies.Fault(file: name, reason: "\(error)") }
        }
        return result
    }
}
