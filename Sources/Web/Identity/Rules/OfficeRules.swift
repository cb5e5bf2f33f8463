import Acts

/// Who may be appointed to what. Pure.
enum OfficeRules {
    static let longestName = 200

    /// An office's identifier: lowercase letters, digits and hyphens, 2 to 40 of them, beginning with a letter.
    static func checkIdentifier(_ office: String) throws(Refusal) {
        let bytes = Array(office.utf8)
        guard (2...40).contains(bytes.count), let first = bytes.first, (0x61...0x7A).contains(first),
            bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else {
            throw Refusal(
                .malformed, code: "office.identifier", "An office's short name has 2 to 40 small letters, digits and hyphens.",
                mend: "Write it so: press-office.")
        }
    }

    static func checkName(_ name: String) throws(Refusal) -> String {
        let name = name.trimmingWhitespace()
        guard !name.isEmpty, name.count <= longestName, name.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw Refusal(
                .malformed, code: "office.name", "A name has 1 to \(longestName) characters and stands on one line.",
                mend: "Write it so.", arguments: ["limit": String(longestName)])
        }
        return name
    }

    /// A change of roles, where the node keeps at least one administrator.
    /// - Parameter people: everybody with an appointment now.
    static func change(_ person: Person?, in office: String, to roles: Set<Role>, people: [Person]) throws(Refusal) -> Person {
        guard let person else {
            throw Refusal(.notFound, code: "office.unknown-person", "There is no such person.", mend: "Look at the office's list.")
        }
        let holdsElsewhere = person.appointments.contains { $0.office != office && $0.roles.contains(.administrator) }
        let others = people.contains { $0.id != person.id && $0.holds(.administrator) }
        guard roles.contains(.administrator) || holdsElsewhere || others else {
            throw Refusal(
                .conflict, code: "office.last-administrator", "The node would be left without an administrator.",
                mend: "Make somebody else an administrator first.")
        }
        return person
    }
}
