public import Acts

/// What a world is after its story: its nodes, whom one can be in it, and what came to pass.
public struct WorldReport: Sendable {
    /// Somebody one can sign in as.
    public struct Person: Hashable, Sendable {
        public let name: String
        public let office: String
        /// Good once, within an hour.
        public let link: String
    }

    public struct Node: Hashable, Sendable {
        /// The name of its folder.
        public let key: String
        public let title: String
        public let address: String
        public let folder: String
        public let log: String
        public let people: [Person]
    }

    /// A step of the story that was told, and checked against what the nodes say.
    public struct Step: Sendable {
        public let key: String
        public let words: [String]
        /// Where to look at it.
        public let address: String
        /// What a program may want to know of it: entries, sizes, addresses.
        public let facts: JSONObject
    }

    public let nodes: [Node]
    public let steps: [Step]

    public var json: JSON {
        [
            "nodes": .array(
                nodes.map { node in
                    [
                        "key": .string(node.key), "title": .string(node.title), "address": .string(node.address),
                        "folder": .string(node.folder), "log": .string(node.log),
                        "people": .array(
                            node.people.map { ["name": .string($0.name), "office": .string($0.office), "link": .string($0.link)] }),
                    ]
                }),
            "steps": .array(
                steps.map { step in
                    [
                        "step": .string(step.key), "words": .array(step.words.map(JSON.string)), "address": .string(step.address),
                        "facts": .object(step.facts),
                    ]
                }),
        ]
    }

    /// The nodes with their addresses and sign-in links, for a terminal.
    public var lines: [String] {
        nodes.flatMap { node in
            ["", "\(node.title): \(node.address)"]
                + node.people.map { "  \($0.name.padded(to: 20))\($0.link)" }
        }
    }
}

extension String {
    /// With spaces behind it up to a width, and one at least.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
