import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Seals
import Texts
import Typesetting
import Web

/// `/treaties/{treaty}/certified-copy`: the certified true copy of an instrument whose text is authenticated, as a PDF, and the file
/// that proves the authentication.
struct CertifiedCopyPages: Sendable {
    let pages: TreatyPages

    private var house: House { pages.house }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/{treaty}/certified-copy") { request, visit in try await self.page(request, visit) }
        router.get("/treaties/{treaty}/certified-copy.pdf") { request, visit in try await self.copy(request, visit) }
        router.get("/treaties/{treaty}/certified-copy.tlog-proof") { request, visit in try await self.proof(request, visit) }
    }

    /// An instrument and what is authentic of it.
    private struct Found: Sendable {
        let listed: TreatyQueries.Listed
        let authentic: CertifiedTextQueries.Authentic
    }

    private func found(_ visit: Visit) async throws -> Found {
        let number = try pages.number(visit)
        guard let found = try await find(number) else {
            throw Refusal(
                .notFound, code: "treaty.not-authenticated", "The text of \(number) has not been authenticated in this record.",
                mend: "A copy can be certified once the text is authenticated.", citation: "VCLT art. 10", arguments: ["treaty": number])
        }
        return found
    }

    /// - Returns: `nil` where the register has the instrument, but no authentic text of it.
    private func find(_ number: String) async throws -> Found? {
        let (listed, authentic) = try await house.record.read { database in
            (try TreatyQueries(database: database).treaty(number), try CertifiedTextQueries(database: database).authentic(of: number))
        }
        guard let listed else { throw pages.unknownTreaty(number) }
        return authentic.map { Found(listed: listed, authentic: $0) }
    }

    // MARK: The page

    private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit) {
            let found = try await found(visit)
            let number = found.listed.opened.treaty
            let link = "/treaties/\(number)/certified-copy"
            let set = try Self.textSet(found.authentic)
            if representation == .json {
                let texts = found.authentic.texts.map { JSON.object(["language": .string($0.language), "sha256": .string($0.sha256)]) }
                return house.json([
                    "treaty": .string(number), "entry": .integer(found.authentic.entry), "textSet": .string(set.hexadecimal),
                    "texts": .array(texts), "pdf": .string("\(link).pdf"), "proof": .string("\(link).tlog-proof"),
                ])
            }
            var context = pages.titleContext(found.listed.opened.titles, visit)
            context["standing"] = pages.text(
                "certifiedCopy.standing", ["count": .number(Int64(found.authentic.texts.count))], visit)
            context["pdf"] = "\(link).pdf"
            context["letter"] = "\(link).pdf?paper=letter"
            context["proof"] = "\(link).tlog-proof"
            context["proofName"] = Self.name(number) + ".tlog-proof"
            context["set"] = set.hexadecimal
            context["actLink"] = "/record/acts/\(found.authentic.entry)"
            context["act"] = pages.text("acts.seal", ["entry": .number(found.authentic.entry)], visit)
            context["texts"] = found.authentic.texts.map { text -> [String: Any] in
                ["language": LanguageName.of(text.language, in: visit.language.tag), "sha256": text.sha256]
            }
            return try house.page(
                visit,
                Page(
                    template: "treaties/certified-copy/page", title: pages.text("certifiedCopy.title", visit), context: context,
                    trail: [
                        Breadcrumb(pages.text("register.title", visit), "/treaties"),
                        Breadcrumb(found.listed.opened.short ?? number, "/treaties/\(number)"),
                    ],
                    section: "/treaties", dossier: TreatyCommands.dossier(of: number), alternates: [.json]))
        }
    }

    // MARK: The files

    private func copy(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await found(visit)
        let isLetter = try visit.query.filled("paper") == "letter"
        let copy = try await copy(found, issuedOn: house.now().date, language: visit.language.tag, isLetter: isLetter)
        return file(copy, type: "application/pdf", named: Self.name(found.listed.opened.treaty) + ".pdf")
    }

    private func copy(_ found: Found, issuedOn day: CalendarDate, language: String, isLetter: Bool) async throws -> [UInt8] {
        let key = PaperPress.Key(
            document: "certified-copy", treaty: found.listed.opened.treaty, entry: found.authentic.lastEntry, day: day.dayNumber,
            language: language, isLetter: isLetter)
        return try await pages.desk.press.pdf(key, sealedBy: pages.desk.seals, reason: "Certified true copy") {
            try self.certifiedCopy(found, issuedOn: day, language: language).document(paper: isLetter ? .letter : .a4)
        }
    }

    /// What goes to the Secretariat of the United Nations with a registration: the certified copy with its proof, and each authentic text
    /// as it was adopted and in plain words (General Assembly resolution 97 (I), art. 5). Nothing where no text is authenticated.
    func registrationMembers(of treaty: String, on day: CalendarDate) async throws -> [RegistrationPackage.Member] {
        guard let found = try await find(treaty) else { return [] }
        var members = [
            RegistrationPackage.Member(
                name: "certified-copy.pdf", bytes: try await copy(found, issuedOn: day, language: "en", isLetter: false)),
            RegistrationPackage.Member(
                name: "certified-copy.tlog-proof",
                bytes: try EntryProof(of: try entry(found), in: house.record, includesPayload: true).file.bytes),
        ]
        for text in found.authentic.texts {
            let bytes = try blob(of: text, treaty)
            members.append(.init(name: "texts/\(treaty).\(text.language).xml", bytes: bytes))
            members.append(
                .init(name: "texts/\(treaty).\(text.language).txt", bytes: Array(TextPages.plain(try AkomaNtoso.read(bytes)).utf8)))
        }
        return members
    }

    private func proof(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await found(visit)
        let entry = try entry(found)
        let mayRead = house.access.mayRead(entry, as: visit.person, on: house.now().date)
        let proof = try EntryProof(of: entry, in: house.record, includesPayload: mayRead)
        return file(
            proof.file.bytes, type: "text/plain; charset=utf-8", named: Self.name(found.listed.opened.treaty) + ".tlog-proof")
    }

    private func file(_ bytes: [UInt8], type: String, named name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "no-cache", .contentDisposition: "attachment; filename=\"\(name)\""],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func name(_ treaty: String) -> String { "\(treaty)-certified-copy" }

    private func entry(_ found: Found) throws -> Entry {
        guard let entry = try house.record.entry(at: found.authentic.entry) else { throw pages.unknownTreaty(found.listed.opened.treaty) }
        return entry
    }

    private func certifiedCopy(_ found: Found, issuedOn: CalendarDate, language: String) throws -> CertifiedCopy {
        let opened = found.listed.opened
        let entry = try entry(found)
        let proof = try EntryProof(of: entry, in: house.record, includesPayload: false)
        let texts = try found.authentic.texts.map { text in
            CertifiedCopy.Text(
                text: try AkomaNtoso.read(try blob(of: text, opened.treaty)), digest: Hash(hexadecimal: text.sha256)?.bytes ?? [])
        }
        return CertifiedCopy(
            number: opened.treaty, titles: opened.titles, depositary: opened.depositary, adoptedOn: opened.adoptedOn, texts: texts,
            setDigest: try Self.textSet(found.authentic).bytes,
            evidence: CertifiedCopy.Evidence(
                origin: proof.file.checkpoint.checkpoint.origin, entry: entry.index, leaf: Hash.leaf(entry.leaf).bytes,
                checkpoint: (Int64(proof.file.checkpoint.checkpoint.size), proof.file.checkpoint.checkpoint.root.bytes)),
            issuedOn: issuedOn, language: language)
    }

    private func blob(of text: (language: String, sha256: String), _ treaty: String) throws -> [UInt8] {
        guard let digest = Hash(hexadecimal: text.sha256), let bytes = try house.record.blob(sha256: digest.bytes) else {
            throw Refusal(
                .unavailable, code: "treaty.text-missing", "The text of \(treaty) in \(text.language) is not among the blobs.",
                mend: "Restore the blobs from the backup.", arguments: ["treaty": treaty, "language": text.language])
        }
        return bytes
    }

    /// The hash of all authentic texts together, corrected ones in the place of those they replace.
    private static func textSet(_ authentic: CertifiedTextQueries.Authentic) throws -> Hash {
        var digests: [TextLanguage: [UInt8]] = [:]
        for text in authentic.texts {
            guard let language = TextLanguage(text.language), let digest = Hash(hexadecimal: text.sha256) else { continue }
            digests[language] = digest.bytes
        }
        return Hash(try AuthenticTexts(digests: digests).digest) ?? .zero
    }
}
