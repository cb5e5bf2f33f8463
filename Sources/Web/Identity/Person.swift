public import Acts

/// A person who may sign in, with the offices held now.
public struct Person: Hashable, Sendable {
    /// A stable identifier without meaning.
    public let id: String
    /// As the person is shown.
    public let name: String
    /// One for each office in which the person holds any role.
    public let appointments: [Appointment]

    public struct Appointment: Hashable, Sendable {
        public let office: String
        /// By language tag.
        public let officeName: [String: String]
        public let roles: Set<Role>

        public init(office: String, officeName: [String: String] = [:], roles: Set<Role>) {
            self.office = office
            self.officeName = officeName
            self.roles = roles
        }
    }

    public init(id: String, name: String, appointments: [Appointment]) {
        self.id = id
        self.name = name
        self.appointments = appointments
    }

    /// The offices in which the person holds the role, sorted.
    public func offices(as role: Role) -> [String] {
        appointments.filter { $0.roles.contains(role) }.map(\.office).sorted()
    }

    public func holds(_ role: Role) -> Bool {
        appointments.contains { $0.roles.contains(role) }
    }
}
