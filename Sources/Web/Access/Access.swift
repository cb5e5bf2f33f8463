import Acts

/// The one place where it is decided who may do and read what, from offices, roles and markings alone.
///
/// Pages ask it before they show or do anything, and rules ask it again on the views they read, since an appointment may end
/// between the page and the act. Every refusal says on what it rests.
public struct Access: Sendable {
    public init() {}
}
