import Crypto
import Hummingbird
import Metrics
import Mustache
