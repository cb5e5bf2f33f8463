public import HTTPTypes

/// One page before it is set inside the shell.
public struct Page {
    /// The template's name, with its desk's before it: `treaties/register`.
    public var template: String
    /// What the page is called, in the visitor's language; the shell adds the node's name.
    public var title: String
    /// What the template reads: a dictionary or a value whose members it names.
    public var context: Any
    public var status: HTTPResponse.Status = .ok
    /// The way back up, outermost first; the page itself is not among them.
    public var trail: [Breadcrumb] = []
    /// The address of the navigation item the page belongs to.
    public var section: String?
    /// The dossier whose new acts mark the page as changed while it is open.
    public var dossier: String?
    /// The part of the dossier that the page is on, as its desk names it (``LiveReach``); `nil`: every act of the dossier concerns it.
    public var about: String?
    /// Other representations of the same resource, offered at the page's foot.
    public var alternates: [Representation] = []
    /// The resource's own address, where a form that was sent to another one comes back with its refusal; else the address asked for.
    public var address: String?
    /// Names of modules in `Static` that the page needs beside the shell's own.
    public var modules: [String] = []
    /// What the page's head says of it to programs that show links to it.
    public var metas: [PageMeta] = []
    /// Further addresses that the page's head names: other languages, feeds.
    public var links: [PageLink] = []
    /// Whether it may go compressed to who is signed in, where the request allows it: nothing in it is a secret of that person's, except
    /// what its templates set between `<!--apart-->` and `<!--/apart-->` (docs/threat-model.md). A page that does not say so never is.
    public var isCompressible = false

    public init(
        template: String, title: String, context: Any, status: HTTPResponse.Status = .ok, trail: [Breadcrumb] = [],
        section: String? = nil, dossier: String? = nil, alternates: [Representation] = [], modules: [String] = []
    ) {
        self.template = template
        self.title = title
        self.context = context
        self.status = status
        self.trail = trail
        self.section = section
        self.dossier = dossier
        self.alternates = alternates
        self.modules = modules
    }
}

/// A `meta` element by property, as the Open Graph protocol has it.
public struct PageMeta: Hashable, Sendable {
    public var property: String
    public var content: String

    public init(_ property: String, _ content: String) {
        self.property = property
        self.content = content
    }
}

/// A `link` element of the page's head.
public struct PageLink: Hashable, Sendable {
    /// `alternate`, `canonical`.
    public var relation: String
    public var address: String
    /// A media type.
    public var type: String?
    public var title: String?
    /// A BCP 47 tag.
    public var language: String?

    public init(_ relation: String, _ address: String, type: String? = nil, title: String? = nil, language: String? = nil) {
        self.relation = relation
        self.address = address
        self.type = type
        self.title = title
        self.language = language
    }
}

/// One step of the way back up.
public struct Breadcrumb: Hashable, Sendable {
    public var text: String
    public var address: String

    public init(_ text: String, _ address: String) {
        self.text = text
        self.address = address
    }
}

/// An entry of the shell's navigation.
public struct NavigationItem: Hashable, Sendable {
    /// The key of its text in the language catalogue.
    public var key: String
    public var address: String
    /// Shown only to people who are signed in.
    public var isForSignedIn: Bool

    public init(key: String, address: String, isForSignedIn: Bool = false) {
        self.key = key
        self.address = address
        self.isForSignedIn = isForSignedIn
    }
}
