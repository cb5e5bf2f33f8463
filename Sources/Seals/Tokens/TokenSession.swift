import CPKCS11

/// A session with one token, open and signed in (PKCS #11 2.40, 5.6).
final class TokenSession: @unchecked Sendable {
    // Unchecked: Cryptoki modules under p11-kit may be called from any thread; a session is used by one call at a time, which
    // `TokenKey` sees to.
    private let modules: TokenModules
    private let functions: UnsafeMutablePointer<CK_FUNCTION_LIST>
    private var handle: ck_session_handle_t = 0
    let label: String

    private struct Slot {
        let functions: UnsafeMutablePointer<CK_FUNCTION_LIST>
        let identifier: ck_slot_id_t
        let info: ck_token_info
        let label: String
    }

    /// - Parameter pin: asked for once; `nil` from it means that there is none.
    init(_ address: TokenAddress, pin: (_ token: String) throws -> [UInt8]?) throws {
        modules = try TokenModules(path: address.modulePath)
        let slots = TokenSession.slots(modules)
        let found = slots.filter { TokenSession.matches($0, address) }
        guard let slot = found.first else {
            let present = slots.map { "'\($0.label)'" }.joined(separator: ", ")
            throw SealError(
                .missing, address.token.map { "There is no token '\($0)'." } ?? "There is no such token.",
                mend: present.isEmpty ? "Put the token in, and check that its driver is installed." : "Present are: \(present).")
        }
        guard found.count == 1 else {
            throw SealError(
                .missing, "More than one token answers to this address: \(found.map { "'\($0.label)'" }.joined(separator: ", ")).",
                mend: "Name one with token=LABEL or serial=NUMBER.")
        }
        functions = slot.functions
        label = slot.label
        try TokenSession.check(functions.pointee.C_OpenSession(slot.identifier, ck_flags_t(CKF_SERIAL_SESSION), nil, nil, &handle), label)
        if slot.info.flags & ck_flags_t(CKF_LOGIN_REQUIRED) != 0 {
            do {
                try signIn(slot.info, pin: pin)
            } catch {
                _ = functions.pointee.C_CloseSession(handle)
                throw error
            }
        }
    }

    deinit {
        _ = functions.pointee.C_CloseSession(handle)
    }

    private func signIn(_ info: ck_token_info, pin: (String) throws -> [UInt8]?) throws {
        guard info.flags & ck_flags_t(CKF_USER_PIN_LOCKED) == 0 else { throw TokenSession.locked(label) }
        let result: CK_RV
        if info.flags & ck_flags_t(CKF_PROTECTED_AUTHENTICATION_PATH) != 0 {
            result = functions.pointee.C_Login(handle, ck_user_type_t(CKU_USER), nil, 0)
        } else {
            guard var secret = try pin(label) else {
                throw SealError(
                    .secretNeeded, "The token '\(label)' wants its PIN.",
                    mend: "Give it at the prompt, or in a file: ?pin-source=file:PATH.")
            }
            let length = CUnsignedLong(secret.count)
            result = functions.pointee.C_Login(handle, ck_user_type_t(CKU_USER), &secret, length)
        }
        if result == CK_RV(CKR_USER_ALREADY_LOGGED_IN) { return }
        try TokenSession.check(result, label)
    }

    private static func slots(_ modules: TokenModules) -> [Slot] {
        modules.functions.flatMap { functions -> [Slot] in
            var count: CUnsignedLong = 0
            guard functions.pointee.C_GetSlotList(1, nil, &count) == CKR_OK, count > 0, count <= 1_024 else { return [] }
            var identifiers = [ck_slot_id_t](repeating: 0, count: Int(count))
            guard functions.pointee.C_GetSlotList(1, &identifiers, &count) == CKR_OK else { return [] }
            return identifiers.prefix(Int(count)).compactMap { identifier in
                var info = ck_token_info()
                guard functions.pointee.C_GetTokenInfo(identifier, &info) == CKR_OK, info.flags & ck_flags_t(CKF_TOKEN_INITIALIZED) != 0
                else { return nil }
                return Slot(functions: functions, identifier: identifier, info: info, label: text(of: info.label))
            }
        }
    }

    private static func matches(_ slot: Slot, _ address: TokenAddress) -> Bool {
        (address.token == nil || address.token == slot.label)
            && (address.serial == nil || address.serial == text(of: slot.info.serial_number))
            && (address.manufacturer == nil || address.manufacturer == text(of: slot.info.manufacturer_id))
            && (address.model == nil || address.model == text(of: slot.info.model))
    }

