public import Acts

/// Whether credentials that a State or organization issues to its delegation are in due form: by whom, for whom, to which conference
/// (VCLT art. 7(2)(c); rules of procedure of the General Assembly, rule 27). Whether they are accepted is for the conference.
public struct IssuedCredentialsRule: Sendable {
    private let actors: ActorTable
    private let today: CalendarDate

    /// Most characters of a conference's symbol and of a person's name or function.
    public static let longest = 200

    public init(actors: ActorTable, today: CalendarDate) {
        self.actors = actors
        self.today = today
    }

    /// - Parameter office: the actor of the office that issues them; at another node, as that node's document says. `nil` where none.
    public func check(_ issued: ConferenceCredentialsIssued, office: String?) throws(Refusal) {
        guard let actor = actors[issued.actor] else {
            throw Refusal(
                .malformed, code: "conferences.credentials-actor", "There is no State or organization '\(issued.actor.rawValue)'.",
                mend: "Choose one from the list.", arguments: ["actor": issued.actor.rawValue])
        }
        let name = actor.name(in: "en")
        guard office == issued.actor.rawValue else {
            throw Refusal(
                .unlawful, code: "conferences.credentials-not-home", "The office that issues them does not act for \(name).",
                mend: "Credentials of a State are issued by an office that acts for that State.",
                citation: "VCLT art. 7(2)(c); GA rules, rule 27", arguments: ["actor": name, "actorCode": issued.actor.rawValue])
        }
        guard actor.isOrganization == (issued.issuer == .organizationOrgan) else {
            throw Refusal(
                .unlawful, code: "conferences.credentials-issuer",
                "Credentials are issued by the Head of State or Government or the Minister for Foreign Affairs; an organization's by its organ.",
                mend: "Ask for credentials signed by one of these.", citation: "GA rules, rule 27; VCLT 1986 art. 7(3)",
                arguments: ["actor": name])
        }
        guard issued.issuedOn <= today else {
            throw Refusal(
                .unlawful, code: "conferences.credentials-in-future", "The day of issue, \(issued.issuedOn), is still to come.",
                mend: "Check the date on the document.", citation: "GA rules, rule 27", arguments: ["date": issued.issuedOn.description])
        }
        let texts = [issued.conference, issued.issuedBy] + issued.members.flatMap { [$0.name, $0.function] }
        guard texts.allSatisfy({ $0.count <= Self.longest }), !issued.conference.isEmpty, !issued.issuedBy.isEmpty,
            issued.members.allSatisfy({ !$0.name.isEmpty })
        else {
            throw Refusal(
                .malformed, code: "conferences.credentials-text",
                "The conference, whoever issues them, and each person need a name of at most \(Self.longest) characters.",
                mend: "Fill them in, shorter.", citation: "GA rules, rule 27")
        }
    }
}
