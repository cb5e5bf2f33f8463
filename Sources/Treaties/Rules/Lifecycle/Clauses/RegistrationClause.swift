/// Who registers the treaty with the Secretariat of the United Nations (UN Charter art. 102, VCLT art. 80).
public struct RegistrationClause: Hashable, Sendable {
    public enum Duty: String, Hashable, Sendable, CaseIterable {
        case depositary
        case parties
    }

    public var duty: Duty
    public var article: String?

    public init(duty: Duty = .depositary, article: String? = nil) {
        self.duty = duty
        self.article = article
    }
}
