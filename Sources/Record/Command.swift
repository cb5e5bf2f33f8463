public import Acts
public import GRDB

/// What somebody wants entered: a rule that decides, at its turn, which acts.
public struct Command: Sendable {
    let rule: @Sendable (RuleContext) throws -> [ActDraft]
    /// Whether it enters the record's own kinds, which no desk may.
    private(set) var isRecordsOwn = false

    /// - Parameter rule: reads the views as they are at its turn (earlier commands of the batch included) and returns the acts to
    ///   enter, or throws a `Refusal`. It does no I/O beyond those reads, and writes nothing: a rule may be run again when a
    ///   batch has to be repeated.
    public init(_ rule: @escaping @Sendable (RuleContext) throws -> [ActDraft]) {
        self.rule = rule
    }

    /// Enters these acts, whatever the views say.
    public init(_ drafts: [ActDraft]) {
        rule = { _ in drafts }
    }

    /// Entries whose payloads go with it.
    private(set) var erased: [Int64] = []

    /// Whether what goes is only in views that forget it by themselves.
    private(set) var isForgottenByViews = false

    static func ofRecord(
        erasing erased: [Int64] = [], isForgottenByViews: Bool = false,
        _ rule: @escaping @Sendable (RuleContext) throws -> [ActDraft]
    ) -> Command {
        var command = Command(rule)
        command.isRecordsOwn = true
        command.erased = erased
        command.isForgottenByViews = isForgottenByViews
        return command
    }
}

/// What a rule sees.
public struct RuleContext {
    /// The views, to be read.
    public let database: Database
    /// When the node receives the act.
    public let now: Moment
    /// The place of the command's first act, if it is entered.
    public let nextIndex: Int64

    /// The same for acts that come after others of the same command.
    public func after(_ count: Int64) -> RuleContext {
        RuleContext(database: database, now: now, nextIndex: nextIndex + count)
    }
}
