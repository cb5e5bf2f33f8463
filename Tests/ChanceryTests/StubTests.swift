import Testing
@testable import Chancery
