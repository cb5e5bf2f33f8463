/// What an act concerns of its dossier, for pages that show a part of it and need not be made anew at every act.
public enum LiveReach: Hashable, Sendable {
    /// Every page of the dossier.
    case dossier
    /// The pages on these parts, by the names that their desk gives them, and those on the dossier as a whole.
    case only(Set<String>)

    /// Whether a page hears of the act.
    ///
    /// - Parameter about: the part that the page is on; `nil`: the dossier as a whole.
    func includes(_ about: String?) -> Bool {
        guard let about, case .only(let parts) = self else { return true }
        return parts.contains(about)
    }
}

/// What a listener listens to.
struct LivePlace: Hashable, Sendable {
    /// `nil`: everything.
    var dossier: String?
    /// A part of the dossier; `nil`: all of it.
    var about: String?

    init(dossier: String?, about: String? = nil) {
        self.dossier = dossier
        self.about = dossier == nil ? nil : about
    }

    /// Whether an act of that dossier and reach is heard here.
    ///
    /// - Parameter reach: asked for only where it decides.
    func hears(_ dossier: String?, _ reach: @autoclosure () -> LiveReach) -> Bool {
        guard let own = self.dossier else { return true }
        guard own == dossier else { return false }
        return about == nil || reach().includes(about)
    }
}
