import Acts
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// `/conferences/{conference}/adoption/{text}/languages/{language}`: a language beside the negotiated text, provision by provision.
extension AdoptionPages {
    func language(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (reading, part) = try await reading(visit)
        let tag = try visit.parameter("language")
        guard let version = reading.file.versions[tag] else { throw Self.noLanguage(tag) }
        let text = try Self.text(version, house.record)
        let reference = try? reading.instrument()
        let differences = reference.map { reading.differences(text, from: $0) } ?? []
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "language": .string(tag), "sha256": .string(version.act.sha256.hexadecimal), "entry": .integer(version.entry),
                "provisions": .integer(version.act.provisions), "ready": .bool(version.isConfirmed),
                "differences": .array(
                    differences.map { difference in
                        [
                            "kind": .string(difference.kind.rawValue), "wId": .string(difference.wId.text),
                            "eId": .string(difference.eId),
                            "values": JSON(texts: Dictionary(uniqueKeysWithValues: difference.values.map { ($0.key.tag, $0.value) })),
                        ]
                    }),
            ])
        }
        let isOpen = (reading.file.adopted == nil || reading.file.outstanding.contains(tag)) && part.mayWork
        let given = Set(version.confirmations.map(\.act.capacity))
        let mine = version.confirmations.contains { $0.author == visit.person?.id }
        var context: [String: Any] = [
            "self": address(reading), "title": visit.language.part(reading.head.title),
            "name": Self.languageName(tag, in: visit.language), "tag": tag, "dir": Language.direction(ofTag: tag).rawValue,
            "baseTag": reading.head.language, "baseDir": Language.direction(ofTag: reading.head.language).rawValue,
            "baseName": Self.languageName(reading.head.language, in: visit.language), "sha256": version.act.sha256.hexadecimal,
            "file": "\(address(reading))/languages/\(tag)/text.akn.xml",
            "record": "/record/acts/\(version.entry)", "agrees": differences.isEmpty,
            "summary": words(
                differences.isEmpty ? "concordance.agrees" : "concordance.differs", ["count": .number(Int64(differences.count))], visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        context["hasDifferences"] = !differences.isEmpty
        context["differences"] = differences.prefix(Self.mostRows).map { difference -> [String: Any] in
            [
                "place": difference.number ?? difference.eId, "link": "#\(difference.eId)",
                "text": words("difference.\(difference.kind.rawValue)", visit),
                "values": difference.kind == .missing || difference.kind == .order
                    ? difference.languages.map(\.tag).joined(separator: ", ")
                    : difference.values.sorted { $0.key < $1.key }.map { "\($0.key.tag) \($0.value)" }.joined(separator: ", "),
            ]
        }
        context["confirmations"] = version.confirmations.map { confirmation -> [String: Any] in
            [
                "text": words("capacity.\(confirmation.act.capacity.rawValue)", visit),
                "when": visit.language.text(confirmation.received), "reason": TextPages.filled(confirmation.act.reason ?? ""),
                "record": "/record/acts/\(confirmation.entry)",
            ]
        }
        context["hasConfirmations"] = !version.confirmations.isEmpty
        context["mayConfirm"] = isOpen && !mine && given.count < 2
        context["capacities"] = ConferenceLanguageVersionConfirmed.Capacity.allCases.filter {
            !given.contains($0) && ($0 == .reader || part.officer != nil)
        }.map { ["value": $0.rawValue, "name": words("capacity.\($0.rawValue)", visit)] }
        context["request"] = house.formToken(visit)
        context["rows"] = rows(text, reference)
        var page = Page(
            template: "conferences/adoption/language",
            title: words("language.title", ["language": .text(Self.languageName(tag, in: visit.language))], visit), context: context,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(reading.conference.title, visit), pages.address(reading.conference)),
                Breadcrumb(pages.chosen(reading.head.title, visit), address(reading)),
            ], section: "/conferences", dossier: reading.conference.dossier, alternates: [.json])
        page.address = "\(address(reading))/languages/\(tag)"
        page.isCompressible = true
        return try house.page(visit, page)
    }

    /// Both texts side by side; alone where the negotiated text makes no instrument yet.
    private func rows(_ text: InstrumentText, _ reference: InstrumentText?) -> [[String: Any]] {
        let base = reference.flatMap { $0.language == text.language ? nil : $0 }
        guard let base else {
            return text.places.prefix(Self.mostRows * 4).map { ["id": $0.eId, "right": Self.words(of: $0), "left": ""] }
        }
        return TextAlignment(base, text).rows.prefix(Self.mostRows * 4).map { row -> [String: Any] in
            [
                "id": row.left?.eId ?? row.right?.eId ?? "", "left": row.left.map(Self.words) ?? "",
                "right": row.right.map(Self.words) ?? "",
                "isAlone": row.left == nil || row.right == nil,
            ]
        }
    }

    private static func words(of place: Place) -> String {
        let provision = place.provision
        let lines = (provision.content + provision.closing).flatMap { $0.lines.map(\.plain) }
        return ([provision.number, provision.heading?.plain].compactMap(\.self) + lines).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
