import Acts
import Record
import Web

extension DeskPages {
    /// What the depositary owes the States: forms to examine, notifications to issue, corrections to make.
    func depositaryMatters(_ today: CalendarDate, _ visit: Visit) async throws -> [Matter] {
        let awaiting = try await house.record.read { try DepositaryQueries(database: $0).awaiting(on: today) }
        let unexamined = awaiting.unexamined.map { found in
            let document = found.document
            let item = pages.house.text("treaties.depositary.item.\(document.item.rawValue)", visit)
            return Matter(
                kind: "examine", treaty: document.treaty,
                text: pages.text(
                    document.actor == nil ? "desk.examine-own" : "desk.examine",
                    [
                        "item": .text(item), "treaty": .text(document.treaty), "date": .date(document.received),
                        "actor": .text(document.actor.map { pages.name($0, visit) } ?? ""),
                    ], visit),
                link: "/treaties/\(document.treaty)/custody/\(found.entry)", rule: "VCLT art. 77(1)(d)")
        }
        let unnotified = awaiting.unnotified.map { treaty, acts in
            Matter(
                kind: "notify", treaty: treaty,
                text: pages.text("desk.notify", ["treaty": .text(treaty), "count": .number(acts)], visit),
                link: "/treaties/\(treaty)/notify", rule: "VCLT art. 77(1)(e)")
        }
        let corrections = awaiting.corrections.map { file in
            Matter(
                kind: "correct", treaty: file.proposal.treaty,
                text: pages.text("desk.correct", ["treaty": .text(file.proposal.treaty)], visit),
                link: "/treaties/\(file.proposal.treaty)/corrections/\(file.entry)", rule: "VCLT art. 79(2)(a)")
        }
        return unexamined + corrections + unnotified
    }
}
