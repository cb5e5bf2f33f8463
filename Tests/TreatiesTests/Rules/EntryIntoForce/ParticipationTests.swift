import Acts
import Foundation
import Testing

@testable import Treaties

@Suite("Who is bound, and since when")
struct ParticipationTests {
    static let paris =
        #"{"condition": {"all": [{"count": 55}, {"share": 55, "metric": "emissions"}]}, "delay": {"unit": "days", "count": 30}, "regionalOrganizationsCount": false, "later": {"unit": "days", "count": 30}, "withdrawal": {"notice": {"unit": "years", "count": 1}, "notWithin": {"unit": "years", "count": 3}}}"#

    @Test(
        "the Paris Agreement: all 195 dates of effect, the United States re-joining included",
        .enabled(if: SharedTreatyData.folder != nil, "the shared treaty data is not beside the checkout"))
    func parisAgreement() throws {
        let text = String(decoding: try #require(try SharedTreatyData.bytes("participation/paris-agreement.csv")), as: UTF8.self)
        var given: [ParticipationAct] = []
        var expected: [(ParticipantID, CalendarDate)] = []
        var values: [ParticipantID: ExactDecimal] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let row = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            // Code,Name,Signature,Ratification,Kind,Date-Of-Effect,Emissions,Percentage,Year; names hold no commas but in quotes.
            let tail = Array(row.suffix(7))
            let id = ParticipantID(row[0])
            let participant = Participant(id, nature: row[0] == "EUU" ? .regionalOrganization : .state)
            if let signed = CalendarDate(tail[0]) { given.append(ParticipationAct(.signature, by: participant, on: signed)) }
            if let share = ExactDecimal(tail[5]) { values[id] = share }
            guard let deposited = CalendarDate(tail[1]), let kind = ParticipationKind(rawValue: tail[2].lowercased()) else { continue }
            given.append(ParticipationAct(kind, by: participant, on: deposited))
            expected.append((id, try date(tail[3])))
        }
        #expect(expected.count == 195)
        // Today's table shows only the second acceptance of the United States.
        given += try acts("USA acceptance 2016-09-03; USA withdrawal 2019-11-04")
        let context = ClauseContext(metrics: ["emissions": Metric(unit: "percent", editions: [.init(values: values, total: 100)])])
        let result = try clause(Self.paris).participation(given, context: context, asOf: try date("2024-01-01"))
        #expect(result.entryIntoForce.date == CalendarDate("2016-11-04"))
        #expect(result.entryIntoForce.decisiveDay == CalendarDate("2016-10-05"))
        #expect(result.entryIntoForce.finding?.parts.last?.reachedThen?.percent?.description == "58.82")
        for (id, day) in expected {
            #expect(result[id]?.dateOfEffect == day, "\(id)")
        }
        let unitedStates = try #require(result[ParticipantID("USA")])
        #expect(unitedStates.consents.count == 2)
        #expect(unitedStates.consents.first?.effect?.date == CalendarDate("2016-11-04"))
        #expect(unitedStates.consents.first?.endedOn == CalendarDate("2020-11-04"))
        #expect(unitedStates.dateOfEffect == CalendarDate("2021-02-19"))
        #expect(unitedStates.state == .party)
        let between = try clause(Self.paris).participation(given, context: context, asOf: try date("2021-01-30"))
        #expect(between[ParticipantID("USA")]?.state == .contracting)
        let gone = try clause(Self.paris).participation(given, context: context, asOf: try date("2020-12-31"))
        #expect(gone[ParticipantID("USA")]?.state == .ended(try date("2020-11-04")))
    }

