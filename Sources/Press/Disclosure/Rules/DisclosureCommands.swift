import Acts
import Disclosure

/// Enters what an office does with documents, requests, copies and alerts: each rule takes the state and gives the acts, or a refusal.
struct DisclosureCommands: Sendable {
    /// The office that acts, one of this node's.
    let office: String
    /// The person who acts for it.
    let author: String
    let law: DisclosureLaw

    /// The dossier of everything that is public.
    static let dossier = "disclosures"
    /// The dossier of what is the office's own.
    static let officeDossier = "press"
    static let longestTitle = 300
    static let longestText = 200_000
    static let mostParts = 2_000
    static let mostReaders = 1_000

    // MARK: Documents

    /// Files a document under a policy; its public commitment is entered with it.
    func file(
        title: String, language: String, portions: [PortionMarks.Marked], policy: MarkingPolicy, originator: String,
        declassification: SecurityLabel.Declassification?, foreign: [String], number: Int64, today: CalendarDate, form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard !portions.isEmpty, portions.count <= Self.mostParts else {
            throw Refusal(
                .malformed, code: "press.document.parts", "A document has 1 to \(Self.mostParts) paragraphs.",
                mend: "Write its text, with an empty line between paragraphs.", arguments: ["most": String(Self.mostParts)])
        }
        let identifier = "doc-\(today.year)-\(number)"
        var labels: [(String, JSON)] = []
        var parts: [RedactableDocument.Part] = []
        for (place, portion) in portions.enumerated() {
            let path = Self.path(place)
            parts.append(.init(path: path, text: portion.text))
            guard portion.level.rank > 0 else { continue }
            let label = SecurityLabel(
                policy: policy.identifier, classification: portion.level.code, originator: originator, created: today,
                declassification: declassification, foreignOriginators: foreign)
            labels.append((path, label.json))
        }
        do {
            var random = SystemRandomNumberGenerator()
            let sealed = try RedactableDocument(parts: parts, random: &random)
            let commitment = RedactionCommitment(to: sealed, identifier: identifier, issue: 1, on: today)
            let filed = DocumentFiled(
                document: identifier, issue: 1, title: title, language: language, labels: JSONObject(labels), sealed: sealed.json)
            return [
                own(filed, form: form),
                ActDraft(
                    DocumentCommitted(commitment: commitment.json), dossier: Self.dossier, office: office, author: author, request: form),
            ]
        } catch {
            throw Refusal(.malformed, code: "press.document.unfit", "\(error)", mend: "Change the text.", arguments: ["reason": "\(error)"])
        }
    }

