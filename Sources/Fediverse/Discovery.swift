public import Acts

/// How an actor is found by its name (WebFinger, RFC 7033) and what a server says of itself (NodeInfo).
public enum Discovery {
    /// The user's name in `acct:NAME@HOST` or in an actor's own address; `nil` where it is not of this host.
    ///
    /// - Parameters:
    ///   - resource: as asked for.
    ///   - host: this node's authority, with its port.
    ///   - actors: what the addresses of its actors begin with.
    public static func username(in resource: String, host: String, actors: String) -> String? {
        guard resource.utf8.count <= 512 else { return nil }
        if resource.hasPrefix(actors) {
            let name = resource.dropFirst(actors.count)
            return name.isEmpty || name.contains("/") ? nil : String(name)
        }
        var name = resource[...]
        if name.lowercased().hasPrefix("acct:") { name = name.dropFirst(5) }
        if name.hasPrefix("@") { name = name.dropFirst() }
        guard let at = name.lastIndex(of: "@"), name[name.index(after: at)...].lowercased() == host.lowercased(), at > name.startIndex
        else { return nil }
        return String(name[..<at]).lowercased()
    }

    /// The JSON resource descriptor of an actor (RFC 7033, 4.4).
    public static func descriptor(of actor: ActorDocument) -> JSON {
        [
            "subject": .string("acct:\(actor.username)@\(actor.host)"), "aliases": [.string(actor.id), .string(actor.url)],
            "links": [
                ["rel": "self", "type": .string(ActivityStreams.mediaType), "href": .string(actor.id)],
                ["rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": .string(actor.url)],
            ],
        ]
    }

    /// The actor's address in another server's descriptor, where it names one; it is not believed before the actor itself is read.
    public static func actor(in descriptor: JSON) -> String? {
        let link = (descriptor["links"]?.array ?? []).first {
            $0["rel"]?.string == "self" && ActivityStreams.isMediaType($0["type"]?.string ?? "")
        }
        return link?["href"]?.string
    }

    public static let nodeInfoVersions = ["2.0", "2.1"]

    /// What stands at `/.well-known/nodeinfo`.
    public static func nodeInfoLinks(origin: String) -> JSON {
        [
            "links": .array(
                nodeInfoVersions.map {
                    [
                        "rel": .string("http://nodeinfo.diaspora.software/ns/schema/\($0)"),
                        "href": .string("\(origin)/nodeinfo/\($0)"),
                    ]
                })
        ]
    }

    /// NodeInfo of a version: counts, and nothing of persons.
    public static func nodeInfo(version: String, software: String, actors: Int, posts: Int, name: String) -> JSON {
        var program: JSONObject = ["name": "chancery", "version": .string(software)]
        if version == "2.1" { program["repository"] = nil }
        return [
            "version": .string(version), "software": .object(program), "protocols": ["activitypub"],
            "services": ["inbound": [], "outbound": ["atom1.0", "rss2.0"]], "openRegistrations": false,
            "usage": ["users": ["total": .integer(Int64(actors))], "localPosts": .integer(Int64(posts))],
            "metadata": ["nodeName": .string(name)],
        ]
    }
}
