import Acts

/// How payloads that a view kept as JSON are read back, by the kind of their acts.
typealias PayloadReaders = [ActKind: @Sendable (JSON) -> (any Payload)?]

/// One kind's entry in ``PayloadReaders``; `nil` for what is not of the form.
func payloadReader<Act: Payload>(_ type: Act.Type) -> (ActKind, @Sendable (JSON) -> (any Payload)?) {
    (Act.kind, { try? Act(json: $0) })
}
