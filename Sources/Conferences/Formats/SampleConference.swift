import Acts
import Foundation

/// The imaginary conference that the demo node holds, so that there is one to walk into: at the third reading of a convention on the
/// darkness of the night sky, with a meeting that goes on. The same acts at every call.
struct SampleConference: Sendable {
    /// An act with who enters it.
    struct Step: Sendable {
        let payload: any Payload
        let office: String
        let author: String
    }

    /// Somebody one can sign in as.
    struct Participant: Hashable, Sendable {
        let person: String
        let name: String
        let office: String
        let roles: [Role]
    }

    static let conference = "dark-skies"
    static let symbol = "A/CONF.900"
    static let text = "convention"
    static let secretariat = "conference-secretariat"

    static let president = Participant(
        person: "sample-president", name: "President of the conference", office: secretariat, roles: [.reader])
    static let secretary = Participant(
        person: "sample-secretary", name: "Secretary of the conference", office: secretariat, roles: [.conferenceOfficer])
    static let french = Participant(
        person: "sample-delegate-france", name: "Delegate of France", office: "sample-mission-fra", roles: [.delegate])
    static let kenyan = Participant(
        person: "sample-delegate-kenya", name: "Delegate of Kenya", office: "sample-mission-ken", roles: [.delegate])

    /// In the order in which the demo shows them.
    static let participants = [president, secretary, french, kenyan]

    /// The participants' codes, in the alphabetical order of the States' names in English.
    static let states = ["BRA", "CAN", "CHL", "EGY", "FJI", "FRA", "DEU", "IND", "IDN", "JAM", "KEN", "NOR"]
    static let observers = ["VAT"]
    /// Who is not in the room at the meeting that goes on.
    static let absent = ["BRA"]

    /// The text as it was tabled first, and as it was revised after the second reading.
    let drafts: [String]
    let received: Moment

    /// - Parameter received: when proposals are said to have been circulated.
    /// - Throws: where the texts are not among the program's resources.
    static func shipped(received: Moment) throws -> SampleConference {
        let drafts = try ["zero-draft", "revised-draft"].map { name -> String in
            guard let url = Bundle.module.url(forResource: name, withExtension: "md", subdirectory: "Sample") else {
                throw MalformedAct(place: "\(name).md", reason: "is not among the program's resources")
            }
            return try String(contentsOf: url, encoding: .utf8)
        }
        return SampleConference(drafts: drafts, received: received)
    }

    var steps: [Step] { offices + convening + firstMeeting + committee + readings + secondMeeting }

    // MARK: Who enters what

    func served(_ payload: some Payload) -> Step {
        Step(payload: payload, office: Self.secretariat, author: Self.secretary.person)
    }

    func presided(_ payload: some Payload) -> Step {
        Step(payload: payload, office: Self.secretariat, author: Self.president.person)
    }

    /// By a delegation with people at the node, or by the secretariat for another.
    func said(_ actor: String, _ payload: some Payload) -> Step {
        switch actor {
        case "FRA": Step(payload: payload, office: Self.french.office, author: Self.french.person)
        case "KEN": Step(payload: payload, office: Self.kenyan.office, author: Self.kenyan.person)
        default: served(payload)
        }
    }

    static func codes(_ names: [String]) -> [ActorCode] { names.compactMap { ActorCode(rawValue: $0) } }
}
