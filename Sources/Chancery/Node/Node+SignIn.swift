import Federation
public import Record
import Web

extension Node {
    /// The name the first officer has until an administrator enters another.
    public static let firstOfficer = "Depositary officer"

    /// Establishes the first office and its first officer where they are not there.
    ///
    /// - Returns: the token of a one-time sign-in link, where nobody can sign in otherwise yet.
    public func establishFirstOffice() async throws -> String? {
        try await Identity.bootstrap(record, personName: Node.firstOfficer)
    }

    /// A one-time sign-in link for a person, by name or identifier.
    ///
    /// - Throws: a `Refusal` where there is no such person, or more than one.
    public func signInLink(for person: String) async throws -> String {
        if let token = try await establishFirstOffice(), person == Node.firstOfficer { return token }
        return try await Identity.issueLink(for: person, in: record)
    }
}

extension Node {
    /// Asks the node's witnesses, before it serves, how much of its record they have seen.
    ///
    /// - Returns: what keeps acts from being entered; `nil` where nothing does.
    public func askWitnesses() async throws -> RecordError? { try await federation.askWitnesses() }
}
