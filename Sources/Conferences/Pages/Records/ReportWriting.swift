import Acts
import Ledger
import Web

/// Puts the report of a session, or that on credentials, into words: agenda, attendance, documents, decisions, votes, adopted texts.
struct ReportWriting {
    /// What a report is made from.
    struct Facts: Sendable {
        var conference: Conference
        /// By body, in the order of their establishment.
        var items: [String: [ConferenceQueries.Item]]
        var documents: [ConferenceQueries.Document]
        /// All meetings, the oldest first.
        var meetings: [ConferenceMeeting]
        /// Of public meetings: what happened there.
        var records: [MeetingRecord]
        var credentials: [(entry: Int64, act: ConferenceCredentialsReported, received: Moment)]
        var adopted: [AdoptionFile.Adopted]

        /// The last entry that is in it.
        var through: Int64 {
            let entries = documents.map(\.entry) + records.map(\.through) + credentials.map(\.entry) + adopted.map(\.entry)
            return entries.max() ?? 0
        }

        /// When the last of it was entered.
        var made: Moment {
            let moments =
                documents.map(\.received) + meetings.map { $0.closed ?? $0.opened } + records.compactMap(\.passages.last?.moment)
                + credentials.map(\.received)
            return moments.max() ?? Moment(startOf: conference.opens)
        }
    }

    let writing: RecordWriting
    let facts: Facts

    private var conference: Conference { facts.conference }
    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String { writing.text(key, arguments) }

    private func document(_ name: String, _ title: String, symbol: String, _ lines: [RecordDocument.Fact], _ blocks: [RecordDocument.Block])
        -> RecordDocument
    {
        RecordDocument(
            language: writing.language.tag, isDebate: false, symbol: symbol, name: name, author: RecordWriting.author(conference),
            conference: writing.chosen(conference.title), title: title, subtitle: "", facts: lines, blocks: blocks,
            day: writing.day(facts.made), made: facts.made, colophon: text("colophon", ["entry": .number(facts.through)]))
    }

    // MARK: The session

    func report(symbol: String) -> RecordDocument {
        let until = conference.closes ?? conference.opens
        let lines = [
            RecordDocument.Fact(
                text("fact.held"),
                text("report.held", ["place": .text(conference.place), "from": .date(conference.opens), "until": .date(until)]))
        ]
        var blocks: [RecordDocument.Block] = []
        blocks += officers() + agenda() + attendance() + credentialsBlocks() + meetings() + documents() + decisions() + adoptedTexts()
        return document("report", text("report.title"), symbol: symbol, lines, blocks)
    }

    private func officers() -> [RecordDocument.Block] {
        let rows = conference.bodies.flatMap { body in
            body.officers.map { officer in
                [
                    writing.chosen(body.name),
                    writing.catalogue.text("conferences.function.\(officer.function.rawValue)", writing.language),
                    officer.name + (officer.actor.map { " (\(writing.name($0)))" } ?? ""),
                ]
            }
        }
        guard !rows.isEmpty else { return [] }
        return [
            .heading(text("report.officers")),
            .table(headings: [text("report.body"), text("report.function"), text("report.person")], rows: rows),
        ]
    }

    private func agenda() -> [RecordDocument.Block] {
        var blocks: [RecordDocument.Block] = []
        for body in conference.bodies {
            guard let items = facts.items[body.id], !items.isEmpty else { continue }
            blocks.append(.narrative(writing.chosen(body.name), time: ""))
            blocks.append(.list(items.map { "\($0.number). \(writing.chosen($0.title))" }))
        }
        return blocks.isEmpty ? [] : [.heading(text("report.agenda"))] + blocks
    }

    private func attendance() -> [RecordDocument.Block] {
        let participants = conference.delegations.filter { $0.standing == .participant }.map(\.actor)
        let observers = conference.delegations.filter { $0.standing == .observer }.map(\.actor)
        var blocks: [RecordDocument.Block] = [
            .heading(text("report.attendance")),
            .narrative(text("report.participants", ["count": .number(Int64(participants.count))]), time: ""),
        ]
        if !participants.isEmpty { blocks.append(.list([writing.names(participants)])) }
        if !observers.isEmpty {
            blocks += [
                .narrative(text("report.observers", ["count": .number(Int64(observers.count))]), time: ""),
                .list([writing.names(observers)]),
            ]
        }
        return blocks
    }

