import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

extension PressPages {
    private func approver(_ visit: Visit) throws -> (Person, String) {
        let person = try house.access.require(visit.person, .approver)
        let office = try visit.parameter("office")
        guard person.offices(as: .approver).contains(office) else { throw Access.refusal(of: .approver) }
        return (person, office)
    }

    func settings(_ visit: Visit, _ fields: Fields?, refusal: Refusal?) async throws -> Response {
        let (_, office) = try approver(visit)
        let settings = try await house.record.read { try PressQueries(database: $0).settings(of: office) }
        let offices = try await house.offices()
        let name = offices.first { $0.id == office }?.name(in: visit.language) ?? office
        func value(_ field: String, _ kept: String) -> String { (try? fields?.text(field)) ?? kept }
        return try page(
            "office", text("office.title", ["office": .text(name)], visit),
            [
                "heading": text("office.title", ["office": .text(name)], visit), "action": "/press/offices/\(office)",
                "request": house.formToken(visit), "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "languages": value("languages", settings.languages.joined(separator: " ")),
                "clearances": value("clearances", settings.clearances.map { "\($0.step) \($0.office)" }.joined(separator: "\n")),
                "holders": settings.languages.map { tag -> [String: Any] in
                    [
                        "tag": tag, "dir": Language.direction(ofTag: tag).rawValue,
                        "value": value("holder.\(tag)", settings.holder[tag] ?? ""),
                    ]
                },
                "known": offices.map { ["id": $0.id, "name": $0.name(in: visit.language)] },
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    func set(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, office) = try approver(visit)
        let form = try await house.form(from: request, visit)
        do {
            let tags = (try form.fields.filled("languages", longest: 300) ?? "").split { $0 == " " || $0 == "," || $0.isNewline }.map(
                String.init)
            for tag in tags where !PressCommands.isLanguageTag(tag) {
                throw Refusal(
                    .malformed, code: "press.language", "'\(tag)' is not a language tag.", mend: "Write one such as 'en' or 'zh-Hans'.",
                    citation: "BCP 47", arguments: ["language": tag])
            }
            guard !tags.isEmpty else { throw Fields.missing("languages") }
            var clearances: [PressClearance] = []
            for line in (try form.fields.filled("clearances", longest: 2_000) ?? "").split(whereSeparator: \.isNewline) {
                let words = line.split(separator: " ").map(String.init)
                guard words.count == 2 else {
                    throw Refusal(
                        .malformed, code: "press.clearance-line", "The line '\(line.prefix(80))' does not name a clearance and an office.",
                        mend: "Write one line for each: 'legal legal-office'.", arguments: ["line": String(line.prefix(80))])
                }
                clearances.append(PressClearance(step: words[0], office: words[1]))
            }
            var holder: [String: String] = [:]
            for tag in Self.unique(tags) { holder[tag] = try form.fields.filled("holder.\(tag)", longest: 200) }
            let act = PressOfficeSet(office: office, holder: holder, languages: Self.unique(tags), clearances: clearances)
            let (access, commands) = (house.access, PressCommands(office: office, author: person.id))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    return try commands.set(act, known: Set(try access.offices(in: context.database).map(\.id)), form: form.request)
                })
            return house.seeOther("/press")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await settings(visit, form.fields, refusal: refusal)
        }
    }

    // MARK: Taking back

    private func withdrawable(_ visit: Visit) async throws -> (Person, PublicStatement) {
        let person = try house.access.require(visit.person, .approver)
        let identifier = try visit.parameter("statement").lowercased()
        guard let statement = try await house.record.read({ try PressQueries(database: $0).statement(identifier) }) else {
            throw PressCommands.noStatement
        }
        guard person.offices(as: .approver).contains(statement.act.office) else { throw Access.refusal(of: .approver) }
        return (person, statement)
    }

    func withdrawal(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (_, statement) = try await withdrawable(visit)
        let content = statement.act.content
        return try page(
            "withdraw", text("withdraw", visit),
            [
                "action": "/press/statements/\(statement.act.statement)/withdraw", "request": house.formToken(visit),
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "title": content.texts[content.authoritative]?.title ?? "", "lang": content.authoritative,
                "isJoint": joints != nil && statement.act.joint != nil,
                "dir": Language.direction(ofTag: content.authoritative).rawValue,
                "reasons": content.languages.map { tag -> [String: Any] in
                    [
                        "tag": tag, "dir": Language.direction(ofTag: tag).rawValue,
                        "label": text("withdraw.reason", ["language": .text(Language.name(ofTag: tag))], visit),
                        "isRequired": tag == content.authoritative,
                    ]
                },
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    func withdraw(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, statement) = try await withdrawable(visit)
        let form = try await house.form(from: request, visit)
        do {
            var reason: [String: String] = [:]
            for tag in statement.act.content.languages {
                reason[tag] = try form.fields.filled("reason.\(tag)", longest: PressCommands.longestReason)
            }
            guard reason[statement.act.content.authoritative] != nil else {
                throw Fields.missing("reason.\(statement.act.content.authoritative)")
            }
            let said = reason
            let (access, commands) = (house.access, PressCommands(office: statement.act.office, author: person.id))
            let node = try form.fields.filled("together", longest: 8) == "1" && statement.act.joint != nil ? joints?.node : nil
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: statement.act.office, of: context.database)
                    let newest = try PressQueries(database: context.database).statement(statement.act.statement)
                    guard let node, let joint = newest?.act.joint else {
                        return try commands.withdraw(newest, reason: said, form: form.request)
                    }
                    return try commands.proposeWithdrawal(
                        of: newest, try JointQueries(database: context.database).original(of: joint.proposal), at: node, reason: said,
                        form: form.request)
                })
            if node != nil, let proposed = entries.first { return house.seeOther("/press/joint/\(proposed.index)") }
            return house.seeOther("/statements/\(statement.act.statement)")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await withdrawal(visit, refusal: refusal)
        }
    }
}
