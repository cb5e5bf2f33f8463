import Acts
import Disclosure

/// What the sample press office has disclosed: a request for access, running; another, answered with a document released in part; an alert.
struct SampleDisclosure: Sendable {
    private let office = "press"
    private let author = "node"

    private static let text = """
        The delegations of the five riparian States met in the harbour town for the third round and agreed on the table of flows.

        (AMBER) One delegation asked that its figures for the dry season be treated as provisional, and gave its reasons in confidence.

        (AMBER) Its reasons are annexed.

        The chair will circulate a clean text before the end of the month. The next round is in spring.
        """

    /// - Parameter next: the entry at which the first of the acts will stand.
    func drafts(from next: Int64, today: CalendarDate) throws -> [ActDraft] {
        let law = DisclosureLaw()
        guard let policy = law.policies.policies["tlp-2.0"], let clear = policy.level("CLEAR"),
            let clock = law.regimes.clock("eu-1049-2001")
        else { return [] }
        let commands = DisclosureCommands(office: office, author: author, law: law)
        let year = today.year
        let received = today.adding(days: -40)
        var acts = try commands.file(
            title: "Basin talks, third round: note of the meeting", language: "en",
            portions: PortionMarks.read(Self.text, policy: policy, level: clear), policy: policy, originator: office, declassification: nil,
            foreign: [], number: 1, today: today, form: nil)
        guard let payload = try? JSONParser.parse(acts[0].payload.bytes), let filed = try? DocumentFiled(json: payload),
            let sealed = try? RedactableDocument(json: filed.sealed)
        else { return [] }
        let commitment = RedactionCommitment(to: sealed, identifier: filed.document, issue: 1, on: today)
        let ground = (regime: "eu-1049-2001", exemption: "4(1)(a)")
        let file = try RedactedRelease(
            of: sealed, commitment: commitment,
            withholding: Dictionary(uniqueKeysWithValues: filed.labels.names.map { ($0, ground) }))
        func open<Content: Payload>(_ payload: Content) -> ActDraft {
            ActDraft(payload, dossier: DisclosureCommands.dossier, office: office, author: author)
        }
        acts += [
            open(
                AccessRequested(
                    request: "req-\(year)-1", regime: "eu-1049-2001", received: received, subject: "Notes of the talks on the Lower Basin")),
            open(AccessStepTaken(request: "req-\(year)-1", step: .registered, on: received.adding(days: 1))),
            open(
                DocumentReleased(
                    release: "rel-\(year)-1", title: filed.title, language: "en", file: file.json, commitment: next + 1,
                    request: "req-\(year)-1", collection: "Lower Basin")),
            open(
                AccessStepTaken(
                    request: "req-\(year)-1", step: .answered, on: clock.calendar.day(9, workingDaysAfter: received), outcome: .partly,
                    citation: "Art. 4(1)(a)")),
            open(
                AccessRequested(
                    request: "req-\(year)-2", regime: "eu-1049-2001", received: today.adding(days: -3), subject: "Costs of the third round")
            ),
            open(AccessStepTaken(request: "req-\(year)-2", step: .registered, on: today.adding(days: -2))),
            commands.own(
                AlertRaised(
                    alert: "ale-\(year)-1", title: "A barge is said to have been stopped on the Lower Basin", source: .person,
                    from: "Consulate at the harbour", event: nil, ask: ["Legal adviser", "Basin commission"]), form: nil),
        ]
        return acts
    }
}
