import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Typesetting
import Web

/// What the depositary does, as pages: custody, notifications, corrections, registration, the ledgers of other depositaries.
/// Each is in a file of its own; this one holds the routes and what they share.
struct DepositaryPages: Sendable {
    /// The treaty desk's pages, for what all of them share.
    let pages: TreatyPages

    var desk: TreatyDesk { pages.desk }
    var house: House { pages.house }

    func addRoutes(to router: Router<Visit>) {
        let own = self
        router.get("/notifications") { request, visit in try await own.notifications(request, visit) }
        router.get("/notifications.atom") { request, visit in try await own.feed(request, visit) }
        router.get("/notifications/{number}") { request, visit in try await own.notification(request, visit) }
        router.get("/notifications/{number}/notification.pdf") { request, visit in try await own.notificationPaper(request, visit) }
        router.get("/notifications/{number}/acknowledge") { request, visit in try await own.acknowledgementForm(request, visit) }
        router.post("/notifications/{number}/acknowledge") { request, visit in try await own.acknowledge(request, visit) }
        router.post("/notifications/{number}/acknowledged") { request, visit in try await own.noteAcknowledgement(request, visit) }
        router.get("/treaties/custody") { request, visit in try await own.custody(request, visit) }
        router.get("/treaties/{treaty}/notifications") { request, visit in try await own.notifications(request, visit) }
        router.get("/treaties/{treaty}/notifications.atom") { request, visit in try await own.feed(request, visit) }
        router.get("/treaties/{treaty}/notify") { request, visit in try await own.notifyForm(request, visit) }
        router.post("/treaties/{treaty}/notify") { request, visit in try await own.notify(request, visit) }
        router.get("/treaties/{treaty}/custody/receive") { request, visit in try await own.receiptForm(request, visit) }
        router.post("/treaties/{treaty}/custody/receive") { request, visit in try await own.receive(request, visit) }
        router.get("/treaties/{treaty}/custody/{entry}") { request, visit in try await own.document(request, visit) }
        router.get("/treaties/{treaty}/custody/{entry}/file") { request, visit in try await own.documentFile(request, visit) }
        router.post("/treaties/{treaty}/custody/{entry}/examine") { request, visit in try await own.examine(request, visit) }
        router.get("/treaties/{treaty}/corrections") { request, visit in try await own.corrections(request, visit) }
        router.get("/treaties/{treaty}/corrections/propose") { request, visit in try await own.proposalForm(request, visit) }
        router.post("/treaties/{treaty}/corrections/propose") { request, visit in try await own.propose(request, visit) }
        router.get("/treaties/{treaty}/corrections/{entry}") { request, visit in try await own.correction(request, visit) }
        router.get("/treaties/{treaty}/corrections/{entry}/proces-verbal.pdf") { request, visit in
            try await own.procesVerbalPaper(request, visit)
        }
        router.post("/treaties/{treaty}/corrections/{entry}/object") { request, visit in try await own.objectToCorrection(request, visit) }
        router.post("/treaties/{treaty}/corrections/{entry}/effect") { request, visit in try await own.effectCorrection(request, visit) }
        router.get("/treaties/{treaty}/registration") { request, visit in try await own.registration(request, visit) }
        router.post("/treaties/{treaty}/registration/enter") { request, visit in try await own.register(request, visit) }
        router.get("/treaties/{treaty}/registration.zip") { request, visit in try await own.registrationPackage(request, visit) }
        router.get("/treaties/{treaty}/ledgers") { request, visit in try await own.ledgers(request, visit) }
        router.post("/treaties/{treaty}/ledgers/import") { request, visit in try await own.importLedger(request, visit) }
        router.get("/depositary/contacts") { request, visit in try await own.contacts(request, visit) }
        router.post("/depositary/contacts") { request, visit in try await own.setContact(request, visit) }
    }

    // MARK: What they share

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.depositary.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func words(_ visit: Visit) -> DepositaryActWords {
        DepositaryActWords(actors: desk.actors, catalogue: house.catalogue, language: visit.language)
    }

    func name(_ code: ActorCode, _ visit: Visit) -> String { pages.name(code, visit) }

    /// The officer who may act for the depositary, and the commands in that officer's name.
    func officer(_ visit: Visit) throws -> (person: Person, commands: DepositaryCommands) {
        let (person, office) = try pages.officer(visit)
        return (person, DepositaryCommands(actors: desk.actors, settings: desk.depositary, office: office, author: person.id))
    }

    func isOfficer(_ visit: Visit) -> Bool { (try? pages.officer(visit)) != nil }

    func listed(_ visit: Visit) async throws -> TreatyQueries.Listed {
        let number = try pages.number(visit)
        let found = try await house.record.read { try TreatyQueries(database: $0).treaty(number) }
        guard let found else { throw pages.unknownTreaty(number) }
        return found
    }

