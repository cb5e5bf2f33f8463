import Acts

/// The convention's way through three readings: tabled with brackets, amended in the first, revised after the second, and now in its
/// third, with amendments pending and positions reserved.
extension SampleConference {
    var readings: [Step] { first + second + third }

    private func tabled(_ version: Int64, _ form: ConferenceTextTabled.Form, _ document: String, _ words: String) -> Step {
        presided(
            ConferenceTextTabled(
                conference: Self.conference, text: Self.text, version: version, form: form,
                title: [
                    "en": "Draft Convention on the Darkness of the Night Sky",
                    "fr": "Projet de convention sur l’obscurité du ciel nocturne",
                    "ar": "مشروع اتفاقية بشأن ظلام سماء الليل", "id": "Rancangan Konvensi tentang Kegelapan Langit Malam",
                ], language: "en", document: document, body: "whole", words: words))
    }

    private func begun(_ reading: Int64, version: Int64) -> Step {
        presided(ConferenceReadingBegun(conference: Self.conference, text: Self.text, reading: reading, version: version))
    }

    private func proposed(
        _ id: String, base: Int64, _ change: ConferenceTextChange, _ sponsors: [String], amends: String? = nil, reason: String? = nil
    ) -> Step {
        said(
            sponsors.first ?? "",
            ConferenceAmendmentProposed(
                conference: Self.conference, text: Self.text, amendment: id, base: base, change: change, sponsors: sponsors,
                amends: amends, reason: reason))
    }

    private func joined(_ id: String, _ sponsors: [String]) -> Step {
        said(
            sponsors.first ?? "",
            ConferenceAmendmentCosponsored(conference: Self.conference, text: Self.text, amendment: id, sponsors: sponsors))
    }

    private func applied(_ id: String, version: Int64, _ manner: ConferenceAmendmentApplied.Manner) -> Step {
        presided(
            ConferenceAmendmentApplied(conference: Self.conference, text: Self.text, amendment: id, version: version, manner: manner))
    }

    private func set(
        _ provision: String, _ status: ConferenceProvisionStatus, version: Int64, by: String? = nil, note: String? = nil
    ) -> Step {
        let act = ConferenceProvisionStatusSet(
            conference: Self.conference, text: Self.text, version: version, provision: provision, status: status, by: by, note: note)
        return by.map { said($0, act) } ?? presided(act)
    }

    /// The zero draft, and what delegations would have otherwise, in brackets.
    private var first: [Step] {
        var steps = [tabled(1, .zeroDraft, "A/CONF.900/C.1/L.1", drafts.first ?? ""), begun(1, version: 1)]
        steps.append(
            proposed(
                "fra-1", base: 1, .init(.replace, target: "art_3__para_1", words: "shall", anchor: "should"), ["FRA"],
                reason: "What is merely advised is not done."))
        steps.append(joined("fra-1", ["CHL"]))
        steps.append(
            proposed(
                "nor-1", base: 1, .init(.delete, target: "art_3__para_2", anchor: ", to the extent possible,"), ["NOR"],
                reason: "Lamps that send no light upwards have been on sale for years."))
        steps.append(
            proposed(
                "ken-1", base: 1,
                .init(
                    .insert, target: "art_7__para_1", words: ", with due regard to the knowledge of indigenous peoples",
                    anchor: "living beings", position: .after),
                ["KEN", "IDN"]))
        steps.append(applied("fra-1", version: 2, .inBrackets))
        steps.append(applied("nor-1", version: 3, .inBrackets))
        steps.append(
            proposed("egy-1", base: 3, .init(.delete, target: "art_4__para_2"), ["EGY"], reason: "It says what the law says already."))
        steps.append(
            said(
                "EGY",
                ConferenceAmendmentWithdrawn(conference: Self.conference, text: Self.text, amendment: "egy-1", by: "EGY")))
        for provision in ["art_1__para_1", "art_6__para_2"] { steps.append(set(provision, .agreedAdReferendum, version: 3)) }
        return steps
    }

    /// What could be settled is settled, and the text revised.
    private var second: [Step] {
        var steps = [begun(2, version: 3), applied("ken-1", version: 4, .asProposed)]
        steps.append(set("art_10__p_1", .reserved, version: 4, by: "IND", note: "Instructions on the number of instruments are awaited."))
        steps.append(tabled(5, .rollingText, "A/CONF.900/C.1/L.1/Rev.1", drafts.last ?? ""))
        return steps
    }

    private var third: [Step] {
        var steps = [begun(3, version: 5)]
        let agreed = [
            "art_1__para_1", "art_1__para_2", "art_1__para_3", "art_3__para_1", "art_4__para_1", "art_4__para_2", "art_5__para_1",
            "art_6__para_1", "art_6__para_2", "art_8__para_1", "art_8__para_2",
        ]
        for provision in agreed { steps.append(set(provision, .agreedAdReferendum, version: 5)) }
        steps.append(
            proposed(
                "fji-1", base: 5, .init(.replace, target: "art_5__para_2", words: "three", anchor: "[two][five]"), ["islands"],
                reason: "Between two and five lies three."))
        steps.append(applied("fji-1", version: 6, .asProposed))
        steps.append(set("art_5__para_2", .agreedAdReferendum, version: 6))
        steps.append(
            proposed(
                "fra-2", base: 6, .init(.replace, target: "art_3__para_3", words: "shall", anchor: "should"), ["FRA"],
                reason: "The hours after midnight are those in which least is lost."))
        steps.append(joined("fra-2", ["DEU", "islands"]))
        steps.append(
            proposed(
                "ind-1", base: 6,
                .init(.replace, target: "art_3__para_3", words: "should, as its circumstances permit,", anchor: "should"), ["IND"]))
        steps.append(
            proposed(
                "nor-2", base: 6,
                .init(
                    .insert, target: "art_4__para_2",
                    words: "3. Platforms that flare gas shall shield the flame where this can be done safely.", position: .after), ["NOR"]))
        steps.append(
            proposed(
                "can-1", base: 6, .init(.replace, target: "", words: "as far as", anchor: "where"), ["CAN"], amends: "nor-2"))
        steps.append(set("art_7__para_2", .reserved, version: 6, by: "CAN", note: "The sources of the fund are not named."))
        steps.append(set("art_10__p_1", .reserved, version: 6, by: "KEN", note: "Fifty instruments would take a generation."))
        return steps
    }
}
