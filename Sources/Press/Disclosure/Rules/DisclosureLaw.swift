import Disclosure

/// The markings, laws of access and calendars that the desk goes by: read once, when the desk is made.
struct DisclosureLaw: Sendable {
    let policies: MarkingPolicies
    let regimes: AccessRegimes

    /// The shipped ones. Files that cannot be read leave nothing to mark or count by, and every page that needs one says so.
    init() {
        policies = (try? MarkingPolicies.load()) ?? MarkingPolicies(policies: [])
        regimes = (try? AccessRegimes.load()) ?? AccessRegimes(regimes: [], calendars: [])
    }
}