    static func path(_ place: Int) -> String {
        let digits = String(place + 1)
        return "p/" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Changes the marking of one part.
    func remark(
        _ document: FiledDocument, path: String, level: MarkingPolicy.Level?, speakingFor: Set<String>, agreed: Set<String>, reason: String,
        today: CalendarDate, form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard document.office == office, let part = document.part(path) else { throw Self.unknown }
        guard let label = part.label else {
            throw Refusal(
                .conflict, code: "press.mark.open", "The paragraph is open already.", mend: "File the document anew to mark it.")
        }
        var changed: SecurityLabel?
        if let level, level.rank > 0 {
            changed = label
            changed?.classification = level.code
        }
        guard changed != label else {
            throw Refusal(.conflict, code: "press.mark.same", "The paragraph is marked so already.", mend: "Choose another level.")
        }
        do {
            let decision = try MarkingDecision(
                from: label, to: changed, by: office, speakingFor: speakingFor, agreed: agreed, on: today, under: law.policies)
            let act = DocumentRemarked(
                document: document.act.document, path: path, label: changed?.json, direction: decision.direction.rawValue,
                agreed: decision.agreed, reason: reason)
            return [own(act, form: form)]
        } catch { throw Self.refusal(of: error) }
    }

    /// Releases a document, whole or in part. Whoever filed it does not release it.
    ///
    /// - Parameter withheld: by path, the law and exemption.
    func release(
        _ document: FiledDocument, title: String, withholding withheld: [String: (regime: String, exemption: String)], number: Int64,
        request: AccessRequestFile?, collection: String?, today: CalendarDate, form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard document.office == office else { throw Self.unknown }
        guard document.author != author else {
            throw Refusal(
                .forbidden, code: "press.release.own", "Whoever filed a document does not release it.",
                mend: "A second person with the role 'approver' releases it.", citation: "docs/disclosure.md, Two persons")
        }
        for part in document.parts where withheld[part.path] == nil {
            guard let label = part.label else { continue }
            throw Refusal(
                .unlawful, code: "press.release.marked", "The paragraph \(part.path) is marked \(label.classification).",
                mend: "Withhold it, or let its originator open it first.", citation: "docs/disclosure.md, Releasing",
                arguments: ["path": part.path, "level": label.classification])
        }
        for (path, ground) in withheld.sorted(by: { $0.key < $1.key }) {
            guard law.regimes.regimes[ground.regime]?.exemption(ground.exemption) != nil else {
                throw Refusal(
                    .malformed, code: "press.release.exemption", "\(path) is withheld without an exemption of a law.",
                    mend: "Choose the provision on which it is withheld.", arguments: ["path": path])
            }
        }
        if request == nil, withheld.count == document.parts.count { throw Self.nothingShown }
        do {
            let file = try RedactedRelease(of: document.sealed, commitment: document.commitment, withholding: withheld)
            let act = DocumentReleased(
                release: "rel-\(today.year)-\(number)", title: title, language: document.act.language, file: file.json,
                commitment: document.commitmentEntry, request: request?.act.request, collection: collection)
            return [ActDraft(act, dossier: Self.dossier, office: office, author: author, request: form)]
        } catch { throw Self.unknown }
    }

    // MARK: Requests for access

    func register(
        regime: AccessRegime, received: CalendarDate, subject: String, contact: String?, number: Int64, today: CalendarDate, form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard received <= today else { throw Self.future }
        let identifier = "req-\(today.year)-\(number)"
        var drafts = [
            ActDraft(
                AccessRequested(request: identifier, regime: regime.identifier, received: received, subject: subject),
                dossier: Self.dossier, office: office, author: author, request: form)
        ]
        if let contact { drafts.append(own(AccessRequester(request: identifier, contact: contact), form: form)) }
        return drafts
    }

    /// Takes a step with a request, where its order and the law allow it.
    func step(_ file: AccessRequestFile, _ step: AccessStepTaken, today: CalendarDate, form: String?) throws(Refusal) -> [ActDraft] {
        guard file.office == office else { throw Self.unknown }
        guard let regime = law.regimes.regimes[file.act.regime] else { throw Self.unknownLaw }
        guard step.on <= today else { throw Self.future }
        guard step.on >= (file.steps.map(\.on) + [file.act.received]).max() ?? step.on else {
            throw Refusal(
                .malformed, code: "press.access.order", "The day lies before what has happened already.", mend: "Give a later day.")
        }
        let history = file.history
        let waits = history.clarifications.contains { $0.given == nil }
        let fits: Bool =
            switch step.step {
            case .registered: history.registered == nil && history.answered == nil
            case .clarificationAsked: history.answered == nil && !waits
            case .clarificationGiven: waits
            case .extended: regime.extension != nil && history.extended == nil && history.answered == nil
            case .answered: history.answered == nil && (regime.start == .receipt || history.registered != nil)
            case .appealed: history.answered != nil && history.appealed == nil && regime.appealAnswer != nil
            case .appealExtended: history.appealed != nil && history.appealExtended == nil && regime.appealExtension != nil
            case .appealAnswered: history.appealed != nil && history.appealAnswered == nil
            }
        guard fits else {
            throw Refusal(
                .unlawful, code: "press.access.step", "This step cannot be taken now.", mend: "Look at what has happened to the request.",
                citation: regime.source, arguments: ["step": step.step.rawValue])
        }
        if step.step == .appealed, let clock = law.regimes.clock(regime.identifier), let until = clock.appealUntil(history), step.on > until
        {
            throw Refusal(
                .unlawful, code: "press.access.late-appeal", "The time for it ended on \(until).", mend: "The requester may ask anew.",
                citation: regime.appealWithin?.citation, arguments: ["date": until.description])
        }
        let isAnswer = step.step == .answered || step.step == .appealAnswered
        guard isAnswer == (step.outcome != nil) else {
            throw Refusal(
                .malformed, code: "press.access.outcome", "An answer says what was decided, and only an answer does.",
                mend: "Choose the outcome with the answer.")
        }
        return [ActDraft(step, dossier: Self.dossier, office: office, author: author, request: form)]
    }

    // MARK: Individual copies

    func assign(_ act: CopiesAssigned, people: Set<String>, form: String?) throws(Refusal) -> [ActDraft] {
        guard !act.readers.isEmpty, act.readers.count <= Self.mostReaders, Set(act.readers).count == act.readers.count,
            act.readers.allSatisfy(people.contains)
        else {
            throw Refusal(
                .malformed, code: "press.copies.readers", "Copies go to people of this node, one each.", mend: "Choose the readers again.")
        }
        do {
            let label = try SecurityLabel(json: act.label)
            let policy = try law.policies.policy(label.policy)
            let level = try law.policies.level(of: label)
            guard policy.allowsCopies(at: level) else {
                throw Refusal(
                    .unlawful, code: "press.copies.level",
                    "Individual copies are made only of what is marked \(policy.copiesFrom.map { policy.prefix + $0 } ?? "-") or higher.",
                    mend: "Give out equal copies.", citation: "docs/disclosure.md, Individual copies",
                    arguments: ["level": policy.copiesFrom.map { policy.prefix + $0 } ?? "-"])
            }
            let text = try VariantText(notation: act.notation)
            _ = try CopyAssignment(of: text, copies: act.readers.count, secret: act.secret, document: act.copies)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(
                .unlawful, code: "press.copies.unfit", "\(error)", mend: "Change the text.",
                citation: "docs/disclosure.md, Individual copies",
                arguments: ["reason": "\(error)"])
        }
        return [own(act, form: form)]
    }

    /// Only the copy's own reader opens it.
    func open(_ file: CopiesFile, form: String?) throws(Refusal) -> [ActDraft] {
        guard let copy = file.copy(of: author) else { throw Self.unknown }
        return [own(CopyOpened(copies: file.act.copies, copy: Int64(copy)), form: form)]
    }

    // MARK: Alerts

    func raise(_ act: AlertRaised, form: String?) -> [ActDraft] { [own(act, form: form)] }

    func note(_ file: AlertFile, _ act: AlertNoted, form: String?) throws(Refusal) -> [ActDraft] {
        guard file.office == office else { throw Self.unknown }
        guard !file.isClosed else {
            throw Refusal(.conflict, code: "press.alert.closed", "The alert is closed.", mend: "Raise another.")
        }
        return [own(act, form: form)]
    }

    // MARK: What they share

    /// An act that only the office reads.
    func own<Content: Payload>(_ payload: Content, form: String?) -> ActDraft {
        ActDraft(
            payload, dossier: Self.officeDossier, office: office, author: author,
            marking: .restricted(.init(audience: [office], label: "internal")), request: form)
    }

    static let unknown = Refusal(
        .notFound, code: "press.disclosure.unknown", "There is nothing of that name here.", mend: "Look at the list.")
    static let unknownLaw = Refusal(
        .notFound, code: "press.access.unknown-law", "There is no such law of access here.", mend: "Choose one of the list.")
    static let unknownPolicy = Refusal(
        .notFound, code: "press.mark.unknown-policy", "There is no such marking here.", mend: "Choose one of the list.")
    static let future = Refusal(
        .malformed, code: "press.access.future", "The day has not come yet.", mend: "Give a day that has.")
    static let nothingShown = Refusal(
        .unlawful, code: "press.release.nothing", "Nothing of the document would be shown.",
        mend: "Show a paragraph at least, or refuse the request.")

    static func refusal(of fault: MarkingFault) -> Refusal {
        switch fault {
        case .notTheOriginator(let originator, _):
            Refusal(
                .forbidden, code: "press.mark.originator", "\(fault)", mend: "Record the originator's agreement.",
                citation: "docs/disclosure.md, Markings", arguments: ["originator": originator])
        case .foreignInformation(let originators):
            Refusal(
                .forbidden, code: "press.mark.foreign", "\(fault)", mend: "Record their agreement.",
                citation: "docs/disclosure.md, Markings",
                arguments: ["originators": originators.joined(separator: ", ")])
        default:
            Refusal(.malformed, code: "press.mark.unfit", "\(fault)", mend: "Choose another marking.", arguments: ["reason": "\(fault)"])
        }
    }
}
