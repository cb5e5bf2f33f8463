public import Acts
import Hummingbird
import Ledger
import NIOCore
import Record

/// `/record/acts/{entry}`: one act: who, what, when by law and when known, its marking, what it rests on, and its proof.
struct ActPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/record/acts/{entry}.tlog-proof") { request, visit in try pages.proof(request, visit) }
        router.get("/record/acts/{entry}") { request, visit in try await pages.act(request, visit) }
    }

    private func entry(_ visit: Visit) throws -> Entry {
        let text = try visit.parameter("entry")
        // One spelling only, so that each act has one address.
        guard let index = Int64(text), String(index) == text, index >= 0, let entry = try house.record.entry(at: index) else {
            throw Refusal(
                .notFound, code: "record.no-entry", "The record has no entry \(text.prefix(20)).", mend: "Look for a smaller number.",
                arguments: ["entry": String(text.prefix(20))])
        }
        return entry
    }

    private func mayRead(_ entry: Entry, _ visit: Visit) -> Bool {
        house.access.mayRead(entry, as: visit.person, on: house.now().date)
    }

    private func proof(_ request: Request, _ visit: Visit) throws -> Response {
        let entry = try entry(visit)
        let proof = try EntryProof(of: entry, in: house.record, includesPayload: mayRead(entry, visit))
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: visit.person == nil ? "no-cache" : "no-store",
                .contentDisposition: "attachment; filename=\"\(entry.index).tlog-proof\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: proof.file.bytes)))
    }

    private func act(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let entry = try entry(visit)
        return try await house.cached(request, visit) {
            let mayRead = mayRead(entry, visit)
            if representation == .json { return house.json(ActDocument(entry: entry, mayRead: mayRead).json) }
            return try await page(entry, mayRead: mayRead, visit)
        }
    }

    private func page(_ entry: Entry, mayRead: Bool, _ visit: Visit) async throws -> Response {
        let statement = entry.statement
        let words = HouseActWords(catalogue: house.catalogue, language: visit.language)
        let description = house.description(of: entry, mayRead: mayRead, visit.language)
        let names = try await names(statement, visit)
        var facts: [ActDescription.Fact] = [
            fact(
                "who", Markup.link(names.office, to: "/offices/\(PercentCoding.encode(statement.office))") + Markup(" · ") + names.author,
                visit),
            fact(
                "kind",
                (words.ownKindName(statement.kind).map { Markup(text: "\($0) ") } ?? Markup()) + code(statement.kind.description), visit),
            fact("received", Markup(text: visit.language.text(entry.header.received)), visit),
        ]
        if let effective = statement.effective { facts.append(fact("effective", Markup(text: visit.language.text(effective)), visit)) }
        if let dossier = statement.dossier {
            facts.append(fact("dossier", Markup.link(dossier, to: House.address(ofDossier: dossier)), visit))
        }
        facts.append(fact("marking", marking(statement.marking, visit), visit))
        if !statement.references.isEmpty {
            facts.append(fact("references", statement.references.map(link).joined(separator: Markup(", ")), visit))
        }
        let signatures = try await signatures(of: entry, visit)
        var context: [String: Any] = [
            "entry": String(entry.index), "sentence": description.sentence,
            "facts": (facts + description.facts).map { ["name": $0.name, "value": $0.value] },
            "seal": try house.seal(of: entry, visit), "leafHash": Hash.leaf(entry.leaf).base64,
            "commitment": Base64.encode(statement.payloadCommitment), "leaf": String(decoding: entry.leaf, as: UTF8.self),
            "actions": house.actions(on: entry, visit).map { ["text": $0.text, "address": $0.address, "name": $0.name] },
            "signatures": signatures, "isSigned": !signatures.isEmpty, "erased": false, "restricted": false, "payload": false,
        ]
        switch entry.content {
        case .erased: context["erased"] = try await erasure(of: entry.index) ?? ""
        case .present(let sealed) where mayRead:
            context["payload"] = ["text": String(decoding: sealed.bytes, as: UTF8.self), "salt": Base64.encode(sealed.salt)]
        case .present: context["restricted"] = true
        }
        return try house.page(
            visit,
            Page(
                template: "record/act", title: house.text("act.title", ["entry": .text(String(entry.index))], visit), context: context,
                trail: [
                    Breadcrumb(house.text("record.title", visit), "/record"), Breadcrumb(house.text("acts.title", visit), "/record/acts"),
                ],
                section: "/record", alternates: [.json], modules: ["seal.js"]))
    }

    private func fact(_ key: String, _ value: Markup, _ visit: Visit) -> ActDescription.Fact {
        ActDescription.Fact(house.text("act.fact.\(key)", visit), value)
    }

    private func code(_ text: String) -> Markup {
        Markup.element("bdi", ["class": "mono"], text: text)
    }

    private func link(_ reference: Reference) -> Markup {
        reference.origin.map { Markup(text: "\($0)#\(reference.index)") }
            ?? Markup.link(String(reference.index), to: "/record/acts/\(reference.index)")
    }

    private func marking(_ marking: Marking, _ visit: Visit) -> Markup {
        guard case .restricted(let restriction) = marking else { return Markup(text: house.text("act.marking.public", visit)) }
        let audience =
            restriction.audience.isEmpty
            ? house.text("act.marking.own-offices", visit)
            : restriction.audience.joined(separator: house.text("list.separator", visit))
        let words =
            restriction.release.map {
                house.text(
                    "act.marking.until", ["label": .text(restriction.label), "audience": .text(audience), "date": .date($0)], visit)
            } ?? house.text("act.marking.restricted", ["label": .text(restriction.label), "audience": .text(audience)], visit)
        return Markup(text: words)
    }

    /// Who signed, with which key, and where that key was enrolled, for the page and for the browser to verify.
    private func signatures(of entry: Entry, _ visit: Visit) async throws -> [[String: Any]] {
        guard !entry.header.signatures.isEmpty else { return [] }
        let seesPeople = house.access.maySeePeople(visit.person)
        let digest = entry.statement.digest
        let (keys, approval) = try await house.record.read { database in
            (
                try entry.header.signatures.map { signature -> (EnrolledKey?, Person?) in
                    let key = try IdentityView.key(signature.key, before: entry.index, database)
                    return (key, try seesPeople ? key.flatMap { try IdentityView.person($0.holder, database) } : nil)
                },
                try SigningView.approval(ofDigest: digest, database)
            )
        }
        return zip(entry.header.signatures, keys).enumerated().map { place, pair in
            let (signature, (key, person)) = pair
            // An act that enrols a key is signed by that very key.
            let enrolment = key?.entry ?? entry.index
            return [
                "key": signature.key, "place": String(place), "keyEntry": String(enrolment), "algorithm": signature.algorithm.rawValue,
                "way": house.text(signature.passkey == nil ? "act.signature.file" : "act.signature.passkey", visit),
                "who": person.map { Markup(text: $0.name) } ?? code(key?.holder ?? signature.key), "label": key?.label ?? "",
                "approval": place > 0 ? approval.map { String($0) as Any } ?? false : false,
            ]
        }
    }

    /// The office's name, and the author as this visitor may see them.
    private func names(_ statement: ActStatement, _ visit: Visit) async throws -> (office: String, author: Markup) {
        let seesPeople = house.access.maySeePeople(visit.person)
        let (office, person) = try await house.record.read { database in
            (
                try IdentityView.office(statement.office, database),
                seesPeople ? try IdentityView.person(statement.author, database) : nil
            )
        }
        let author: Markup =
            if statement.author == "node" {
                Markup(text: house.text("act.author.node", visit))
            } else if let person {
                Markup(text: person.name)
            } else {
                code(statement.author)
            }
        return (office?.name(in: visit.language) ?? statement.office, author)
    }

    /// The entry that erased the payload of another.
    private func erasure(of index: Int64) async throws -> String? {
        let candidates = try await house.record.read { database in
            try ActQueries.entries(ofKind: PayloadErased.kind, database)
        }
        for candidate in candidates {
            let act = try house.record.entry(at: candidate)?.payload(as: PayloadErased.self)
            if act?.entry == index { return String(candidate) }
        }
        return nil
    }
}

