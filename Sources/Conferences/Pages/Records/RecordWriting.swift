import Acts
import Foundation
import Web

/// Puts the record of a meeting into words of one language.
struct RecordWriting {
    let catalogue: LanguageCatalogue
    let language: Language
    let conference: Conference
    /// By number.
    let items: [String: [String: String]]
    let form: ConferenceRecordIssued.Form

    func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("conferences.records.\(key)", arguments, language)
    }

    private func room(_ key: String) -> String { catalogue.text("conferences.room.\(key)", language) }

    func name(_ actor: ActorCode) -> String { (try? ActorTable.standard)?[actor]?.name(in: language.tag) ?? actor.rawValue }

    func names(_ actors: some Collection<ActorCode>) -> String {
        language.sorted(actors.map(name)) { $0 }.joined(separator: catalogue.text("list.separator", language))
    }

    func chosen(_ texts: [String: String]) -> String {
        texts[language.tag] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
    }

    /// The hour in the conference's own zone.
    func time(_ moment: Moment) -> String {
        let (_, hour) = local(moment)
        return hour
    }

    func day(_ moment: Moment) -> CalendarDate { local(moment).day }

    private func local(_ moment: Moment) -> (day: CalendarDate, hour: String) {
        let zone = TimeZone(identifier: conference.zone)
        let offset = zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1_000)) ?? 0
        let shifted = moment.adding(milliseconds: Int64(offset) * 1_000)
        // RFC 3339: the eleventh sign to the fifteenth are the hour and the minute.
        return (shifted.date, String(shifted.description.dropFirst(11).prefix(5)))
    }

    // MARK: The meeting

    func document(of record: MeetingRecord, symbol: String) -> RecordDocument {
        let body = conference.body(record.body)
        let chair = body?.officers.first { $0.function == .chair }
        var facts = [
            RecordDocument.Fact(
                text("fact.held"),
                text("held", ["place": .text(conference.place), "date": .date(day(record.opened)), "time": .text(time(record.opened))]))
        ]
        if let chair {
            let state = chair.actor.map { " (\(name($0)))" } ?? ""
            facts.append(.init(text("fact.chair"), chair.name + state))
        }
        if !record.present.isEmpty { facts.append(.init(text("fact.present"), names(record.present))) }
        facts.append(.init(text("fact.access"), text(record.isPublic ? "public" : "private")))
        var document = RecordDocument(
            language: language.tag, isDebate: true, symbol: symbol,
            name: "\(form == .verbatim ? "pv" : "sr")-\(record.body)-\(record.number)", author: Self.author(conference),
            conference: chosen(conference.title),
            title: text(form == .verbatim ? "verbatim.title" : "summary.title", ["number": .number(record.number)]),
            subtitle: body.map { chosen($0.name) } ?? record.body, facts: facts, blocks: [], day: day(record.opened),
            made: record.closed ?? record.passages.last?.moment ?? record.opened,
            colophon: text("colophon", ["entry": .number(record.through)])
        )
        for passage in record.passages { document.blocks += blocks(passage) }
        return document
    }

    static func author(_ conference: Conference) -> String {
        String(conference.symbol.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }.prefix(80))
    }

    private func blocks(_ passage: MeetingRecord.Passage) -> [RecordDocument.Block] {
        let at = time(passage.moment)
        func said(_ key: String, _ arguments: [String: TextArgument] = [:]) -> RecordDocument.Block {
            .narrative(text(key, arguments), time: at)
        }
        switch passage.event {
        case .meeting(let change): return [said("meeting.\(change.rawValue)")]
        case .focus(let item, let document, let provision):
            var blocks: [RecordDocument.Block] = []
            if let item {
                let title = items[item].map { ": \(chosen($0))" } ?? ""
                blocks.append(.heading(text("item", ["number": .text(item)]) + title))
            }
            if let document {
                blocks.append(said("document", ["document": .text(document + (provision.map { " (\($0))" } ?? ""))]))
            }
            return blocks
        case .speech(let speech): return [.speech(self.speech(speech))]
        case .listClosed(let isClosed): return [said(isClosed ? "list.closed" : "list.opened")]
        case .motion(let motion):
            var blocks = [
                said("motion", ["actor": .text(name(motion.actor)), "motion": .text(room("motion.\(motion.motionKind.rawValue)"))])
            ]
            if let words = motion.text { blocks.append(quoted(motion.actor, words, passage.moment)) }
            return blocks
        case .motionWithdrawn(let actor, let kind):
            return [
                said(
                    "motion-withdrawn",
                    ["actor": .text(name(actor)), "motion": .text(kind.map { room("motion.\($0.rawValue)") } ?? "")])
            ]
        case .ruling(let ruling): return self.ruling(ruling, passage.moment)
        case .appeal(let actor): return [said("appeal", ["actor": .text(name(actor))])]
        case .proposal(let proposal):
            let key = proposal.amends == nil ? "proposal" : "amendment"
            return [
                said(
                    key,
                    [
                        "proposal": .text(proposal.proposal), "sponsors": .text(names(proposal.sponsors)),
                        "amends": .text(proposal.amends ?? ""),
                    ])
            ]
        case .revised(let proposal, let words):
            return [said("revised", ["proposal": .text(proposal)])] + (words.map { [.list([$0])] } ?? [])
        case .withdrawn(let proposal, let actor):
            return [said("withdrawn", ["proposal": .text(proposal), "actor": .text(name(actor))])]
        case .reintroduced(let proposal, let actor):
            return [said("reintroduced", ["proposal": .text(proposal), "actor": .text(name(actor))])]
        case .opened(let question):
            return [
                said(
                    "opened",
                    [
                        "question": .text(self.question(question)), "method": .text(room("method.\(question.method.rawValue)")),
                        "rule": .text(question.rule),
                    ])
            ]
        case .result(let result):
            return [said("result", ["question": .text(question(result.opened)), "outcome": .text(outcome(result))])] + self.result(result)
        case .objection(let actor, let words): return position("objection", actor, words, passage.moment)
        case .dissociation(let actor, let words): return position("dissociation", actor, words, passage.moment)
        case .explanation(let actor, let isBefore, let words):
            return position(isBefore ? "explanation-before" : "explanation-after", actor, words, passage.moment)
        case .round(let round): return self.round(round, at)
        }
    }

    private func position(_ key: String, _ actor: ActorCode, _ words: String?, _ moment: Moment) -> [RecordDocument.Block] {
        [.narrative(text(key, ["actor": .text(name(actor))]), time: time(moment))] + (words.map { [quoted(actor, $0, moment)] } ?? [])
    }

    private func quoted(_ actor: ActorCode, _ words: String, _ moment: Moment) -> RecordDocument.Block {
        .speech(
            RecordDocument.Speech(
                code: actor.rawValue, speaker: name(actor), what: time(moment), start: moment.description, end: nil,
                paragraphs: [.init(language: nil, text: words)]))
    }

    private func speech(_ speech: MeetingRecord.Speech) -> RecordDocument.Speech {
        var what = "\(room("purpose.\(speech.purpose.rawValue)")), \(time(speech.began))"
        if let ended = speech.ended { what += "–\(time(ended))" }
        if speech.reason == .timeExpired || speech.reason == .calledToOrder {
            what += "; " + text("ended.\(speech.reason?.rawValue ?? "")")
        }
        let statements = speech.statements.sorted { $0.language < $1.language }
        // In full where it is a verbatim record; a summary has how they begin.
        let paragraphs = statements.map { statement in
            RecordDocument.Paragraph(
                language: statement.language == language.tag ? nil : statement.language,
                text: form == .verbatim ? statement.text : Self.beginning(of: statement.text))
        }
        return RecordDocument.Speech(
            code: speech.actor.rawValue, speaker: name(speech.actor), what: what, start: speech.began.description,
            end: speech.ended?.description, paragraphs: paragraphs)
    }

    /// The first sentences of a statement: at most this many characters, cut at a word.
    static let mostSummary = 600

    static func beginning(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard line.count > mostSummary else { return line }
        let cut = line.prefix(mostSummary)
        return String(cut[..<(cut.lastIndex(of: " ") ?? cut.endIndex)]) + " …"
    }

    private func ruling(_ ruling: ConferenceRulingGiven, _ moment: Moment) -> [RecordDocument.Block] {
        let key = ruling.isAllowed.map { $0 ? "ruling.allowed" : "ruling.refused" } ?? "ruling"
        var blocks: [RecordDocument.Block] = [
            .narrative(
                text(key, ["subject": .text(room("ruling.\(ruling.subject.rawValue)")), "concerns": .text(ruling.concerns ?? "")]),
                time: time(moment))
        ]
        if let words = ruling.text {
            blocks.append(
                .speech(
                    RecordDocument.Speech(
                        code: "chair", speaker: text("chair"), what: time(moment), start: moment.description, end: nil,
                        paragraphs: [.init(language: nil, text: words)])))
        }
        return blocks
    }

    func question(_ question: ConferenceDecisionOpened) -> String {
        catalogue.text(
            "conferences.room.subject.\(question.subject.rawValue)",
            ["name": .text(question.concerns ?? ""), "parts": .text(question.parts.joined(separator: ", "))], language)
    }

    func outcome(_ result: MeetingRecord.Result) -> String { room("outcome.\(result.closed.outcome.rawValue)") }

    /// The count, and who voted how where names were taken.
    func result(_ result: MeetingRecord.Result) -> [RecordDocument.Block] {
        guard result.opened.method != .consensus, result.opened.subject != .election else { return [] }
        var blocks: [RecordDocument.Block] = [
            .narrative(
                text(
                    "votes",
                    [
                        "yes": .number(result.closed.yes), "no": .number(result.closed.no), "abstaining": .number(result.closed.abstaining),
                        "needed": .number(result.closed.needed), "notVoting": .number(result.closed.notVoting),
                    ]), time: "")
        ]
        let rows = ConferenceVote.allCases.map { vote in (vote, result.actors(vote)) }.filter { !$0.1.isEmpty }
        if !rows.isEmpty {
            blocks.append(
                .table(
                    headings: [text("vote"), text("delegations")], rows: rows.map { [room("vote.\($0.rawValue)"), names($1)] }))
        }
        return blocks
    }

    private func round(_ round: ConferenceElectionRoundClosed, _ at: String) -> [RecordDocument.Block] {
        let elected = round.elected.map { ActorCode(rawValue: $0).map(name) ?? $0 }.joined(separator: ", ")
        return [
            .narrative(
                text(
                    "round",
                    ["round": .number(round.round), "majority": .number(round.majority), "elected": .text(elected.isEmpty ? "—" : elected)]),
                time: at),
            .table(
                headings: [text("candidate"), text("votes.heading")],
                rows: round.counts.map { count in
                    [ActorCode(rawValue: count.candidate).map(name) ?? count.candidate, language.text(count.votes)]
                }),
        ]
    }
}
