import Acts
import Fediverse
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Synchronization
import Web

/// The inboxes: what other servers send is believed only once its signature was checked, and answered with 202 only then.
struct FediverseInbox: Sendable {
    let house: House
    let runtime: FediverseRuntime
    /// For alerts that followed accounts raise.
    let law: DisclosureLaw

    private var origin: String { "\(house.configuration.origin)" }

    func receive(_ request: Request, _ visit: Visit) async throws -> Response {
        guard ActivityStreams.isMediaType(request.headers[.contentType] ?? "") else {
            throw Refusal(
                .unsupportedMediaType, code: "fediverse.media-type", "The inbox takes activities and nothing else.",
                mend: "Send application/activity+json.", citation: "ActivityPub, section 7")
        }
        let body = try await house.body(of: request, upTo: IncomingActivity.limits.bytes)
        let signed = signedRequest(request, visit, body)
        let now = runtime.now()
        do {
            let signature = try RequestSignature(in: signed)
            try signature.check(signed, at: now)
            let activity = try IncomingActivity(body)
            guard Origin.sameOrigin(signature.keyID, activity.actor), let from = Origin(activity.actor) else {
                throw SignatureFailure.otherOwner(key: signature.keyID, actor: activity.actor)
            }
            // Of a moment ago, to fetch no key for nothing; the rule that enters asks again.
            var standing = try await standings().of(activity.actor, from)
            if standing != .open {
                // What was lifted is lifted at once.
                standing = try await house.record.read { try FediverseQueries(database: $0).standing(of: activity.actor, from) }
            }
            guard standing != .suspended else { throw Self.suspended(from) }
            let sender = try await verified(signature, signed, activity)
            // Only now: who merely says that it is of a host shall not use up what that host may send.
            try limit(activity, from, at: now)
            guard runtime.replays.take(signature, at: now) else { throw SignatureFailure.replayed }
            try await take(activity, from: sender, standing)
            return Response(status: .accepted)
        } catch let failure as SignatureFailure {
            throw Refusal(
                .unauthenticated, code: "fediverse.signature", failure.description,
                mend: "Sign the request as docs/fediverse.md says, with the key of the activity's actor.",
                citation: "draft-cavage-http-signatures-12", arguments: ["reason": failure.description])
        } catch let problem as IncomingActivity.Problem {
            throw Refusal(
                .malformed, code: "fediverse.activity", problem.description, mend: "Send an activity as ActivityPub has it.",
                citation: "FEP-fe34", arguments: ["reason": problem.description])
        }
    }

    private func signedRequest(_ request: Request, _ visit: Visit, _ body: [UInt8]) -> SignedRequest {
        var fields: [String: String] = [:]
        for field in request.headers {
            let value = field.value.trimmingCharacters(in: .whitespaces)
            fields[field.name.canonicalName] = fields[field.name.canonicalName].map { "\($0), \(value)" } ?? value
        }
        fields["host"] = fields["host"] ?? request.head.authority
        let own = house.configuration.origin
        return SignedRequest(
            method: request.method.rawValue, scheme: own.scheme, authority: own.authority, path: visit.path, query: visit.rawQuery,
            fields: fields, body: body)
    }

    private static func suspended(_ from: Origin) -> Refusal {
        Refusal(
            .forbidden, code: "fediverse.suspended", "This node does not hear \(from.authority).", mend: "Its operators can be written to.",
            arguments: ["host": from.authority])
    }

    private func standings() async throws -> FediverseStandings {
        if let known = runtime.standings.withLock({ $0 }), known.isFresh(at: runtime.now()) { return known }
        let read = try await house.record.read { [now = runtime.now()] in
            FediverseStandings(rules: try FediverseQueries(database: $0).rules(), at: now)
        }
        runtime.standings.withLock { $0 = read }
        return read
    }

    /// Refuses what is too much of one host before anything is entered for it.
    private func limit(_ activity: IncomingActivity, _ from: Origin, at now: Moment) throws {
        var wait = runtime.activities.withLock { $0.take(from.authority, at: now) }
        if wait == nil, case .follow = activity.meaning { wait = runtime.follows.withLock { $0.take(from.authority, at: now) } }
        guard let wait else { return }
        throw HTTPRefusal(
            Refusal(
                .tooMany, code: "fediverse.too-many", "\(from.authority) sends more than this node takes.",
                mend: "Come again in \(wait) seconds.", citation: "RFC 6585, 4",
                arguments: ["host": from.authority, "seconds": String(wait)]),
            status: .tooManyRequests, headers: [.retryAfter: String(wait)])
    }

