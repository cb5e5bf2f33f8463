import Acts
import Foundation

/// The acts of the sample press office.
struct SampleStatements: Sendable {
    private let office = "press"
    private let name = ["en": "Press office", "fr": "Service de presse", "ar": "مكتب الصحافة", "id": "Kantor pers"]
    private let holder = [
        "en": "A. Mensah, Spokesperson", "fr": "A. Mensah, porte-parole", "ar": "أ. منسا، المتحدث الرسمي", "id": "A. Mensah, juru bicara",
    ]

    private func content(_ texts: [String: (String, [String])]) -> StatementContent {
        StatementContent(
            authoritative: "en", texts: texts.mapValues { StatementText(title: $0.0, paragraphs: $0.1) })
    }

    private var accord: StatementContent {
        content([
            "en": (
                "On the agreement on the waters of the Lower Basin",
                [
                    "The Government welcomes the agreement on the waters of the Lower Basin, which four riparian States signed today.",
                    "It will notify its provisional application on 1 January and invites the other riparian States to join.",
                ]
            ),
            "fr": (
                "Sur l’accord relatif aux eaux du bassin inférieur",
                [
                    "Le Gouvernement se félicite de l’accord relatif aux eaux du bassin inférieur, que quatre États riverains ont signé ce jour.",
                    "Il en notifiera l’application provisoire le 1er janvier et invite les autres États riverains à s’y joindre.",
                ]
            ),
            "ar": (
                "بشأن الاتفاق المتعلق بمياه الحوض الأدنى",
                [
                    "ترحب الحكومة بالاتفاق المتعلق بمياه الحوض الأدنى الذي وقّعته اليوم أربع دول مشاطئة.",
                    "وستُخطر بتطبيقه المؤقت في 1 كانون الثاني/يناير وتدعو الدول المشاطئة الأخرى إلى الانضمام إليه.",
                ]
            ),
        ])
    }

    private var corrected: StatementContent {
        var content = accord
        for (tag, old, new) in [
            ("en", "four riparian States", "five riparian States"), ("fr", "quatre États riverains", "cinq États riverains"),
            ("ar", "أربع دول مشاطئة", "خمس دول مشاطئة"),
        ] {
            content.texts[tag]?.paragraphs[0].replace(old, with: new)
        }
        return content
    }

    private var visit: StatementContent {
        content([
            "en": ("On the visit of the Minister to the Southern Isles", ["The Minister will visit the Southern Isles from 3 to 5 March."]),
            "fr": ("Sur la visite du Ministre aux Îles du Sud", ["Le Ministre se rendra aux Îles du Sud du 3 au 5 mars."]),
            "ar": ("بشأن زيارة الوزير إلى جزر الجنوب", ["سيزور الوزير جزر الجنوب من 3 إلى 5 آذار/مارس."]),
        ])
    }

    private var accident: StatementContent {
        content([
            "en": ("On an accident at sea", ["The Government has learnt of an accident at sea and is in touch with the States concerned."]),
            "fr": (
                "Sur un accident en mer",
                ["Le Gouvernement a appris qu’un accident s’était produit en mer et est en contact avec les États concernés."]
            ),
            "ar": ("بشأن حادث في البحر", ["علمت الحكومة بوقوع حادث في البحر، وهي على اتصال بالدول المعنية."]),
        ])
    }

    private var election: StatementContent {
        content([
            "en": ("On the election to the Council", ["The Government thanks all who supported its candidature for the Council."]),
            "fr": ("Sur l’élection au Conseil", ["Le Gouvernement remercie tous ceux qui ont soutenu sa candidature au Conseil."]),
            "ar": ("بشأن الانتخاب لعضوية المجلس", ["تشكر الحكومة كل من أيّد ترشيحها لعضوية المجلس."]),
        ])
    }

    /// - Parameter first: the entry of the first of them.
    func drafts(from first: Int64) -> [ActDraft] {
        let inside = Marking.restricted(.init(audience: [], label: "internal"))
        let sealed = Marking.restricted(.init(audience: [office], label: PressLabel.clear.rawValue))
        func act(_ payload: some Payload, _ marking: Marking, by author: String = "node", _ dossier: String? = nil) -> ActDraft {
            ActDraft(payload, dossier: dossier, office: office, author: author, marking: marking)
        }
        let people = [("sample-press-officer", [Role.pressOfficer]), ("sample-spokesperson", [.approver]), ("sample-head", [.approver])]
        var acts = [act(OfficeEstablished(office: office, name: name), .public)]
        for (person, shown) in zip(people, PressDesk.samplePeople) {
            acts.append(act(PersonAppointed(person: person.0, name: shown, office: office, roles: person.1), inside))
        }
        acts.append(
            act(
                PressOfficeSet(
                    office: office, holder: holder, languages: ["en", "fr", "ar"],
                    clearances: [PressClearance(step: "spokesperson", office: office)]), inside, PressCommands.draftsDossier))
        let statement = StatementReleased(draft: -1, office: office, officeName: name, holder: holder, content: accord)
        let correction = StatementReleased(
            statement: statement.statement, version: 2, draft: -1, office: office, officeName: name, holder: holder, content: corrected,
            corrects: statement.code,
            correction: [
                "en": "Five States signed, not four.", "fr": "Cinq États ont signé, et non quatre.", "ar": "وقّعت خمس دول لا أربع.",
            ])
        let journey = StatementReleased(draft: -2, office: office, officeName: name, holder: holder, content: visit)
        let withdrawn = StatementWithdrawn(
            statement: journey.statement,
            reason: ["en": "The visit has been put off.", "fr": "La visite est reportée.", "ar": "أُرجئت الزيارة."])
        for released in [statement, journey, correction] { acts.append(act(released, .public, PressCommands.dossier)) }
        acts.append(act(withdrawn, .public, PressCommands.dossier))
        // A holding statement, cleared, approved and sealed; and a draft that waits for its clearance.
        let holding = first + Int64(acts.count)
        acts.append(act(StatementDrafted(form: .holding, content: accident), sealed, by: people[0].0, PressCommands.draftsDossier))
        acts.append(
            act(
                StatementCleared(draft: holding, version: holding, step: "spokesperson"), sealed, by: people[1].0,
                PressCommands.draftsDossier))
        acts.append(act(StatementApproved(draft: holding, version: holding), sealed, by: people[2].0, PressCommands.draftsDossier))
        let ready = StatementReleased(draft: holding, office: office, officeName: name, holder: holder, content: accident)
        acts.append(
            act(
                StatementScheduled(
                    draft: holding, version: holding, at: nil, released: ready.json, salt: SealedPayload(ready).salt), sealed,
                by: people[2].0, PressCommands.draftsDossier))
        acts.append(act(StatementDrafted(content: election), sealed, by: people[0].0, PressCommands.draftsDossier))
        return acts
    }
}