    private func meetings() -> [RecordDocument.Block] {
        guard !facts.meetings.isEmpty else { return [] }
        return [
            .heading(text("report.meetings")),
            .table(
                headings: [text("report.body"), text("report.meeting"), text("report.opened"), text("report.access")],
                rows: facts.meetings.map { meeting in
                    [
                        conference.body(meeting.body).map { writing.chosen($0.name) } ?? meeting.body,
                        writing.language.text(meeting.number),
                        "\(writing.language.text(writing.day(meeting.opened))) \(writing.time(meeting.opened))",
                        text(meeting.isPublic ? "public" : "private"),
                    ]
                }),
        ]
    }

    private func documents() -> [RecordDocument.Block] {
        guard !facts.documents.isEmpty else { return [] }
        return [
            .heading(text("report.documents")),
            .table(
                headings: [text("report.symbol"), text("report.document")],
                rows: facts.documents.sorted { $0.entry < $1.entry }.map { [$0.symbol, writing.chosen($0.title)] }),
        ]
    }

    private func decisions() -> [RecordDocument.Block] {
        var blocks: [RecordDocument.Block] = []
        for record in facts.records {
            for result in record.results where result.opened.subject != .motion && result.opened.subject != .appeal {
                let body = conference.body(record.body).map { writing.chosen($0.name) } ?? record.body
                blocks.append(
                    .narrative(
                        text(
                            "report.decision",
                            [
                                "body": .text(body), "meeting": .number(record.number),
                                "question": .text(writing.question(result.opened)), "outcome": .text(writing.outcome(result)),
                            ]), time: ""))
                blocks += writing.result(result)
            }
        }
        return blocks.isEmpty ? [] : [.heading(text("report.decisions"))] + blocks
    }

    private func adoptedTexts() -> [RecordDocument.Block] {
        guard !facts.adopted.isEmpty else { return [] }
        var blocks: [RecordDocument.Block] = [.heading(text("report.adopted"))]
        for adopted in facts.adopted {
            let act = adopted.act
            blocks.append(
                .narrative(
                    text(
                        "report.adopted.text",
                        [
                            "title": .text(writing.chosen(act.title)), "date": .date(act.date), "place": .text(act.place),
                            "entry": .number(adopted.entry),
                        ]), time: ""))
            blocks.append(
                .table(
                    headings: [text("report.language"), "SHA-256"],
                    rows: act.texts.keys.sorted().map { tag in
                        [LanguageNames.name(of: tag, in: writing.language.tag), act.texts[tag]?.hexadecimal ?? ""]
                    }))
        }
        return blocks
    }

    // MARK: Credentials

    func credentials(symbol: String) -> RecordDocument {
        document("credentials", text("credentials.title"), symbol: symbol, [], credentialsBlocks())
    }

    private func credentialsBlocks() -> [RecordDocument.Block] {
        var blocks: [RecordDocument.Block] = [.heading(text("credentials.heading"))]
        let participants = conference.delegations.filter { $0.standing == .participant }
        for state in [Conference.Credentials.inOrder, .provisional, .received, .awaited, .contested] {
            let actors = participants.filter { $0.credentials == state }.map(\.actor)
            guard !actors.isEmpty else { continue }
            blocks.append(.narrative(text("credentials.\(state.rawValue)", ["count": .number(Int64(actors.count))]), time: ""))
            blocks.append(.list([writing.names(actors)]))
        }
        for report in facts.credentials {
            blocks.append(
                .narrative(
                    text(
                        "credentials.reported",
                        [
                            "document": .text(report.act.document), "date": .date(writing.day(report.received)),
                            "entry": .number(report.entry),
                        ]),
                    time: ""))
        }
        return blocks
    }
}
