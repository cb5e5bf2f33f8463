import Acts

/// What somebody asked by the public form, as the office has it.
struct AskedFile: Sendable {
    let act: AccessAsked
    let office: String
    let entry: Int64
    let at: Moment
    /// Who asked and how to answer; `nil`: it was erased.
    let contact: String?
    let settled: AccessAskedSettled?
}