    /// The actor that signed. Its key is fetched anew once where the known one does not fit: it may have been changed.
    private func verified(
        _ signature: RequestSignature, _ signed: SignedRequest, _ activity: IncomingActivity
    ) async throws -> RemoteActor {
        let node = FediverseActors.nodeAddress(origin: origin)
        do {
            let isFresh = runtime.isFresh(activity.actor, within: 60_000)
            let sender = try await runtime.actor(activity.actor, anew: false, as: node)
            guard let failure = failure(of: signature, signed, by: sender, activity) else { return sender }
            guard !isFresh, failure == .wrongSignature || failure == .otherOwner(key: signature.keyID, actor: activity.actor) else {
                throw failure
            }
            let renewed = try await runtime.actor(activity.actor, anew: true, as: node)
            guard renewed.key != sender.key else { throw failure }
            if let failure = self.failure(of: signature, signed, by: renewed, activity) { throw failure }
            return renewed
        } catch let missing as FediverseRuntime.Missing {
            switch missing {
            case .gone: throw SignatureFailure.badKey("the actor's server says that it is gone")
            case .wrong(let reason): throw SignatureFailure.badKey(reason)
            case .notNow(let reason):
                throw HTTPRefusal(
                    Refusal(
                        .unavailable, code: "fediverse.key", "The signer's key cannot be fetched now: \(reason)",
                        mend: "Send it again in a minute.", arguments: ["reason": reason]),
                    status: .serviceUnavailable, headers: [.retryAfter: "60"])
            }
        }
    }

    private func failure(
        of signature: RequestSignature, _ signed: SignedRequest, by sender: RemoteActor, _ activity: IncomingActivity
    ) -> SignatureFailure? {
        do {
            try signature.verify(signed, with: sender.key, actor: activity.actor)
            return nil
        } catch {
            return error
        }
    }

    // MARK: What it asks

    private func take(_ activity: IncomingActivity, from sender: RemoteActor, _ standing: FediverseRuleSet.Standing) async throws {
        let actors = "\(origin)/fediverse/actors/"
        switch activity.meaning {
        case .follow(let target):
            guard target.hasPrefix(actors) else { return }
            let office = try await FediverseActors(house: house, runtime: runtime).actor(String(target.dropFirst(actors.count)))
                .username
            let act = FollowerTaken(
                office: office, actor: sender.id, inbox: sender.inbox, shared: sender.sharedInbox, follow: activity.id)
            try await enter(sender) { queries in
                guard try queries.follow(of: sender.id, office: office) != activity.id else { return [] }
                return [draft(act)]
            }
        case .undoFollow(let target, let follow):
            try await enter(sender) { queries in
                try queries.offices(followedBy: sender.id).filter { office in
                    if let target { return target == "\(actors)\(office)" }
                    return try queries.follow(of: sender.id, office: office) == follow
                }.map { draft(FollowerGone(office: $0, actor: sender.id)) }
            }
        case .reply(let post), .edit(let post):
            guard standing == .open, !runtime.wasDeleted("\(sender.id) \(post.id)") else { return }
            let answered = post.inReplyTo.flatMap { StatementNotes.reading($0, origin: origin) }
            let quoted = post.quotes.flatMap { StatementNotes.reading($0, origin: origin) }
            guard let target = answered ?? quoted else {
                if case .reply = activity.meaning { try await hearFollowed(post, from: sender) }
                return
            }
            try await hear(answered != nil ? .reply : .quote, target, activity, sender, post: post)
        case .announce(let subject): try await hear(.boost, subject, activity, sender, standing)
        case .like(let subject): try await hear(.like, subject, activity, sender, standing)
        case .quoteRequest(let note, let quote):
            guard standing == .open, let target = StatementNotes.reading(note, origin: origin) else { return }
            try await hear(
                .quote, target, activity, sender,
                post: IncomingActivity.Post(id: quote, quotes: note))
        case .delete(let subject):
            runtime.markDeleted("\(sender.id) \(subject)")
            try await enter(sender) { queries in
                if subject == sender.id {
                    return try queries.offices(followedBy: sender.id).map { draft(FollowerGone(office: $0, actor: sender.id)) }
                }
                guard try queries.actor(ofReaction: subject) == sender.id else { return [] }
                return [draft(ReactionGone(actor: sender.id, subject: subject))]
            }
        case .undoReaction(let subject):
            try await enter(sender) { queries in
                guard try queries.actor(ofReaction: subject) == sender.id else { return [] }
                return [draft(ReactionGone(actor: sender.id, subject: subject))]
            }
        case .updateActor:
            let node = FediverseActors.nodeAddress(origin: origin)
            _ = try? await runtime.actor(sender.id, anew: true, as: node)
        case .followAnswered(let accepts, let follow): try await hearAnswer(accepts, to: follow, from: sender)
        case .move(let target): try await move(sender, to: target, by: activity.id)
        case .block(let target):
            guard target.hasPrefix(actors) else { return }
            let office = String(target.dropFirst(actors.count))
            try await enter(sender) { queries in
                try queries.follow(of: sender.id, office: office) == nil ? [] : [draft(FollowerGone(office: office, actor: sender.id))]
            }
        case .other: return
        }
    }

