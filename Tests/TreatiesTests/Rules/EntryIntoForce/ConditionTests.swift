import Acts
import Testing

@testable import Treaties

@Suite("Conditions for entry into force")
struct ConditionTests {
    @Test("the day of deposit is day 0, and all deposits of the decisive day are named")
    func ties() throws {
        let result = try clause(#"{"count": 3, "delay": {"unit": "days", "count": 30}}"#)
            .evaluate(
                try acts("FRA ratification 2001-01-01; ITA ratification 2001-02-01; ESP accession 2001-02-01; PRT ratification 2001-02-02"),
                asOf: try date("2001-02-02"))
        #expect(result.decisiveDay == CalendarDate("2001-02-01"))
        #expect(result.decisiveActs.map(\.participant.id.description) == ["ITA", "ESP"])
        #expect(result.date == CalendarDate("2001-03-03"))
        #expect(!result.isInForce)
        #expect(result.considered.last?.verdict == .notCounted(.afterDecisiveDay(try date("2001-02-01"))))
    }

    @Test("a treaty that is nearly there says what is missing")
    func missing() throws {
        let result = try clause(#"{"all": [{"count": 4}, {"named": ["USA", "CHN", "FRA"]}], "delay": {"unit": "days", "count": 90}}"#)
            .evaluate(try acts("FRA ratification 2001-01-01; ITA ratification 2001-02-01"), asOf: try date("2001-03-01"))
        #expect(result.date == nil)
        #expect(result.missing.map(\.english) == ["2 more instruments", "named: USA and CHN"])
        #expect(result.steps.last == .notYet)
    }

    @Test("an instrument of an extinct State counts for the time it existed (ICCPR, UNCLOS)")
    func extinctStates() throws {
        let yugoslavia = Participant(ParticipantID("YUG"), existedUntil: try date("1992-04-27"))
        let all =
            try acts("FRA ratification 1985-01-01; GUY ratification 1993-11-16") + [
                ParticipationAct(.ratification, by: yugoslavia, on: try date("1986-05-05"))
            ]
        let result = try clause(#"{"count": 3, "delay": {"unit": "months", "count": 12}}"#).evaluate(all, asOf: try date("2000-01-01"))
        #expect(result.date == CalendarDate("1994-11-16"))
    }

    struct Kind: Sendable {
        let kind: ParticipationKind
        let counts: Bool
        let rule: String
    }

    @Test(
        "what is consent to be bound counts, what is not does not",
        arguments: [
            Kind(kind: .signature, counts: false, rule: "VCLT art. 14"),
            Kind(kind: .signatureAdReferendum, counts: false, rule: "VCLT art. 12(2)(b)"),
            Kind(kind: .definitiveSignature, counts: true, rule: "VCLT art. 12"),
            Kind(kind: .ratification, counts: true, rule: "VCLT art. 14(1)"),
            Kind(kind: .acceptance, counts: true, rule: "VCLT art. 14(2)"),
            Kind(kind: .approval, counts: true, rule: "VCLT art. 14(2)"), Kind(kind: .accession, counts: true, rule: "VCLT art. 15"),
            Kind(kind: .succession, counts: true, rule: "VCSST 1978 art. 18"),
            Kind(kind: .successionToSignature, counts: false, rule: "VCSST 1978 art. 19"),
            Kind(kind: .formalConfirmation, counts: true, rule: "VCLT 1986 art. 2(1)(b bis)"),
            Kind(kind: .consentToBeBound, counts: true, rule: "VCLT art. 11"),
            Kind(kind: .notification, counts: true, rule: "VCLT art. 16(c)"),
            Kind(kind: .provisionalApplication, counts: false, rule: "VCLT art. 25"),
            Kind(kind: .withdrawal, counts: false, rule: "VCLT art. 54"),
            Kind(kind: .objection, counts: false, rule: "VCLT art. 20"), Kind(kind: .declaration, counts: false, rule: "-"),
        ])
    func kinds(_ row: Kind) throws {
        let act = ParticipationAct(row.kind, by: Participant(ParticipantID("FRA")), on: try date("2001-01-01"))
        let result = try clause(#"{"count": 1}"#).evaluate([act], asOf: try date("2002-01-01"))
        #expect((result.date != nil) == row.counts, "\(row.kind): \(row.rule)")
        #expect(result.considered.first?.counted == row.counts)
    }

    @Test("a regional organization's instrument counts unless the clause excludes it")
    func regionalOrganizations() throws {
        let all = try acts("FRA ratification 2001-01-01; EU approval 2001-02-01; ITA ratification 2001-03-01")
        #expect(try clause(#"{"count": 2}"#).evaluate(all, asOf: try date("2002-01-01")).date == CalendarDate("2001-02-01"))
        let without = try clause(#"{"count": 2, "regionalOrganizationsCount": false}"#).evaluate(all, asOf: try date("2002-01-01"))
        #expect(without.date == CalendarDate("2001-03-01"))
        #expect(without.considered[1].verdict == .notCounted(.organizationNotCounted))
    }

    @Test("a withdrawal before the condition is met takes the instrument out of the count, and re-joining puts it back")
    func withdrawalBefore() throws {
        let three = try clause(#"{"count": 3}"#)
        var all = try acts(
            "FRA ratification 2001-01-01; ITA ratification 2001-02-01; FRA withdrawal 2001-02-15; ESP ratification 2001-03-01")
        let without = try three.evaluate(all, asOf: try date("2002-01-01"))
        #expect(without.date == nil)
        #expect(without.missing == [.instruments(1, of: nil)])
        all += try acts("FRA accession 2001-05-01")
        #expect(try three.evaluate(all, asOf: try date("2002-01-01")).date == CalendarDate("2001-05-01"))
    }

    @Test("falling below the threshold afterwards changes nothing (VCLT art. 55)")
    func fallingBelow() throws {
        let all = try acts("FRA ratification 2001-01-01; ITA ratification 2001-02-01; FRA withdrawal 2005-02-15 -> 2006-02-15")
        let result = try clause(#"{"count": 2, "delay": {"unit": "days", "count": 30}}"#).evaluate(all, asOf: try date("2010-01-01"))
        #expect(result.date == CalendarDate("2001-03-03"))
        #expect(result.considered.first?.counted == true)
    }

    @Test("a second instrument of one participant counts once; joint depositaries: the earliest")
    func duplicates() throws {
        let all = try acts("RUS ratification 1967-10-10; RUS ratification 1967-10-11; USA ratification 1967-10-12")
        let result = try clause(#"{"count": 2, "depositaries": 3}"#).evaluate(all, asOf: try date("1968-01-01"))
        #expect(result.date == CalendarDate("1967-10-12"))
        #expect(result.considered[1].verdict == .notCounted(.alreadyCounted(since: try date("1967-10-10"))))
    }

    @Test("a count and a share of a table: the later of the two is decisive (Kyoto Protocol art. 25)")
    func share() throws {
        let context = try ClauseContext.read(
            metrics: try JSONParser.parse(#"{"CO2": {"total": 100, "values": {"RUS": "17.4", "JPN": 8.5, "USA": "36.1", "EU": 24}}}"#))
        let kyoto = try clause(
            #"{"all": [{"count": 2}, {"share": 25, "metric": "CO2"}], "regionalOrganizationsCount": false, "delay": {"unit": "days", "count": 90}}"#
        )
        let all = try acts("JPN acceptance 2002-06-04; EU approval 2002-06-10; ISL accession 2002-07-01; RUS ratification 2004-11-18")
        let before = try kyoto.evaluate(all, context: context, asOf: try date("2004-11-17"))
        let short = try #require(ExactDecimal("16.5"))
        #expect(before.missing == [.share(short, metric: "CO2", of: nil)])
        let after = try kyoto.evaluate(all, context: context, asOf: try date("2004-11-18"))
        #expect(after.date == CalendarDate("2005-02-16"))
        #expect(after.decisiveActs.map(\.participant.id.description) == ["RUS"])
        #expect(after.finding?.parts.last?.reachedThen?.percent?.description == "25.9")
    }

    @Test("a table published anew can undo what had been reached (Ballast Water Management Convention)")
    func editions() throws {
        let context = try ClauseContext.read(
            metrics: try JSONParser.parse(
                #"{"fleet": {"editions": [{"values": {"PAN": 35, "LBR": 65}}, {"from": "2015-12-31", "values": {"PAN": 34, "LBR": 66, "FIN": 1, "OTH": 1}, "total": 100}]}}"#
            ))
        let convention = try clause(#"{"all": [{"count": 2}, {"share": 35, "metric": "fleet"}], "delay": {"unit": "months", "count": 12}}"#)
        let all = try acts("PAN ratification 2010-01-01; AAA ratification 2016-02-01; FIN ratification 2016-09-08")
        let result = try convention.evaluate(all, context: context, asOf: try date("2016-12-31"))
        // The share held from 2010 until the new edition; the count came only afterwards.
        #expect(result.decisiveDay == CalendarDate("2016-09-08"))
        #expect(result.date == CalendarDate("2017-09-08"))
    }

    @Test("classes may nest, and provisional application does not count (UNCLOS Part XI Agreement art. 6)")
    func nestedClasses() throws {
        let context = try ClauseContext.read(
            classes: try JSONParser.parse(#"{"Resolution II": ["AA10", "AA11", "AA12", "AA13"], "developed": ["AA10", "AA11", "AA12"]}"#))
        let partEleven = try clause(
            #"{"all": [{"count": 6}, {"count": 3, "of": "Resolution II"}, {"count": 2, "of": {"all": ["Resolution II", "developed"]}}], "delay": {"unit": "days", "count": 30}}"#
        )
        var all =
            try ratifications(5, from: "1995-01-01", prefix: "BB")
            + acts(
                "AA10 provisionalApplication 1994-11-16; AA13 ratification 1995-02-01; AA12 ratification 1995-03-01; AA11 provisionalApplication 1994-11-16"
            )
        #expect(
            try partEleven.evaluate(all, context: context, asOf: try date("1996-12-31")).missing.map(\.english) == [
                "1 more instrument (Resolution II)", "1 more instrument (Resolution II that are developed)",
            ])
        all += try acts("AA10 ratification 1996-06-28")
        #expect(try partEleven.evaluate(all, context: context, asOf: try date("1996-12-31")).date == CalendarDate("1996-07-28"))
    }

    @Test("a part of those who were Parties on one day: only they count, and new Parties do not raise it (Basel Ban)")
    func fractionAtAdoption() throws {
        let context = try ClauseContext.read(
            classes: try JSONParser.parse(
                #"{"Parties": [{"actor": "FRA", "from": "1990-01-01"}, {"actor": "ITA", "from": "1990-01-01"}, {"actor": "ESP", "from": "1990-01-01"}, {"actor": "PRT", "from": "1995-09-22"}, {"actor": "HRV", "from": "1996-01-01"}]}"#
            ))
        let ban = try clause(#"{"fraction": "3/4", "of": "Parties", "at": "1995-09-22", "delay": {"unit": "days", "count": 90}}"#)
        let all = try acts("HRV acceptance 1997-01-01; FRA acceptance 1998-01-01; ITA acceptance 1999-01-01; PRT acceptance 2019-09-06")
        let result = try ban.evaluate(all, context: context, asOf: try date("2019-12-31"))
        #expect(result.date == CalendarDate("2019-12-05"))
        #expect(result.considered.first?.verdict == .notCounted(.outsideClass))
    }

    @Test("a part of a class that grows: what is needed grows with it")
    func movingFraction() throws {
        let context = try ClauseContext.read(
            classes: try JSONParser.parse(
                #"{"Members": ["AAA", "BBB", "CCC", {"actor": "DDD", "from": "2001-06-01"}, {"actor": "EEE", "until": "2002-12-31"}]}"#))
        let members = try clause(#"{"fraction": "2/3", "of": "Members"}"#)
        let all = try acts("AAA acceptance 2001-01-01; BBB acceptance 2001-02-01; CCC acceptance 2001-07-01")
        // Three of five are not two thirds; when one member leaves, three of four are.
        #expect(try members.evaluate(all, context: context, asOf: try date("2002-12-31")).date == nil)
        let after = try members.evaluate(all, context: context, asOf: try date("2003-01-31"))
        #expect(after.date == CalendarDate("2003-01-01"))
        #expect(after.decisiveActs.isEmpty)
    }

    @Test("membership on the day of deposit: one that joins the class later does not count (WHO Constitution art. 80)")
    func membershipAtDeposit() throws {
        let context = try ClauseContext.read(
            classes: try JSONParser.parse(#"{"UN Members": ["FRA", {"actor": "ITA", "from": "1955-12-14"}, "BLR"]}"#))
        let all = try acts("FRA acceptance 1947-01-01; ITA acceptance 1947-04-11; BLR acceptance 1960-04-07")
        #expect(
            try clause(#"{"count": 2, "class": "UN Members at date of deposit"}"#).evaluate(
                all, context: context, asOf: try date("1970-01-01")
            ).date
                == CalendarDate("1960-04-07"))
        #expect(
            try clause(#"{"count": 2, "class": "UN Members"}"#).evaluate(all, context: context, asOf: try date("1970-01-01")).date
                == CalendarDate("1955-12-14"))
    }

    @Test("those with at least so much of a table, by their values (Civil Liability Convention art. XV)")
    func metricThreshold() throws {
        let context = try ClauseContext.read(
            metrics: try JSONParser.parse(
                #"{"tanker tonnage": {"unit": "GT", "values": {"NOR": 9000000, "LBR": 30000000, "SEN": 20000, "FRA": 999999}}}"#))
        let all = try acts(
            "SEN ratification 1972-03-27; LBR ratification 1972-09-25; FRA ratification 1975-03-17; NOR ratification 1975-03-21")
        let result = try clause(
            #"{"all": [{"count": 4}, {"count": 2, "class": "tanker tonnage >= 1000000 GT"}], "delay": {"unit": "days", "count": 90}}"#
        )
        .evaluate(all, context: context, asOf: try date("1975-12-31"))
        #expect(result.date == CalendarDate("1975-06-19"))
    }

    @Test("a protocol waits for its parent, and the latest date wins (ICCPR-OP1 art. 9)")
    func parentTreaty() throws {
        let protocolClause = try clause(#"{"all": [{"count": 2, "delay": {"unit": "months", "count": 3}}, {"inForce": "ICCPR"}]}"#)
        let all = try acts("CRI ratification 1968-11-29; MUS accession 1973-12-12; JAM ratification 1975-10-03")
        func result(parent: String?) throws -> EntryIntoForce {
            let context = ClauseContext(treaties: ["ICCPR": .init(from: try parent.map(date))])
            return try protocolClause.evaluate(all, context: context, asOf: try date("1980-01-01"))
        }
        #expect(try result(parent: "1976-03-23").date == CalendarDate("1976-03-23"))
        #expect(try result(parent: "1970-01-01").date == CalendarDate("1974-03-12"))
        #expect(try result(parent: nil).missing == [.treaty("ICCPR")])
        #expect(try result(parent: "1976-03-23").decisiveActs.isEmpty)
    }

    @Test("not before two years after the opening for signature (Chemical Weapons Convention art. XXI)")
    func notBefore() throws {
        let convention = try clause(
            #"{"count": 3, "delay": {"unit": "days", "count": 180}, "notBefore": {"afterOpening": {"unit": "years", "count": 2}}}"#)
        let context = ClauseContext(opening: try date("1993-01-13"))
        let early = try convention.evaluate(try ratifications(3, from: "1993-02-01"), context: context, asOf: try date("1993-12-31"))
        #expect(early.date == CalendarDate("1995-01-13"))
        #expect(early.steps.contains(.notBefore(try date("1995-01-13"), postponed: true)))
        let late = try convention.evaluate(try ratifications(3, from: "1996-10-29"), context: context, asOf: try date("1997-12-31"))
        #expect(late.date == CalendarDate("1997-04-29"))
        #expect(throws: ClauseProblem.missingOpening) {
            try convention.evaluate(try ratifications(3, from: "1993-02-01"), asOf: try date("1993-12-31"))
        }
    }

    @Test("a fixed date, met or missed (Montreal Protocol art. 16(1) and its amendments)")
    func fixedDate() throws {
        let amendment = try clause(
            #"{"fixedDate": "1994-01-01", "else": {"delay": {"unit": "days", "count": 90}}, "condition": {"count": 2}}"#)
        let onTime = try acts("CAN ratification 1993-05-04; NOR ratification 1994-01-01")
        #expect(try amendment.evaluate(onTime, asOf: try date("1994-06-30")).date == CalendarDate("1994-01-01"))
        let late = try acts("CAN ratification 1993-05-04; NOR ratification 1994-01-02")
        let missed = try amendment.evaluate(late, asOf: try date("1994-06-30"))
        #expect(missed.date == CalendarDate("1994-04-02"))
        #expect(missed.steps.contains(.fixedDateMissed(try date("1994-01-01"))))
        // Met in good time: the date is known before it comes.
        let early = try acts("CAN ratification 1993-05-04; NOR ratification 1993-06-01")
        #expect(try amendment.evaluate(early, asOf: try date("1993-07-01")).date == CalendarDate("1994-01-01"))
    }

    @Test("six, or half of the signatories, whichever is smaller (CPTPP art. 3(1))")
    func alternatives() throws {
        let agreement = try clause(
            #"{"any": [{"count": 6}, {"fraction": "1/2", "of": "signatories"}], "delay": {"unit": "days", "count": 60}}"#)
        let four = try acts(
            "AUS signature 2018-03-08; CAN signature 2018-03-08; JPN signature 2018-03-08; MEX signature 2018-03-08; MEX ratification 2018-06-28; JPN ratification 2018-07-06"
        )
        #expect(try agreement.evaluate(four, asOf: try date("2018-12-31")).date == CalendarDate("2018-09-04"))
        let pending = try agreement.evaluate(Array(four.dropLast()), asOf: try date("2018-12-31"))
        #expect(pending.missing.map(\.english) == ["5 more instruments, or 1 more instrument (signatories)"])
    }

    @Test("all signatories, and only they (Antarctic Treaty art. XIII(5))")
    func allSignatories() throws {
        let treaty = try clause(#"{"allSignatories": 2}"#)
        let all = try acts("ARG signature 1959-12-01; CHL signature 1959-12-01; ARG ratification 1960-05-31; POL accession 1961-06-08")
        let pending = try treaty.evaluate(all, asOf: try date("1961-06-22"))
        #expect(pending.missing == [.signatories(1, named: [Participant(ParticipantID("CHL"))])])
        #expect(
            try treaty.evaluate(all + acts("CHL ratification 1961-06-23"), asOf: try date("1961-06-30")).date == CalendarDate("1961-06-23"))
    }

    @Test("the exchange of instruments, not the ratification at home (VCLT art. 16(a))")
    func exchange() throws {
        let treaty = try clause(#"{"exchange": ["USA", "RUS"]}"#)
        let all = try acts("RUS ratification 2011-01-28; USA ratification 2011-02-02; USA exchange 2011-02-05; RUS exchange 2011-02-05")
        let result = try treaty.evaluate(all, asOf: try date("2011-03-01"))
        #expect(result.date == CalendarDate("2011-02-05"))
        #expect(try treaty.evaluate(Array(all.prefix(2)), asOf: try date("2011-02-03")).date == CalendarDate("2011-02-02"))
    }

    @Test("silence until the last day; a sufficient objection breaks it (tacit acceptance)")
    func silence() throws {
        let amendments = try clause(
            #"{"silence": {"notified": "2024-09-19", "period": {"unit": "months", "count": 10}, "brokenBy": {"fraction": "1/3", "of": "Parties"}}, "delay": {"unit": "months", "count": 2}}"#
        )
        let context = try ClauseContext.read(classes: try JSONParser.parse(#"{"Parties": ["AAA", "BBB", "CCC"]}"#))
        #expect(
            try amendments.evaluate([], context: context, asOf: try date("2025-01-01")).missing == [.silence(until: try date("2025-07-19"))]
        )
        #expect(try amendments.evaluate([], context: context, asOf: try date("2025-07-19")).date == CalendarDate("2025-09-19"))
        let onTime = try acts("AAA objection 2025-07-19")
        let broken = try amendments.evaluate(onTime, context: context, asOf: try date("2025-12-31"))
        #expect(broken.date == nil)
        #expect(broken.missing == [.silenceBroken(by: [Participant(ParticipantID("AAA"))])])
        #expect(try amendments.evaluate(try acts("AAA objection 2025-07-20"), context: context, asOf: try date("2025-12-31")).date != nil)
        let takenBack = try acts("AAA objection 2025-01-19; AAA objectionWithdrawal 2025-02-01")
        #expect(try amendments.evaluate(takenBack, context: context, asOf: try date("2025-12-31")).date != nil)
    }

    @Test("two conditions must hold at the same time, not one after the other")
    func sameTime() throws {
        let both = try clause(#"{"all": [{"count": 2}, {"named": ["USA"]}]}"#)
        let all = try acts(
            "FRA ratification 2001-01-01; ITA ratification 2001-02-01; ITA withdrawal 2001-03-01; USA ratification 2001-04-01")
        // France and the United States are two again; without them there would be a gap.
        #expect(try both.evaluate(all, asOf: try date("2002-01-01")).date == CalendarDate("2001-04-01"))
        let apart = try clause(#"{"all": [{"count": 2, "of": ["FRA", "ITA"]}, {"named": ["USA"]}]}"#)
        #expect(try apart.evaluate(all, asOf: try date("2002-01-01")).date == nil)
    }

    @Test("only instruments of States count (VCLTSIO 1986 art. 85)")
    func statesOnly() throws {
        let organization = Participant(ParticipantID("UN"), nature: .internationalOrganization)
        let all =
            try acts("FRA ratification 1990-01-01") + [ParticipationAct(.formalConfirmation, by: organization, on: try date("1998-12-21"))]
        for text in [#"{"count": 2, "class": "State"}"#, #"{"count": 2, "statesOnly": true}"#, #"{"count": 2, "whoCounts": "States"}"#] {
            #expect(try clause(text).evaluate(all, asOf: try date("2015-03-14")).date == nil)
        }
    }

    @Test("each Party on its own: no common threshold (Rome Statute art. 121(5))")
    func perParty() throws {
        let amendment = try clause(#"{"perParty": true, "delay": {"unit": "years", "count": 1}}"#)
        let all = try acts("SMR ratification 2011-09-26; LIE ratification 2012-05-08")
        let result = try amendment.participation(all, asOf: try date("2012-12-31"))
        #expect(result.entryIntoForce.date == CalendarDate("2012-09-26"))
        #expect(result[ParticipantID("LIE")]?.dateOfEffect == CalendarDate("2013-05-08"))
        #expect(result[ParticipantID("LIE")]?.state == .contracting)
    }

    @Test("no clause at all: all negotiating States (VCLT art. 24(2)), joiners on their day (24(3))")
    func noClause() throws {
        let bare = EntryIntoForceClause.none(negotiatingStates: .members([ParticipantID("FRA"), ParticipantID("ITA")]))
        let all = try acts("FRA ratification 2001-01-01; ITA ratification 2001-02-01; ESP accession 2001-03-01")
        let result = try bare.participation(all, asOf: try date("2002-01-01"))
        #expect(result.entryIntoForce.date == CalendarDate("2001-02-01"))
        #expect(result[ParticipantID("ESP")]?.consent?.effect == DateOfEffect(date: try date("2001-03-01"), basis: .onConsent))
    }

    @Test("what the clause needs and the facts do not give is named")
    func problems() throws {
        func problem(_ text: String) throws -> ClauseProblem? {
            let read = try clause(text)
            let given = try acts("FRA accession 2001-01-01")
            let day = try date("2002-01-01")
            do throws(ClauseProblem) {
                _ = try read.evaluate(given, asOf: day)
                return nil
            } catch {
                return error
            }
        }
        #expect(try problem(#"{"count": 2, "of": "Members of the Club"}"#) == .unknownClass("Members of the Club"))
        #expect(try problem(#"{"share": 2, "metric": "tonnage"}"#) == .unknownMetric("tonnage"))
        #expect(try problem(#"{"inForce": "CBD"}"#) == .unknownTreaty("CBD"))
        #expect(try problem(#"{"allSignatories": true}"#) == .missingSignatories)
        #expect(try problem(#"{"fraction": "1/2", "of": "signatories"}"#) == .missingSignatories)
        #expect(try problem(#"{"count": 1}"#) == nil)
    }
}
