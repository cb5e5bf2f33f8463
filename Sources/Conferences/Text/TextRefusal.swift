import Acts

/// Why an amendment or a version is refused. The catalogue has each code's words in every language.
enum TextRefusal {
    static func vanished(_ provision: String, version: Int) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.provision-vanished", "There is no provision \(provision) in version \(version).",
            mend: "Propose the change anew for that version, at a provision it has.",
            arguments: ["provision": provision, "version": String(version)])
    }

    static func changed(_ provision: String, base: Int, version: Int) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.provision-changed",
            "\(provision) has changed since version \(base), for which the amendment was written.",
            mend: "Compare the versions, and propose the change anew for version \(version).",
            arguments: ["provision": provision, "base": String(base), "version": String(version)])
    }

    static func wordsGone(_ words: String, _ provision: String) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.words-gone", "The words “\(words.prefix(80))” do not stand in \(provision).",
            mend: "Copy the words to be changed from the text as it stands.",
            arguments: ["words": String(words.prefix(80)), "provision": provision])
    }

    static func wordsSeveral(_ words: String, count: Int) -> Refusal {
        Refusal(
            .malformed, code: "conference.text.words-several", "The words “\(words.prefix(80))” stand there \(count) times.",
            mend: "Say which of them is meant, or name more words.",
            arguments: ["words": String(words.prefix(80)), "count": String(count)])
    }

    static func missing(_ member: String) -> Refusal {
        Refusal(
            .malformed, code: "conference.text.change-incomplete", "The change does not say: \(member).",
            mend: "Say it, or choose another kind of change.", arguments: ["member": member])
    }

    static func superfluous(_ member: String) -> Refusal {
        Refusal(
            .malformed, code: "conference.text.change-superfluous", "A change of this kind has no \(member).", mend: "Leave it out.",
            arguments: ["member": member])
    }

    static let unbalanced = Refusal(
        .malformed, code: "conference.text.words-unbalanced", "The brackets of the words do not match.",
        mend: "Close every bracket that is opened in them, and open every one that is closed.")

    static func sign(_ point: String) -> Refusal {
        Refusal(
            .malformed, code: "conference.text.words-sign", "The words hold the sign \(point), which cannot be seen and changes what is.",
            mend: "Take it out.", arguments: ["sign": point])
    }

    static let several = Refusal(
        .malformed, code: "conference.text.words-structure", "The words would be read as something else than one provision.",
        mend: "Propose new provisions as an insertion of their own, and take marks of headings and notes out of the words.")

    static let tooLarge = Refusal(
        .tooLarge, code: "conference.text.too-large", "The words, or the text with them, are longer than a text may be.",
        mend: "Divide the amendment, or the text, into parts.")

    static let noEffect = Refusal(
        .malformed, code: "conference.text.no-effect", "The change leaves the text as it is.", mend: "Nothing needs to be done.")

    static let intoItself = Refusal(
        .malformed, code: "conference.text.move-into-itself", "A provision cannot move to a place within itself.",
        mend: "Name a provision outside it.")

    static func notUTF8(_ provision: String) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.not-utf8", "\(provision) has bytes that are not UTF-8.",
            mend: "Replace the whole provision first.", arguments: ["provision": provision])
    }

    static func manner(_ operation: String) -> Refusal {
        Refusal(
            .malformed, code: "conference.text.manner", "A change of the kind \(operation) cannot stand in brackets.",
            mend: "Apply it as proposed, for no word changes by it; or have it proposed as words, a replacement and an insertion.",
            arguments: ["operation": operation])
    }

    static func unknownVersion(_ version: Int) -> Refusal {
        Refusal(
            .notFound, code: "conference.text.version-unknown", "The text has no version \(version).", mend: "Name one that it has.",
            arguments: ["version": String(version)])
    }

    static func unknownAmendment(_ amendment: String) -> Refusal {
        Refusal(
            .notFound, code: "conference.text.amendment-unknown", "The text has no amendment \(amendment).", mend: "Name one that it has.",
            arguments: ["amendment": amendment])
    }

    static func known(_ amendment: String) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.amendment-known", "There is an amendment \(amendment) already.",
            mend: "Give this one another name.", arguments: ["amendment": amendment])
    }

    static func closed(_ amendment: String) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.amendment-closed", "\(amendment) was applied or withdrawn.",
            mend: "Propose a new amendment.", arguments: ["amendment": amendment])
    }

    static let subAmendment = Refusal(
        .malformed, code: "conference.text.sub-amendment", "A sub-amendment changes the words of an amendment, and none amends it in turn.",
        mend: "Propose another sub-amendment to the amendment itself, that inserts, deletes or replaces words.")

    static func bracketsRemain(_ count: Int, _ provisions: Int) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.brackets-remain",
            "\(count) brackets and options in \(provisions) provisions wait for agreement.",
            mend: "Agree on them, or ask for the text with its brackets.",
            arguments: ["count": String(count), "provisions": String(provisions)])
    }

    static func nextVersion(_ version: Int) -> Refusal {
        Refusal(
            .conflict, code: "conference.text.version-order", "The next version of the text is \(version).",
            mend: "Look at the text as it stands now, and try again.", arguments: ["version": String(version)])
    }
}
