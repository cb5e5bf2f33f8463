import CPKCS11
import SwiftASN1
import X509

/// Versions of Cryptoki that tokens are spoken to in.
public enum Cryptoki {
    public static var version: String { "\(CRYPTOKI_VERSION_MAJOR).\(CRYPTOKI_VERSION_MINOR)" }
}
