import Acts
import Hummingbird
import Ledger
import Record
import Web

/// What the pages of records show.
extension RecordPages {
    func index(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let conference = try await pages.conference(visit)
        let (meetings, issued) = try await house.record.read { database in
            (
                try ConferenceQueries(database: database).meetings(conference.id),
                try AdoptionQueries(database: database).issued(conference.id)
            )
        }
        let address = "/conferences/\(conference.id)/records"
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "meetings": .array(
                    meetings.map { meeting in
                        [
                            "body": .string(meeting.body), "meeting": .integer(meeting.number), "public": .bool(meeting.isPublic),
                            "state": .string(meeting.state.rawValue),
                            "record": .string("\(address)/meetings/\(meeting.body)/\(meeting.number)"),
                        ]
                    }),
                "issued": .array(issued.map { resource($0, meetings) }),
            ])
        }
        let isOfficer = visit.person?.holds(.conferenceOfficer) ?? false
        return try pages.page(
            "records/list", text("title", visit),
            [
                "self": address, "standing": text("list.standing", ["count": .number(Int64(meetings.count))], visit),
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false, "isOfficer": isOfficer,
                "hasMeetings": !meetings.isEmpty,
                "meetings": meetings.map { meeting -> [String: Any] in
                    let body = conference.body(meeting.body)
                    return [
                        "address": "\(address)/meetings/\(meeting.body)/\(meeting.number)",
                        "text": text(
                            "list.meeting",
                            [
                                "body": .text(body.map { pages.chosen($0.name, visit) } ?? meeting.body), "number": .number(meeting.number),
                                "date": .date(meeting.opened.date),
                            ], visit), "isPrivate": !meeting.isPublic, "body": meeting.body, "meeting": meeting.number,
                        "mayIssue": isOfficer && meeting.state == .adjourned, "request": isOfficer ? house.formToken(visit) : "",
                    ]
                },
                "reports": ["report", "credentials"].map { form -> [String: Any] in
                    [
                        "form": form, "address": "\(address)/reports/\(form)", "text": text("\(form).title", visit), "isOfficer": isOfficer,
                        "request": isOfficer ? house.formToken(visit) : "",
                    ]
                },
                "hasIssued": !issued.isEmpty,
                "issued": issued.reversed().map { record -> [String: Any] in
                    [
                        "symbol": record.act.symbol, "address": pages.address(record.act.symbol, in: conference),
                        "text": text("form.\(record.act.form.rawValue)", visit), "record": "/record/acts/\(record.entry)",
                    ]
                },
            ], of: conference, visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok, address: address)
    }

    /// Of a private meeting no hashes are told: its record is for who was admitted.
    private func resource(_ issued: AdoptionQueries.Issued, _ meetings: [ConferenceMeeting]) -> JSON {
        let act = issued.act
        var object: JSONObject = ["symbol": .string(act.symbol), "form": .string(act.form.rawValue), "entry": .integer(issued.entry)]
        object["meeting"] = act.meeting.map(JSON.integer)
        let meeting = meetings.first { $0.body == act.body && $0.number == act.meeting }
        if act.meeting == nil || meeting?.isPublic == true {
            object["body"] = .string(act.body)
            object["through"] = .integer(act.through)
            object["akomaNtoso"] = JSON(texts: act.akomaNtoso.mapValues(\.hexadecimal))
            object["pdf"] = JSON(texts: act.pdf.mapValues(\.hexadecimal))
        }
        return .object(object)
    }

    func show(_ visit: Visit, _ shown: Shown) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .akn])
        if representation == .json { return house.json(resource(shown.document)) }
        if representation == .akn { return akn(shown) }
        let query = shown.form == .verbatim ? "?form=verbatim" : ""
        let tag = visit.language.tag
        let joined = query.isEmpty ? "?lang=\(tag)" : "\(query)&lang=\(tag)"
        var context: [String: Any] = [
            "title": shown.document.title, "symbol": shown.document.symbol, "subtitle": TextPages.filled(shown.document.subtitle),
            "self": shown.address,
            "facts": shown.document.facts.map { ["name": $0.name, "value": $0.value] }, "colophon": shown.document.colophon,
            "pdf": "\(shown.address)/record.pdf\(joined)", "akn": "\(shown.address)/record.akn.xml\(joined)",
            "isMeeting": shown.isMeeting, "isVerbatim": shown.form == .verbatim,
            "hasOwn": !shown.own.isEmpty, "request": shown.own.isEmpty ? "" : house.formToken(visit),
            "own": shown.own.map { speech -> [String: Any] in
                [
                    "value": speech.request,
                    "name":
                        "\(pages.text("room.purpose.\(speech.purpose.rawValue)", visit)), \(visit.language.text(speech.began))",
                ]
            },
        ]
        context["blocks"] = shown.document.blocks.map(Self.context)
        return try pages.page(
            "records/record", "\(shown.document.symbol) \(shown.document.title)", context, of: shown.conference, visit,
            alternates: [.json, .akn], address: shown.address)
    }

    private static func context(_ block: RecordDocument.Block) -> [String: Any] {
        switch block {
        case .heading(let words): ["heading": words]
        case .narrative(let words, let time): ["narrative": ["text": words, "time": TextPages.filled(time)]]
        case .speech(let speech):
            [
                "speech": [
                    "speaker": speech.speaker, "what": speech.what,
                    "paragraphs": speech.paragraphs.flatMap { paragraph in
                        paragraph.text.split(whereSeparator: \.isNewline).map { line -> [String: Any] in
                            var row: [String: Any] = ["text": String(line)]
                            if let language = paragraph.language {
                                row["lang"] = language
                                row["dir"] = Language.direction(ofTag: language).rawValue
                            }
                            return row
                        }
                    },
                ] as [String: Any]
            ]
        case .table(let headings, let rows):
            [
                "table": ["headings": headings, "rows": rows.map { ["cells": $0] }] as [String: Any]
            ]
        case .list(let items): ["list": ["items": items]]
        }
    }

    private func resource(_ document: RecordDocument) -> JSON {
        [
            "symbol": .string(document.symbol), "title": .string(document.title), "language": .string(document.language),
            "facts": .array(document.facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "blocks": .array(document.blocks.map(Self.json)), "colophon": .string(document.colophon),
        ]
    }

    private static func json(_ block: RecordDocument.Block) -> JSON {
        switch block {
        case .heading(let words): return ["heading": .string(words)]
        case .narrative(let words, let time): return ["text": .string(words), "time": .string(time)]
        case .speech(let speech):
            var object: JSONObject = [
                "speaker": .string(speech.code), "name": .string(speech.speaker), "what": .string(speech.what),
                "paragraphs": .array(speech.paragraphs.map { .string($0.text) }),
            ]
            object["start"] = speech.start.map(JSON.string)
            object["end"] = speech.end.map(JSON.string)
            return .object(object)
        case .table(let headings, let rows):
            return ["headings": .array(headings.map(JSON.string)), "rows": .array(rows.map { .array($0.map(JSON.string)) })]
        case .list(let items): return ["list": .array(items.map(JSON.string))]
        }
    }
}
