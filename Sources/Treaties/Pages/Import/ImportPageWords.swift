import Acts
import Web

/// An import's rows and columns in the visitor's words.
struct ImportPageWords {
    let pages: TreatyPages
    let visit: Visit

    /// Rows shown of one outcome. A longer table is looked at through the program or the command line.
    private static let longest = 500

    func name(of column: ImportColumn) -> String {
        if case .day(let kind) = column {
            return pages.text("import.column.day", ["act": .text(pages.actWords(visit).actionName(kind))], visit)
        }
        return pages.text("import.column.\(column.name)", visit)
    }

    /// The members of the preview's template that follow from a plan.
    func context(of plan: ImportPlan) -> [String: Any] {
        let accepted = plan.rows.filter { $0.outcome == .accepted }
        let acts = accepted.reduce(0) { $0 + $1.newActs.count }
        let known = plan.count(.known)
        let empty = plan.count(.empty)
        let refused = plan.refused
        var context: [String: Any] = [
            "standing": acts == 0
                ? pages.text("import.standing.nothing", visit)
                : pages.text("import.standing", ["count": .number(Int64(acts)), "rows": count("import.rows", accepted.count)], visit),
            "mayEnter": acts > 0, "hasRefused": !refused.isEmpty, "hasAccepted": !accepted.isEmpty,
            "refusedHeading": pages.text("import.refused.heading", ["count": .number(Int64(refused.count))], visit),
            "acceptedHeading": pages.text("import.accepted.heading", ["count": .number(Int64(accepted.count))], visit),
            "button": pages.text("import.enter", ["count": .number(Int64(acts))], visit),
            "refusedRows": refused.prefix(Self.longest).map { row(of: $0.row, refusal: $0.refusal) },
            "acceptedRows": accepted.prefix(Self.longest).map { row(of: $0, refusal: nil) },
        ]
        if known > 0 { context["known"] = pages.text("import.known", ["count": .number(Int64(known))], visit) }
        if empty > 0 { context["empty"] = pages.text("import.empty", ["count": .number(Int64(empty))], visit) }
        let differing = plan.rows.count { $0.effectDiffers != nil }
        if differing > 0 { context["differing"] = pages.text("import.differing", ["count": .number(Int64(differing))], visit) }
        if max(refused.count, accepted.count) > Self.longest {
            context["more"] = pages.text("import.more", ["count": .number(Int64(Self.longest))], visit)
        }
        return context
    }

    private func count(_ key: String, _ count: Int) -> TextArgument {
        .text(pages.text(key, ["count": .number(Int64(count))], visit))
    }

    private func row(of row: ImportPlan.Row, refusal: Refusal?) -> [String: Any] {
        let words = pages.actWords(visit)
        var context: [String: Any] = [
            "line": String(row.line), "cells": row.cells.filter { !$0.isEmpty }.joined(separator: " · "),
            "sentences": (refusal == nil ? row.newActs : row.acts).map(words.sentence),
        ]
        context["reason"] = false
        context["difference"] = false
        context["hasSuggestions"] = !row.suggestions.isEmpty
        context["suggestions"] = row.suggestions.map { ["code": $0.rawValue, "name": pages.name($0, visit)] }
        if let refusal {
            context["reason"] = pages.house.notice(of: localized(refusal, row), visit)
            context["code"] = refusal.code
        }
        if let difference = row.effectDiffers {
            context["difference"] =
                difference.computed.map {
                    pages.text("import.difference", ["stated": .date(difference.stated), "computed": .date($0)], visit)
                } ?? pages.text("import.difference.none", ["stated": .date(difference.stated)], visit)
        }
        return context
    }

    /// Names of actors in the visitor's language.
    private func localized(_ refusal: Refusal, _ row: ImportPlan.Row) -> Refusal {
        guard let actor = row.actor, refusal.arguments["actor"] != nil else { return refusal }
        var arguments = refusal.arguments
        arguments["actor"] = pages.name(actor, visit)
        return Refusal(
            refusal.kind, code: refusal.code, refusal.explanation, mend: refusal.mend, citation: refusal.citation, arguments: arguments)
    }
}