    /// The entry named in the address.
    func entry(_ visit: Visit) throws -> Int64 {
        let text = try visit.parameter("entry")
        guard let entry = Int64(text), entry >= 0 else { throw unknownEntry(text) }
        return entry
    }

    func unknownEntry(_ text: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.no-such-document", "There is nothing of this kind under the entry \(text).", mend: "Look at the list.",
            arguments: ["entry": text])
    }

    /// A person gets the form back with the reason above it; a program gets the problem.
    func isShownInForm(_ refusal: Refusal, _ visit: Visit) -> Bool {
        guard refusal.kind != .forbidden, refusal.kind != .unauthenticated, refusal.kind != .notFound else { return false }
        return (try? visit.representation(of: [.html, .json])) == .html
            && (refusal.code.hasPrefix("treaty.") || refusal.code.hasPrefix("request."))
    }

    func trail(_ listed: TreatyQueries.Listed?, _ visit: Visit) -> [Breadcrumb] {
        var trail = [Breadcrumb(pages.text("register.title", visit), "/treaties")]
        if let opened = listed?.opened { trail.append(Breadcrumb(opened.short ?? opened.treaty, "/treaties/\(opened.treaty)")) }
        return trail
    }

    /// Limit and offset of a list, and the links to its other pages.
    func paging(_ visit: Visit, usual: Int64) throws -> (limit: Int, offset: Int) {
        (
            Int(try visit.query.linkedInteger("limit", in: 1...1000) ?? usual),
            Int(try visit.query.linkedInteger("offset", in: 0...1_000_000) ?? 0)
        )
    }

    func pageLinks(_ path: String, _ pairs: [(String, String?)], total: Int, limit: Int, offset: Int, _ visit: Visit) -> [String: Any] {
        func link(_ offset: Int) -> String { pages.address(path, pairs + [("limit", String(limit)), ("offset", String(offset))]) }
        return [
            "hasPages": total > limit,
            "page": pages.text(
                "register.page",
                ["page": .number(Int64(offset / limit + 1)), "pages": .number(Int64(max(1, (total + limit - 1) / limit)))], visit),
            "previous": offset > 0 ? link(max(0, offset - limit)) : false, "next": offset + limit < total ? link(offset + limit) : false,
        ]
    }

    func options<Word: RawRepresentable & CaseIterable>(
        _ family: String, of type: Word.Type, selected: String?, any: Bool, _ visit: Visit
    ) -> [[String: Any]] where Word.RawValue == String {
        (any ? [pages.option("", text("any", visit), selected: selected == nil)] : [])
            + Word.allCases.map { pages.option($0.rawValue, text("\(family).\($0.rawValue)", visit), selected: $0.rawValue == selected) }
    }

    /// The kinds of act towards a treaty by their names.
    func actionOptions(selected: String?, _ visit: Visit) -> [[String: Any]] {
        let words = pages.actWords(visit)
        return [pages.option("", text("any", visit), selected: selected == nil)]
            + TreatyPages.offeredKinds.map { pages.option($0.rawValue, words.actionName($0), selected: $0.rawValue == selected) }
    }

    func actorOptions(selected: String?, any: String? = nil, _ visit: Visit) -> [[String: Any]] {
        [pages.option("", any ?? text("choose", visit), selected: selected == nil)]
            + pages.actorOptions(visit, selected: selected.flatMap { ActorCode(rawValue: $0) }, includingFormer: false)
    }

    func actor(_ text: String?) throws(Refusal) -> ActorCode? {
        guard let text else { return nil }
        return try pages.actorCode(text)
    }

    /// A document on paper, set and sealed.
    func pressed(
        _ key: PaperPress.Key, reason: String, of document: @escaping @Sendable (DepositaryPapers) -> PrintedDocument
    ) async throws -> [UInt8] {
        let papers = DepositaryPapers(settings: desk.depositary)
        return try await desk.press.pdf(key, sealedBy: desk.seals, reason: reason) { document(papers) }
    }

    /// A document on paper, as a file.
    func paper(_ bytes: [UInt8], named name: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/pdf", .contentDisposition: "inline; filename=\"\(name).pdf\""],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A page that is one form.
    func formPage(
        _ form: FormSheet, heading: String, listed: TreatyQueries.Listed?, refusal: Refusal?, section: String = "/treaties", _ visit: Visit
    ) throws -> Response {
        var context = form.context(house, visit)
        context["heading"] = heading
        let titles: [String: Any] = listed.map { pages.titleContext($0.opened.titles, visit) } ?? ["title": false, "titleLanguage": false]
        for (name, value) in titles {
            context[name] = value
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/form", title: heading, context: context, trail: trail(listed, visit), section: section)
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }
}
