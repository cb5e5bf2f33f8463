public import Foundation

/// What the house must be told: its public address, its folder and its name.
public struct HouseConfiguration: Sendable {
    /// The address people reach the node at.
    public var origin: WebOrigin
    /// Further names the node answers to, `host` or `host:port` as they stand in the `Host` header.
    public var otherHosts: Set<String>
    /// Where this process keeps its own files.
    public var dataFolder: URL
    /// Where the keys for cookies are kept; `nil`: in the data folder.
    public var keysFolder: URL?
    /// The node's name for people, by language tag.
    public var name: [String: String]
    /// Where to report a weakness (RFC 9116): a `mailto:` or `https:` address. `nil`: no `security.txt` is served.
    public var securityContact: String?

    public init(
        origin: WebOrigin, otherHosts: Set<String> = [], dataFolder: URL, name: [String: String] = ["en": "Chancery"],
        securityContact: String? = nil, keysFolder: URL? = nil
    ) {
        self.origin = origin
        self.otherHosts = otherHosts
        self.dataFolder = dataFolder
        self.keysFolder = keysFolder
        self.name = name
        self.securityContact = securityContact
    }

    /// The node's name in a language, or in English, or in whichever it has.
    public func name(in language: Language) -> String {
        name[language.tag] ?? name["en"] ?? name.min { $0.key < $1.key }?.value ?? "Chancery"
    }
}
