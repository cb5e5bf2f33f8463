import Acts

/// Who takes part in the world: a secretariat, three States and an observer. The secretariat is imaginary; the States are real, since
/// the table of States has no others, and what they are made to do here is not.
enum WorldCast {
    /// A node of the world.
    struct Member: Hashable, Sendable {
        /// The name of its folder: `kenya`.
        let key: String
        /// As the node calls itself.
        let title: String
        /// What is said of it in the story.
        let name: String
        /// The State it is a node of.
        let actor: ActorCode?
        /// Ports above the world's first.
        let place: Int

        /// Whether the node begins with the sample register.
        var hasRegister: Bool { key == WorldCast.secretariat.key }
    }

    /// A person of an office, beside the administrator who is there from the start.
    struct Person: Hashable, Sendable {
        let name: String
        let roles: [String]
        /// Whether the person signs acts, and so has a key.
        let signs: Bool
    }

    static let secretariat = Member(
        key: "secretariat", title: "Secretariat of the Sample Agreements", name: "the secretariat", actor: nil, place: 0)
    /// Gives full powers and signs.
    static let signatory = Member(
        key: "kenya", title: "Kenya (sample)", name: "Kenya", actor: ActorCode(rawValue: "KEN"), place: 1)
    /// Sends the note.
    static let sender = Member(
        key: "indonesia", title: "Indonesia (sample)", name: "Indonesia", actor: ActorCode(rawValue: "IDN"), place: 2)
    /// Receives the note.
    static let addressee = Member(
        key: "uruguay", title: "Uruguay (sample)", name: "Uruguay", actor: ActorCode(rawValue: "URY"), place: 3)
    /// Shows two histories.
    static let observer = Member(key: "observer", title: "Observer mission (sample)", name: "the observer", actor: nil, place: 4)

    static let states = [signatory, sender, addressee]
    static let members = [secretariat] + states + [observer]

    /// The first office, which every node begins with.
    static let firstOffice = "depositary"
    /// A State's office, established in the story.
    static let ministry = "mfa"
    static let ministryName = "Ministry of Foreign Affairs"

    static let legalAdviser = Person(name: "Legal Adviser", roles: ["depositary-officer", "correspondent"], signs: true)
    static let secondSecretary = Person(name: "Second Secretary", roles: ["correspondent"], signs: false)
    static let headOfChancery = Person(name: "Head of Chancery", roles: ["approver", "correspondent"], signs: false)
    static let people = [legalAdviser, secondSecretary, headOfChancery]

    /// The imaginary agreement of the sample register: open for signature since 16 May 2025, without end.
    static let treaty = "XXVII-100"
    static let treatyName = "Weather Observations Agreement"
    static let plenipotentiary = (name: "Grace Wanjiru", title: "Ambassador")
    static let minister = "The Minister for Foreign Affairs"

    static let noteSubject = "Joint meeting on weather observations at sea"
    static let noteBody = """
        The Ministry of Foreign Affairs presents its compliments to the Ministry of Foreign Affairs and has the honour to propose a joint \
        meeting of the two meteorological services on observations at sea, at a date and place convenient to both.

        The Ministry avails itself of this opportunity to renew the assurances of its highest consideration.
        """
    static let answerSubject = "Joint meeting on weather observations at sea: answer"
    static let answerBody = """
        The Ministry of Foreign Affairs presents its compliments to the Ministry of Foreign Affairs and, with reference to its note, has the \
        honour to accept the proposal and to suggest that the meeting be held in Montevideo.

        The Ministry avails itself of this opportunity to renew the assurances of its highest consideration.
        """
}
