/// Declarations a treaty asks for or offers, apart from reservations.
public struct DeclarationClause: Hashable, Sendable {
    /// Whether declarations may be made at all; a treaty that prohibits reservations often admits them (UNCLOS art. 310).
    public var allowed: Bool
    /// Names of declarations everyone has to make: the age of recruitment (Optional Protocol on children in armed conflict
    /// art. 3(2)).
    public var mandatory: [String]
    /// Names of declarations the treaty offers: recognition of a committee's competence, choice of a procedure.
    public var optional: [String]
    public var article: String?

    public init(allowed: Bool = true, mandatory: [String] = [], optional: [String] = [], article: String? = nil) {
        self.allowed = allowed
        self.mandatory = mandatory
        self.optional = optional
        self.article = article
    }
}
