import Acts

/// The sentences of the depositary's documents, in English or French. They name "the above-mentioned State or organization" and not its name
/// again, so that no sentence depends on an article or a gender.
struct NotificationWording {
    let language: DocumentLanguage

    private func choose(_ english: String, _ french: String) -> String { language.choose(english, french) }

    /// What a notification is about, as its subject line has it.
    func name(of subject: NotificationKind, action: ParticipationKind?) -> String {
        if let action, let name = name(of: action) { return name }
        return switch subject {
        case .openingForSignature: choose("opening for signature", "ouverture à la signature")
        case .signature: choose("signature", "signature")
        case .instrument: choose("deposit of an instrument", "dépôt d’un instrument")
        case .succession: choose("succession", "succession")
        case .provisionalApplication: choose("provisional application", "application à titre provisoire")
        case .reservation: choose("reservation", "réserve")
        case .declaration: choose("declaration", "déclaration")
        case .objection: choose("objection", "objection")
        case .territorialApplication: choose("territorial application", "application territoriale")
        case .communication: choose("communication", "communication")
        case .statementChanged: choose("withdrawal or modification of a statement", "retrait ou modification d’une déclaration ou réserve")
        case .withdrawal: choose("withdrawal", "retrait")
        case .withdrawalRevocation: choose("revocation of a withdrawal", "révocation d’un retrait")
        case .entryIntoForce: choose("entry into force", "entrée en vigueur")
        case .amendmentProposed: choose("proposal of amendments", "proposition d’amendements")
        case .amendmentAccepted: choose("acceptance of amendments", "acceptation d’amendements")
        case .correctionProposed: choose("proposal of corrections", "proposition de corrections")
        case .correctionObjected: choose("objection to a proposed correction", "objection à une proposition de correction")
        case .correctionEffected: choose("corrections", "corrections")
        case .difference: choose("communication under article 77 (2)", "communication au titre de l’article 77, paragraphe 2")
        case .certifiedCopies: choose("issuance of certified true copies", "transmission de copies certifiées conformes")
        case .rectification: choose("rectification", "rectification")
        case .reissued: choose("reissue", "nouvelle diffusion")
        case .other: choose("communication of the depositary", "communication du dépositaire")
        }
    }

    func name(of action: ParticipationKind) -> String? {
        switch action {
        case .signature: choose("signature", "signature")
        case .signatureAdReferendum: choose("signature ad referendum", "signature ad referendum")
        case .initialling: choose("initialling", "paraphe")
        case .definitiveSignature: choose("definitive signature", "signature définitive")
        case .ratification: choose("ratification", "ratification")
        case .acceptance: choose("acceptance", "acceptation")
        case .approval: choose("approval", "approbation")
        case .accession: choose("accession", "adhésion")
        case .succession: choose("succession", "succession")
        case .successionToSignature: choose("succession to signature", "succession à la signature")
        case .formalConfirmation: choose("formal confirmation", "confirmation formelle")
        case .consentToBeBound: choose("consent to be bound", "consentement à être lié")
        case .notification: choose("notification", "notification")
        case .exchange: choose("exchange of instruments", "échange d’instruments")
        case .provisionalApplication: choose("provisional application", "application à titre provisoire")
        case .provisionalApplicationEnd: choose("end of provisional application", "fin de l’application à titre provisoire")
        case .intentionNotToBecomeParty: choose("intention not to become a Party", "intention de ne pas devenir Partie")
        case .withdrawal: choose("withdrawal", "retrait")
        case .denunciation: choose("denunciation", "dénonciation")
        case .withdrawalRevocation: choose("revocation of a withdrawal", "révocation d’un retrait")
        case .objection: choose("objection", "objection")
        case .objectionWithdrawal: choose("withdrawal of an objection", "retrait d’une objection")
        case .reservation: choose("reservation", "réserve")
        case .declaration: choose("declaration", "déclaration")
        case .territorialApplication: choose("territorial application", "application territoriale")
        case .communication: nil
        }
    }

    func effected(on date: CalendarDate) -> String {
        choose(
            "The action mentioned above was effected on \(language.text(date)).",
            "La formalité mentionnée ci-dessus a été accomplie le \(language.text(date)).")
    }

