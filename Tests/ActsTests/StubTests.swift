import Testing
@testable import Acts
