import CPKCS11

/// PKCS #11 modules in use, by p11-kit: those it is configured with, or one that was named. Let go when the last session ends.
final class TokenModules: @unchecked Sendable {
    // Unchecked: the pointers are set once, and Cryptoki modules under p11-kit lock for themselves (CKF_OS_LOCKING_OK).
    private let all: UnsafeMutablePointer<UnsafeMutablePointer<CK_FUNCTION_LIST>?>?
    private let named: UnsafeMutablePointer<CK_FUNCTION_LIST>?

    init(path: String?) throws(SealError) {
        guard let path else {
            named = nil
            all = p11_kit_modules_load_and_initialize(0)
            guard all != nil else { throw TokenModules.failure("No PKCS #11 module can be loaded") }
            return
        }
        all = nil
        guard let module = p11_kit_module_load(path, 0) else { throw TokenModules.failure("The module \(path) cannot be loaded") }
        guard p11_kit_module_initialize(module) == CKR_OK else {
            p11_kit_module_release(module)
            throw TokenModules.failure("The module \(path) cannot be started")
        }
        named = module
    }

    deinit {
        if let all { p11_kit_modules_finalize_and_release(all) }
        if let named {
            p11_kit_module_finalize(named)
            p11_kit_module_release(named)
        }
    }

    private static func failure(_ text: String) -> SealError {
        let message = p11_kit_message().map { ": \(String(cString: $0))" } ?? ""
        return SealError(
            .missing, "\(text)\(message).", mend: "Install the token's driver, or name it in the address: ?module-path=/path/to/module.so.")
    }

    /// The functions of each module.
    var functions: [UnsafeMutablePointer<CK_FUNCTION_LIST>] {
        if let named { return [named] }
        var list: [UnsafeMutablePointer<CK_FUNCTION_LIST>] = []
        var next = all
        while let place = next, let functions = place.pointee {
            list.append(functions)
            next = place + 1
        }
        return list
    }
}