    func takesEffect(on date: CalendarDate, _ subject: NotificationKind) -> String {
        if subject == .succession {
            return choose(
                "The date of the succession of States is \(language.text(date)).",
                "La date de la succession d’États est le \(language.text(date)).")
        }
        return choose("It takes effect on \(language.text(date)).", "Elle prend effet le \(language.text(date)).")
    }

    func entersIntoForce(on date: CalendarDate, article: String?) -> String {
        let rule = article.map { choose(" (\($0))", " (\($0))") } ?? ""
        return choose(
            "The conditions for the entry into force of the treaty having been met\(rule), it enters into force on \(language.text(date)).",
            "Les conditions de l’entrée en vigueur du traité étant remplies\(rule), celui-ci entre en vigueur le \(language.text(date)).")
    }

    /// When the treaty takes effect for the State, or that it is not in force.
    func forceLines(forActor: CalendarDate?, general: CalendarDate?, of facts: NotificationFacts) -> [String] {
        guard let general else {
            return [choose("The treaty has not entered into force.", "Le traité n’est pas entré en vigueur.")]
        }
        var lines: [String] = []
        if let effected = facts.effected, general > effected {
            lines.append(
                choose(
                    "The treaty enters into force on \(language.text(general)).", "Le traité entre en vigueur le \(language.text(general))."
                ))
        }
        if let forActor {
            lines.append(
                choose(
                    "It enters into force for the State or organization mentioned above on \(language.text(forActor)).",
                    "Il entre en vigueur à l’égard de l’État ou de l’organisation mentionnés ci-dessus le \(language.text(forActor))."))
        }
        return lines
    }

    func opening(of opened: TreatyOpened) -> [String] {
        guard let opening = opened.openForSignature else { return [] }
        let closing =
            opened.closedForSignature.map { choose(" until \(language.text($0))", " jusqu’au \(language.text($0))") } ?? ""
        return [
            choose(
                "The treaty is open for signature from \(language.text(opening))\(closing).",
                "Le traité est ouvert à la signature à compter du \(language.text(opening))\(closing).")
        ]
    }

    func stands(_ earlier: NotificationFacts.Earlier) -> String {
        let name = earlier.number + (earlier.date.map { choose(" of \(language.text($0))", " du \(language.text($0))") } ?? "")
        return earlier.relation == .rectifies
            ? choose(
                "Depositary notification \(name) is rectified as follows.", "La notification dépositaire \(name) est rectifiée comme suit.")
            : choose(
                "Depositary notification \(name) is issued again and replaced by this one.",
                "La notification dépositaire \(name) est diffusée à nouveau et remplacée par la présente.")
    }

    // MARK: Corrections

    func proposal(_ correction: TreatyCorrectionProposed) -> [String] {
        var paragraphs: [String] = []
        switch correction.scope {
        case .text:
            paragraphs.append(
                choose(
                    "An error in the authenticated text has been brought to the depositary’s attention. The following correction is proposed:",
                    "Une erreur dans le texte authentifié a été signalée au dépositaire. La correction suivante est proposée :"))
        case .concordance:
            paragraphs.append(
                choose(
                    "A lack of concordance between the authentic texts has been brought to the depositary’s attention. The following correction is proposed:",
                    "Un défaut de concordance entre les textes authentiques a été signalé au dépositaire. La correction suivante est proposée :"
                ))
        case .certifiedCopy:
            paragraphs.append(
                choose(
                    "An error has been found in a certified copy; the original is not affected. The copy is to be read as follows:",
                    "Une erreur a été relevée dans une copie certifiée conforme ; l’original n’est pas en cause. La copie doit se lire comme suit :"
                ))
        }
        paragraphs += correction.changes.map(change)
        if let until = correction.objectionsUntil {
            paragraphs.append(
                choose(
                    "Under article 79 (1) and (2) of the Vienna Convention on the Law of Treaties, objections are to be communicated to the depositary by \(language.text(until)). In the absence of an objection the correction will be made, with effect from the beginning.",
                    "Conformément à l’article 79, paragraphes 1 et 2, de la Convention de Vienne sur le droit des traités, les objections doivent être communiquées au dépositaire le \(language.text(until)) au plus tard. En l’absence d’objection, la correction sera effectuée, avec effet ab initio."
                ))
        }
        return paragraphs
    }