    /// A field padded with blanks.
    private static func text<Field>(of field: Field) -> String {
        withUnsafeBytes(of: field) { bytes in
            var bytes = Array(bytes)
            while bytes.last == 0x20 || bytes.last == 0 { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    // MARK: Objects

    /// Handles of the objects of a class, with a label and an identifier where these are given.
    func objects(class objectClass: CUnsignedLong, label: String?, identifier: [UInt8]?) throws(SealError) -> [ck_object_handle_t] {
        var kind = objectClass
        var text = Array((label ?? "").utf8)
        var bytes = identifier ?? []
        let textLength = CUnsignedLong(text.count)
        let bytesLength = CUnsignedLong(bytes.count)
        let result = withUnsafeMutableBytes(of: &kind) { kindBytes in
            text.withUnsafeMutableBytes { textBytes in
                bytes.withUnsafeMutableBytes { identifierBytes in
                    var template = [
                        ck_attribute(
                            type: ck_attribute_type_t(CKA_CLASS), value: kindBytes.baseAddress,
                            value_len: CUnsignedLong(MemoryLayout<CUnsignedLong>.size))
                    ]
                    if label != nil {
                        template.append(
                            ck_attribute(type: ck_attribute_type_t(CKA_LABEL), value: textBytes.baseAddress, value_len: textLength))
                    }
                    if identifier != nil {
                        template.append(
                            ck_attribute(type: ck_attribute_type_t(CKA_ID), value: identifierBytes.baseAddress, value_len: bytesLength))
                    }
                    let count = CUnsignedLong(template.count)
                    return functions.pointee.C_FindObjectsInit(handle, &template, count)
                }
            }
        }
        try TokenSession.check(result, self.label)
        defer { _ = functions.pointee.C_FindObjectsFinal(handle) }
        var found = [ck_object_handle_t](repeating: 0, count: 64)
        var count: CUnsignedLong = 0
        try TokenSession.check(functions.pointee.C_FindObjects(handle, &found, 64, &count), self.label)
        return Array(found.prefix(Int(count)))
    }

    /// An attribute's bytes; `nil` where the object has no such attribute, or keeps it to itself.
    func attribute(_ type: CUnsignedLong, of object: ck_object_handle_t) -> [UInt8]? {
        var query = ck_attribute(type: ck_attribute_type_t(type), value: nil, value_len: 0)
        guard functions.pointee.C_GetAttributeValue(handle, object, &query, 1) == CKR_OK, query.value_len > 0, query.value_len <= 4_096
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(query.value_len))
        let length = query.value_len
        let result = bytes.withUnsafeMutableBytes { buffer in
            var query = ck_attribute(type: ck_attribute_type_t(type), value: buffer.baseAddress, value_len: length)
            return functions.pointee.C_GetAttributeValue(handle, object, &query, 1)
        }
        return result == CKR_OK ? bytes : nil
    }

    func sign(_ data: [UInt8], with key: ck_object_handle_t, mechanism: CUnsignedLong) throws(SealError) -> [UInt8] {
        var mechanism = ck_mechanism(mechanism: ck_mechanism_type_t(mechanism), parameter: nil, parameter_len: 0)
        try TokenSession.check(functions.pointee.C_SignInit(handle, &mechanism, key), label)
        var data = data
        var signature = [UInt8](repeating: 0, count: 1_024)
        var length = CUnsignedLong(signature.count)
        let count = CUnsignedLong(data.count)
        try TokenSession.check(functions.pointee.C_Sign(handle, &data, count, &signature, &length), label)
        return Array(signature.prefix(Int(length)))
    }

    // MARK: Errors

    private static func locked(_ label: String) -> SealError {
        SealError(
            .locked, "The token '\(label)' is locked after too many wrong PINs.",
            mend: "Have its PIN reset with the administrator's (SO) PIN.")
    }

    private static func check(_ result: CK_RV, _ label: String) throws(SealError) {
        switch Int32(truncatingIfNeeded: result) {
        case Int32(CKR_OK): return
        case Int32(CKR_PIN_INCORRECT), Int32(CKR_PIN_INVALID), Int32(CKR_PIN_LEN_RANGE):
            throw SealError(
                .secretWrong, "The PIN of the token '\(label)' is wrong.", mend: "Try again, but not too often: the token locks itself.")
        case Int32(CKR_PIN_LOCKED): throw locked(label)
        case Int32(CKR_PIN_EXPIRED), Int32(CKR_USER_PIN_NOT_INITIALIZED):
            throw SealError(.locked, "The PIN of the token '\(label)' is not set.", mend: "Set it with the token's own program.")
        default:
            throw SealError(
                .failed, "The token '\(label)' answered with the error 0x\(String(UInt64(result), radix: 16)) (PKCS #11, CKR).",
                mend: "Take it out, put it in again and retry; if it persists, ask whoever issued it.")
        }
    }
}
