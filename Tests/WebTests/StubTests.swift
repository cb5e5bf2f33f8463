import Testing
@testable import Web
import HummingbirdTesting
