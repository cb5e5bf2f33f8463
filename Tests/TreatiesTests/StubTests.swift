import Testing
@testable import Treaties
