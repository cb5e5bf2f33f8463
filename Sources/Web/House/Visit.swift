public import Acts
import Crypto
public import Hummingbird
import NIOCore

/// One request, as the pages see it: in which language, by whom, and what was asked.
public struct Visit: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The language of the answer: `?lang=`, else the cookie, else `Accept-Language`, else English.
    public internal(set) var language: Language = .english
    /// Who is signed in; `nil` for everybody else.
    public internal(set) var person: Person?
    /// The parameters after the question mark.
    public internal(set) var query = Fields()
    /// The path as it stands in the request, without the query.
    public internal(set) var path = "/"
    /// The query as it stands in the request.
    public internal(set) var rawQuery = ""
    /// How many entries the record had when the request came: what the page shows is at least that new.
    public internal(set) var position: Int64 = 0
    /// What the person must see on whatever page.
    var notices: [DeskNotice] = []
    /// The session the request came with, where it is good.
    var session: Session?
    var accept = AcceptHeader(nil)
    /// Whether a page made for this person may come compressed: the browser takes gzip, and no other site's page asked
    /// (``PersonalGzip``).
    var takesPersonalGzip = false
    /// The other end's network address, kept only to count attempts at signing in, never logged.
    let peer: String?

    /// A keyed hash of where a visitor who is not signed in comes from, to tell two of them apart for as long as the key lives and never
    /// longer; `nil` where that is not known, or for who is signed in.
    ///
    /// - Parameters:
    ///   - agent: what the browser says it is.
    ///   - key: thrown away by the caller at the end of the day.
    public func pseudonym(agent: String, key: [UInt8]) -> [UInt8]? {
        guard session == nil, let peer else { return nil }
        return Array(HMAC<SHA256>.authenticationCode(for: Array("\(peer)\u{0}\(agent)".utf8), using: SymmetricKey(data: key)))
    }

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// A parameter of the route, decoded; the path was checked before.
    public func parameter(_ name: String) throws(Refusal) -> String {
        guard let raw = parameters[Substring(name)], let text = PercentCoding.decode(raw, plusIsSpace: false) else {
            throw RequestPath.refusal
        }
        return text
    }

    /// The representation to give, of those the resource has, the first of which is given to who has no wish.
    ///
    /// `?format=json` decides before `Accept` does, so that a link can name a form.
    /// - Throws: 406 where none is wanted.
    public func representation(of offered: [Representation]) throws -> Representation {
        if let wanted = try query.choice("format", of: Representation.self) {
            guard offered.contains(wanted) else { throw HTTPRefusal.notAcceptable(offered: offered) }
            return wanted
        }
        var best: (representation: Representation, weight: Int)?
        for representation in offered {
            let weight = accept.weight(of: representation)
            if weight > best?.weight ?? 0 { best = (representation, weight) }
        }
        guard let best else { throw HTTPRefusal.notAcceptable(offered: offered) }
        return best.representation
    }

    /// Whether the other end is a program that wants its refusals as JSON (RFC 9457) rather than as a page.
    public var wantsProblems: Bool {
        if let format = try? query.text("format"), format == "json" || format == "csv" { return true }
        return accept.weight(of: .json) > accept.weight(of: .html)
            || (accept.weight(of: .html) == 0 && !accept.ranges.isEmpty)
    }
}
