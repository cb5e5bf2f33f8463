import Acts

/// The description of the node's public resources, in OpenAPI 3.1.
public struct OpenAPIDocument: Sendable {
    public init() {}
}