extension House {
    /// A dossier's page, by convention at its own name.
    static func address(ofDossier dossier: String) -> String {
        "/" + dossier.split(separator: "/").map { PercentCoding.encode(String($0)) }.joined(separator: "/")
    }

    /// What an act did, in the words of whoever knows its kind.
    public func description(of entry: Entry, mayRead: Bool, _ language: Language) -> ActDescription {
        let words = HouseActWords(catalogue: catalogue, language: language)
        if mayRead, case .present = entry.content {
            if let own = words.description(of: entry) { return own }
            for desk in desks {
                if let known = desk.description(of: entry, house: self, language: language) { return known }
            }
        }
        return words.plainDescription(of: entry, mayRead: mayRead)
    }

    /// What an act of another node's record did; its links to entries lead to that record's pages at this node.
    ///
    /// - Parameter address: of these pages: `/nodes/mfa.example.org/record`.
    public func description(ofForeign entry: Entry, at address: String, _ language: Language) -> ActDescription {
        var description = description(of: entry, mayRead: true, language)
        description.facts = description.facts.map { .init($0.name, $0.value.leadingRecordLinks(to: address)) }
        return description
    }

    /// A kind's name in a language, or as it stands in the record.
    public func name(of kind: ActKind, _ language: Language) -> String {
        HouseActWords(catalogue: catalogue, language: language).kindName(kind)
    }

    /// What this visitor may do about an act now.
    func actions(on entry: Entry, _ visit: Visit) -> [ActAction] {
        desks.flatMap { $0.actions(on: entry, house: self, visit: visit) }
    }
}
