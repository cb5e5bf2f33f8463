/// The content of one kind of act, as a value.
///
/// A payload reads only its own form: what is missing, misspelt or of a wrong type is refused with its place.
public protocol Payload: Sendable {
    static var kind: ActKind { get }
    init(json: JSON) throws(MalformedAct)
    var json: JSON { get }
}