    @Test("a joiner whose own thirtieth day falls before the general date waits for it (BBNJ art. 68(2))")
    func notBeforeGeneralDate() throws {
        let agreement = try clause(#"{"count": 2, "delay": {"unit": "days", "count": 120}, "later": {"unit": "days", "count": 30}}"#)
        let all = try acts(
            "MAR ratification 2025-09-19; SLE ratification 2025-09-19; BRA ratification 2025-10-01; CHN ratification 2025-12-31")
        let result = try agreement.participation(all, asOf: try date("2026-02-28"))
        #expect(result[ParticipantID("MAR")]?.consent?.effect == DateOfEffect(date: try date("2026-01-17"), basis: .general))
        #expect(result[ParticipantID("BRA")]?.consent?.effect == DateOfEffect(date: try date("2026-01-17"), basis: .generalNotEarlier))
        #expect(result[ParticipantID("CHN")]?.dateOfEffect == CalendarDate("2026-01-30"))
    }

    @Test("later joiners may have a shorter delay than the treaty itself (UNCLOS art. 308(2))")
    func shorterDelay() throws {
        let convention = try clause(#"{"count": 1, "delay": {"unit": "months", "count": 12}, "later": {"unit": "days", "count": 30}}"#)
        let result = try convention.participation(
            try acts("GUY ratification 1993-11-16; AUS ratification 1994-10-05; ITA ratification 1995-01-13"), asOf: try date("1996-01-01"))
        #expect(result[ParticipantID("AUS")]?.dateOfEffect == CalendarDate("1994-11-16"))
        #expect(result[ParticipantID("ITA")]?.dateOfEffect == CalendarDate("1995-02-12"))
    }

    @Test("'same' is the delay of the treaty itself; 'after entry into force' moves the boundary")
    func laterRules() throws {
        let same = try clause(#"{"count": 1, "delay": {"unit": "days", "count": 90}, "later": "same"}"#)
        #expect(same.later == LaterJoinerRule(ClauseDelay(90, .days)))
        let after = try clause(
            #"{"count": 1, "delay": {"unit": "days", "count": 90}, "later": {"unit": "days", "count": 90, "after": "entryIntoForce"}}"#)
        let all = try acts("FRA ratification 2001-01-01; ITA ratification 2001-03-01; ESP ratification 2001-04-02")
        let result = try after.participation(all, asOf: try date("2002-01-01"))
        #expect(result[ParticipantID("ITA")]?.dateOfEffect == CalendarDate("2001-04-01"))
        #expect(result[ParticipantID("ESP")]?.dateOfEffect == CalendarDate("2001-07-01"))
    }

    @Test("a succession takes effect on the date of succession, whenever it is notified (Czech Republic and the CRC)")
    func succession() throws {
        let convention = try clause(#"{"count": 1, "delay": {"unit": "days", "count": 30}, "later": {"unit": "days", "count": 30}}"#)
        let all = try acts("SWE ratification 1990-08-03; CZE succession 1993-02-22 -> 1993-01-01; SVK succession 1993-05-28")
        let result = try convention.participation(all, asOf: try date("1994-01-01"))
        #expect(result[ParticipantID("CZE")]?.consent?.effect == DateOfEffect(date: try date("1993-01-01"), basis: .succession))
        #expect(result[ParticipantID("SVK")]?.consent?.effect?.basis == .successionNotification)
    }

    struct Exit: Sendable {
        let name: String
        let rule: String
        let acts: String
        let ended: String?
    }

    @Test(
        "withdrawals take effect when the treaty says",
        arguments: [
            Exit(
                name: "Kyoto Protocol: Canada (art. 27)",
                rule: #"{"notice": {"unit": "years", "count": 1}, "notWithin": {"unit": "years", "count": 3}}"#,
                acts: "CAN ratification 2002-12-17; CAN withdrawal 2011-12-15", ended: "2012-12-15"),
            Exit(
                name: "Rome Statute: Burundi (art. 127)", rule: #"{"notice": {"unit": "years", "count": 1}}"#,
                acts: "CAN ratification 2004-09-21; CAN withdrawal 2016-10-27", ended: "2017-10-27"),
            Exit(
                name: "Rome Statute: Gambia, revoked in time (VCLT art. 68)", rule: #"{"notice": {"unit": "years", "count": 1}}"#,
                acts: "CAN ratification 2002-06-28; CAN withdrawal 2016-11-10; CAN withdrawalRevocation 2017-02-10", ended: nil),
            Exit(
                name: "revoked too late", rule: #"{"notice": {"unit": "years", "count": 1}}"#,
                acts: "CAN ratification 2002-06-28; CAN withdrawal 2016-11-10; CAN withdrawalRevocation 2017-11-10", ended: "2017-11-10"),
            Exit(
                name: "Cluster munitions: Lithuania (art. 20(3))", rule: #"{"notice": {"unit": "months", "count": 6}}"#,
                acts: "CAN ratification 2011-03-24; CAN withdrawal 2024-09-06", ended: "2025-03-06"),
            Exit(
                name: "Whaling (art. XI): notice in time", rule: #"{"yearly": {"on": "06-30", "noticeBy": "01-01"}}"#,
                acts: "CAN ratification 2001-04-21; CAN withdrawal 2019-01-01", ended: "2019-06-30"),
            Exit(
                name: "Whaling (art. XI): a day late", rule: #"{"yearly": {"on": "06-30", "noticeBy": "01-01"}}"#,
                acts: "CAN ratification 2001-04-21; CAN withdrawal 2019-01-02", ended: "2020-06-30"),
            Exit(
                name: "Geneva Convention I (art. 63): suspended during a conflict",
                rule: #"{"notice": {"unit": "years", "count": 1}, "suspendedWhile": "in conflict"}"#,
                acts: "CAN ratification 1960-01-01; CAN denunciation 2001-01-01", ended: nil),
            Exit(
                name: "the notice itself names the day", rule: #"{"notice": {"unit": "years", "count": 1}}"#,
                acts: "CAN ratification 2001-01-01; CAN withdrawal 2010-01-01 -> 2012-06-01", ended: "2012-06-01"),
        ])
    func withdrawals(_ exit: Exit) throws {
        let treaty = try clause(#"{"count": 1, "later": "same", "withdrawal": \#(exit.rule)}"#)
        let context = try ClauseContext.read(classes: try JSONParser.parse(#"{"in conflict": [{"actor": "CAN", "from": "2000-06-01"}]}"#))
        let result = try treaty.participation(try acts(exit.acts), context: context, asOf: try date("2026-01-01"))
        let standing = try #require(result[ParticipantID("CAN")])
        #expect(standing.consent?.endedOn?.description == exit.ended, "\(exit.name)")
        let expected = try exit.ended.map { ParticipantStanding.State.ended(try date($0)) } ?? .party
        #expect(standing.state == expected, "\(exit.name)")
        let isSuspended = standing.consent?.suspendedNotice != nil
        #expect(isSuspended == exit.name.contains("suspended"))
    }

    @Test("no clause on exit: not less than twelve months (VCLT art. 56(2))")
    func noExitClause() throws {
        let result = try clause(#"{"count": 1}"#).participation(
            try acts("FRA ratification 2001-01-01; FRA withdrawal 2005-05-05"), asOf: try date("2006-01-01"))
        #expect(result[ParticipantID("FRA")]?.state == .party)
        #expect(result[ParticipantID("FRA")]?.consent?.endedOn == CalendarDate("2006-05-05"))
    }

    @Test("signatory, contracting State, Party: VCLT arts. 2(1)(f), 2(1)(g), 18")
    func states() throws {
        let treaty = try clause(#"{"count": 2, "delay": {"unit": "days", "count": 90}}"#)
        let all = try acts(
            "FRA signature 2001-01-01; ITA signature 2001-01-01; ESP signature 2001-01-01; FRA ratification 2001-02-01; ITA ratification 2001-03-01; ESP intentionNotToBecomeParty 2001-04-01"
        )
        let signed = try treaty.participation(all, asOf: try date("2001-01-15"))
        #expect(signed.standings.map(\.state) == [.signatory, .signatory, .signatory])
        #expect(signed.standings.map(\.interimObligation) == [true, true, true])
        let contracting = try treaty.participation(all, asOf: try date("2001-03-15"))
        #expect(contracting[ParticipantID("FRA")]?.state == .contracting)
        #expect(contracting[ParticipantID("FRA")]?.interimObligation == true)
        #expect(contracting[ParticipantID("FRA")]?.dateOfEffect == CalendarDate("2001-05-30"))
        let bound = try treaty.participation(all, asOf: try date("2001-05-30"))
        #expect(bound.parties.map(\.participant.id.description) == ["FRA", "ITA"])
        #expect(bound[ParticipantID("ESP")]?.state == .signatory)
        #expect(bound[ParticipantID("ESP")]?.interimObligation == false)
    }

    @Test("provisional application begins and ends on its own days (VCLT art. 25)")
    func provisionalApplication() throws {
        let treaty = try clause(#"{"count": 1, "delay": {"unit": "days", "count": 90}, "later": "same"}"#)
        let all = try acts(
            "ISL provisionalApplication 2013-07-02; SRB provisionalApplication 2013-08-12; SRB provisionalApplicationEnd 2014-01-01; ISL ratification 2014-09-25"
        )
        let result = try treaty.participation(all, asOf: try date("2014-10-01"))
        let iceland = try #require(result[ParticipantID("ISL")])
        #expect(iceland.appliesProvisionally(on: try date("2014-12-23")))
        #expect(!iceland.appliesProvisionally(on: try date("2014-12-24")))
        let serbia = try #require(result[ParticipantID("SRB")])
        #expect(serbia.provisionalUntil == CalendarDate("2014-01-01"))
        #expect(serbia.state == .none)
    }

    @Test("an amendment that binds all binds those that did nothing (UN Charter art. 108)")
    func bindsAll() throws {
        let amendment = try clause(#"{"fraction": "2/3", "of": "Members", "binds": "Members"}"#)
        let context = try ClauseContext.read(classes: try JSONParser.parse(#"{"Members": ["FRA", "ITA", "ESP"]}"#))
        let result = try amendment.participation(
            try acts("FRA ratification 1965-01-01; ITA ratification 1965-08-31"), context: context, asOf: try date("1966-01-01"))
        #expect(result.parties.map(\.participant.id.description) == ["ESP", "FRA", "ITA"])
        #expect(result[ParticipantID("ESP")]?.boundWithAll?.basis == .bindsAll)
    }

    @Test("what binds by silence does not bind who objected in time (IHR 2005)")
    func objectorsAreNotBound() throws {
        let amendments = try clause(
            #"{"silence": {"notified": "2024-09-19", "period": {"unit": "months", "count": 10}, "brokenBy": {"count": 3}}, "delay": {"unit": "months", "count": 2}, "binds": "Parties"}"#
        )
        let context = try ClauseContext.read(classes: try JSONParser.parse(#"{"Parties": ["AAA", "BBB", "CCC"]}"#))
        let result = try amendments.participation(try acts("BBB objection 2025-07-01"), context: context, asOf: try date("2026-01-01"))
        #expect(result.parties.map(\.participant.id.description) == ["AAA", "CCC"])
        #expect(result[ParticipantID("BBB")]?.state == ParticipantStanding.State.none)
    }

    @Test("an extinct State's participation ends with it")
    func extinct() throws {
        let yugoslavia = Participant(ParticipantID("YUG"), existedUntil: try date("1992-04-27"))
        let act = ParticipationAct(.ratification, by: yugoslavia, on: try date("1980-04-28"))
        let treaty = try clause(#"{"count": 1}"#)
        #expect(try treaty.participation([act], asOf: try date("1991-01-01")).standings.first?.state == .party)
        #expect(try treaty.participation([act], asOf: try date("2000-01-01")).standings.first?.state == .ended(try date("1992-04-28")))
    }

    @Test("what if another deposits: the answer moves, the record does not")
    func whatIf() throws {
        let treaty = try clause(#"{"count": 2, "delay": {"unit": "days", "count": 60}}"#)
        let all = try acts("FRA ratification 2001-01-01; ITA ratification 2005-01-01")
        let supposed = try treaty.whatIf(try acts("ESP ratification 2001-06-01"), in: all, asOf: try date("2001-03-01"))
        #expect(supposed.date == CalendarDate("2001-07-31"))
        #expect(try treaty.evaluate(all, asOf: try date("2001-03-01")).date == nil)
    }
}
