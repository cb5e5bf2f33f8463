import Acts
import Ledger

/// Whose record it is, and with which key it is signed.
enum RecordOrigin {
    /// The name in the record's first entry, held against the configured one.
    static func resolve(configured: String?, store: any RecordStore, end: Int64) throws -> String {
        guard end > 0 else {
            guard let configured else { throw RecordError.originMissing }
            return configured
        }
        return try resolve(configured: configured, first: store.entries(from: 0, limit: 1).first)
    }

    static func resolve(configured: String?, first stored: StoredEntry?) throws -> String {
        guard let stored else { throw RecordError.damagedEntry(index: 0, reason: "it is missing") }
        let first = try Entry(index: 0, stored: stored)
        guard first.kind == RecordOpened.kind, let opened = try first.payload(as: RecordOpened.self) else {
            throw RecordError.damagedEntry(index: 0, reason: "it does not open a record")
        }
        if let configured, configured != opened.origin {
            throw RecordError.otherOrigin(recorded: opened.origin, configured: configured)
        }
        return opened.origin
    }

    /// The log's key; made anew only where nothing was ever signed.
    static func signer(_ layout: FolderLayout, origin: String, end: Int64, signed: SignedCheckpoint?) throws -> Ed25519NoteSigner {
        let name: KeyName
        do {
            name = try KeyName(origin)
        } catch {
            throw RecordError.badOrigin(origin)
        }
        guard let signer = try LogKey.load(layout, name: name) else {
            // One process of a shared record makes it, and the others find it.
            let lock = try KeysLock(layout.keys)
            defer { lock.release() }
            if let made = try LogKey.load(layout, name: name) { return made }
            guard end == 0, signed == nil else { throw RecordError.keyMissing(file: layout.logKey) }
            return try LogKey.create(layout, name: name)
        }
        if let signed {
            do {
                try signed.verified(origin: origin, by: [signer.verifier])
            } catch {
                throw RecordError.otherKey(file: layout.logKey, reason: "\(error)")
            }
        }
        return signer
    }
}
