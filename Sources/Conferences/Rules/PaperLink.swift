import Texts

/// Where a paper's link leads, as people write it into a form: the name of a text under negotiation and of one of its provisions.
enum PaperLink {
    /// Lowercase letters, digits and hyphens, 100 at most.
    static func isText(_ name: String) -> Bool {
        (1...100).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    /// Whether it is a name (wId) that a provision can have.
    static func isProvision(_ name: String) -> Bool { name.utf8.count <= 200 && ProvisionIdentifier(name) != nil }
}