    func objectionReceived(on date: CalendarDate) -> String {
        choose(
            "An objection to the proposed correction was received on \(language.text(date)). Under article 79 (2) (b) of the Vienna Convention on the Law of Treaties it is communicated to the signatory and contracting States; the correction is not made.",
            "Une objection à la correction proposée a été reçue le \(language.text(date)). Conformément à l’article 79, paragraphe 2, alinéa b), de la Convention de Vienne sur le droit des traités, elle est communiquée aux États signataires et aux États contractants ; la correction n’est pas effectuée."
        )
    }

    func effect(of correction: TreatyCorrectionProposed, procesVerbal: String?, on date: CalendarDate?) -> [String] {
        let day = date.map(language.text) ?? ""
        let number = procesVerbal ?? ""
        let first =
            correction.scope == .certifiedCopy
            ? choose(
                "A procès-verbal (\(number)) specifying the error and the correction was executed on \(day):",
                "Un procès-verbal (\(number)) indiquant l’erreur et la correction a été dressé le \(day) :")
            : choose(
                "No objection having been notified within the period, the depositary made the following correction and executed a procès-verbal of rectification (\(number)) on \(day):",
                "Aucune objection n’ayant été notifiée dans le délai, le dépositaire a effectué la correction suivante et dressé un procès-verbal de rectification (\(number)) le \(day) :"
            )
        let last =
            correction.scope == .certifiedCopy
            ? []
            : [
                choose(
                    "The corrected text replaces the defective text from the beginning.",
                    "Le texte corrigé remplace ab initio le texte défectueux.")
            ]
        return [first] + correction.changes.map(change) + last
    }

    func change(_ change: TreatyCorrectionProposed.Change) -> String {
        let name = Self.languageName(change.language, in: language)
        return choose(
            "\(name), \(change.place): for “\(change.reads)” read “\(change.shouldRead)”.",
            "\(name), \(change.place) : au lieu de « \(change.reads) », lire « \(change.shouldRead) ».")
    }

    /// "English text", "texte anglais".
    static func languageName(_ tag: String, in language: DocumentLanguage) -> String {
        let names: [String: (String, String)] = [
            "en": ("English text", "Texte anglais"), "fr": ("French text", "Texte français"), "es": ("Spanish text", "Texte espagnol"),
            "ru": ("Russian text", "Texte russe"), "zh": ("Chinese text", "Texte chinois"), "ar": ("Arabic text", "Texte arabe"),
            "id": ("Indonesian text", "Texte indonésien"),
        ]
        guard let name = names[String(tag.prefix { $0 != "-" })] else { return language.choose("Text (\(tag))", "Texte (\(tag))") }
        return language.choose(name.0, name.1)
    }

    /// The paragraphs of a procès-verbal (VCLT art. 79).
    func procesVerbal(of correction: TreatyCorrectionProposed, title: String, on date: CalendarDate) -> [String] {
        let source = correction.proposedBy == nil ? "" : choose(", at the request of a State,", ", à la demande d’un État,")
        var paragraphs: [String] = []
        if correction.scope == .certifiedCopy {
            paragraphs.append(
                choose(
                    "The depositary of the \(title)\(source) has found an error in a certified copy of it. The original is not affected.",
                    "Le dépositaire du traité suivant : \(title)\(source) a relevé une erreur dans une copie certifiée conforme. L’original n’est pas en cause."
                ))
        } else {
            paragraphs.append(
                choose(
                    "The depositary of the \(title)\(source) has notified the signatory and contracting States of an error in it and of the proposed correction. No objection was notified within the period.",
                    "Le dépositaire du traité suivant : \(title)\(source) a notifié aux États signataires et aux États contractants une erreur dans ce traité et la correction proposée. Aucune objection n’a été notifiée dans le délai."
                ))
        }
        paragraphs.append(choose("The following correction is made:", "La correction suivante est effectuée :"))
        paragraphs += correction.changes.map(change)
        paragraphs.append(
            choose(
                "In witness whereof this procès-verbal is executed on \(language.text(date)).",
                "En foi de quoi le présent procès-verbal est dressé le \(language.text(date))."))
        return paragraphs
    }
}