    /// Carries over the follows of an actor that says it is elsewhere now, where the place that it names says the same (FEP-7628).
    private func move(_ sender: RemoteActor, to target: String, by move: String) async throws {
        guard let origin = Origin(target) else { return }
        let (follows, standing) = try await house.record.read { database in
            let queries = FediverseQueries(database: database)
            return (try !queries.offices(followedBy: sender.id).isEmpty, try queries.standing(of: target, origin))
        }
        // Nobody's document is fetched for the sake of who does not follow.
        guard follows else { return }
        guard standing != .suspended else { throw Self.notMoved(target) }
        let node = FediverseActors.nodeAddress(origin: self.origin)
        let place: RemoteActor
        do {
            place = try await runtime.actor(target, anew: true, as: node)
        } catch .notNow(let reason) {
            throw HTTPRefusal(
                Refusal(
                    .unavailable, code: "fediverse.target", "The new address cannot be asked now: \(reason)",
                    mend: "Send it again in a minute.", arguments: ["reason": reason]),
                status: .serviceUnavailable, headers: [.retryAfter: "60"])
        } catch {
            throw Self.notMoved(target)
        }
        guard place.alsoKnownAs.contains(sender.id) else { throw Self.notMoved(target) }
        try await enter(sender) { queries in
            try queries.offices(followedBy: sender.id).map { office in
                draft(
                    FollowerMoved(
                        office: office, actor: sender.id, target: place.id, inbox: place.inbox, shared: place.sharedInbox, move: move))
            }
        }
    }

    private static func notMoved(_ target: String) -> Refusal {
        Refusal(
            .forbidden, code: "fediverse.move", "\(target.prefix(200)) does not say that the actor that moves is its own.",
            mend: "Let its document name the old address in alsoKnownAs.", citation: "FEP-7628, FEP-fe34",
            arguments: ["target": String(target.prefix(200))])
    }

    private func hear(
        _ form: ReactionHeard.Form, _ subject: String, _ activity: IncomingActivity, _ sender: RemoteActor,
        _ standing: FediverseRuleSet.Standing
    ) async throws {
        guard standing == .open, let target = StatementNotes.reading(subject, origin: origin) else { return }
        try await hear(form, target, activity, sender, post: nil)
    }

    /// Most reactions to one statement that are kept.
    private static let mostReactions = 100_000

    private func hear(
        _ form: ReactionHeard.Form, _ target: (statement: String, version: Int64?, language: String?), _ activity: IncomingActivity,
        _ sender: RemoteActor, post: IncomingActivity.Post?
    ) async throws {
        var content = post.map { RemoteHTML.clean($0.html) }
        if let text = content, text.utf8.count > ReactionHeard.longestContent {
            content = RemoteHTML.escaped(String(RemoteHTML.plainText(text).prefix(ReactionHeard.longestContent / 8)))
        }
        let kept = content.flatMap { $0.isEmpty ? nil : $0 }
        let runtime = runtime
        try await enter(sender, whereOpen: true) { queries in
            guard let statement = try runtime.answered(target.statement, target.version, in: queries.database) else { return [] }
            let language = target.language.flatMap { statement.languages.contains($0) ? $0 : nil }
            let known = try queries.actor(ofReaction: post?.id ?? activity.id)
            guard known == nil || (known == sender.id && post != nil) else { return [] }
            guard try queries.countAllReactions(to: target.statement) < Self.mostReactions else { return [] }
            let act = ReactionHeard(
                form: form, statement: target.statement, version: statement.version,
                language: language ?? statement.authoritative, actor: sender.id, inbox: sender.inbox, activity: activity.id,
                post: post?.id, content: kept, spoken: post?.language, isPublic: post?.isPublic ?? true)
            return [draft(act)]
        }
    }

    private func draft<Content: Payload>(_ act: Content) -> ActDraft {
        ActDraft(
            act, dossier: PressCommands.draftsDossier, office: Identity.firstOffice, author: "node",
            marking: .restricted(.init(audience: [], label: "internal")))
    }

    /// - Parameter whereOpen: nothing is entered of whom the node stands to otherwise.
    func enter(
        _ sender: RemoteActor, whereOpen: Bool = false, _ rule: @escaping @Sendable (FediverseQueries) throws -> [ActDraft]
    ) async throws {
        _ = try await house.record.enter(
            Command { context in
                let queries = FediverseQueries(database: context.database)
                guard let from = Origin(sender.id) else { return [] }
                let standing = try queries.standing(of: sender.id, from)
                guard standing != .suspended else { throw Self.suspended(from) }
                return standing == .open || !whereOpen ? try rule(queries) : []
            })
    }
}
