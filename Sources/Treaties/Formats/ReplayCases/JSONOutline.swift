import Acts

/// The outline of a JSON text: enough of its structure to take its cases apart and to name the place of an error, even where
/// a case inside is malformed.
struct JSONOutline {
    let bytes: [UInt8]

    /// The byte ranges of the elements of the array at the top, or of the member `name` of the object at the top; `nil` where
    /// the text has no such array or its brackets do not match.
    func elements(of name: String) -> [Range<Int>]? {
        var offset = skipSpace(0)
        guard offset < bytes.count else { return nil }
        if bytes[offset] == 0x5B { return elements(at: offset) }
        guard bytes[offset] == 0x7B else { return nil }
        offset = skipSpace(offset + 1)
        while offset < bytes.count, bytes[offset] == 0x22 {
            guard let nameEnd = end(of: offset) else { return nil }
            let found = String(decoding: bytes[(offset + 1)..<(nameEnd - 1)], as: UTF8.self)
            offset = skipSpace(nameEnd)
            guard offset < bytes.count, bytes[offset] == 0x3A else { return nil }
            offset = skipSpace(offset + 1)
            if found == name { return offset < bytes.count && bytes[offset] == 0x5B ? elements(at: offset) : nil }
            guard let valueEnd = end(of: offset) else { return nil }
            offset = skipSpace(valueEnd)
            guard offset < bytes.count, bytes[offset] == 0x2C else { return nil }
            offset = skipSpace(offset + 1)
        }
        return nil
    }

    private func elements(at start: Int) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var offset = skipSpace(start + 1)
        if offset < bytes.count, bytes[offset] == 0x5D { return [] }
        while offset < bytes.count {
            guard let end = end(of: offset), end > offset else { return nil }
            ranges.append(offset..<end)
            offset = skipSpace(end)
            guard offset < bytes.count else { return nil }
            if bytes[offset] == 0x5D { return ranges }
            guard bytes[offset] == 0x2C else { return nil }
            offset = skipSpace(offset + 1)
        }
        return nil
    }

    /// The offset after the value that begins here, by its brackets and quotes alone.
    private func end(of start: Int) -> Int? {
        var offset = start
        var depth = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x22:
                offset += 1
                while offset < bytes.count, bytes[offset] != 0x22 { offset += bytes[offset] == 0x5C ? 2 : 1 }
                guard offset < bytes.count else { return nil }
                offset += 1
                if depth == 0 { return offset }
                continue
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D:
                if depth == 0 { return offset }
                depth -= 1
                if depth == 0 { return offset + 1 }
            case 0x2C where depth == 0: return offset
            default: break
            }
            offset += 1
        }
        return nil
    }

    /// The path to the value that holds the byte at an offset: `.instruments[2].date`.
    func path(to target: Int) -> String {
        enum Level {
            case object(String?)
            case array(Int)
        }
        var levels: [Level] = []
        var expectsName = false
        var offset = 0
        while offset < min(target, bytes.count) {
            switch bytes[offset] {
            case 0x22:
                var end = offset + 1
                while end < bytes.count, bytes[end] != 0x22 { end += bytes[end] == 0x5C ? 2 : 1 }
                if expectsName, case .object = levels.last, end < target {
                    levels[levels.count - 1] = .object(String(decoding: bytes[(offset + 1)..<min(end, bytes.count)], as: UTF8.self))
                    expectsName = false
                }
                offset = end
            case 0x7B:
                levels.append(.object(nil))
                expectsName = true
            case 0x5B: levels.append(.array(0))
            case 0x7D, 0x5D:
                if !levels.isEmpty { levels.removeLast() }
                expectsName = false
            case 0x2C:
                switch levels.last {
                case .array(let index): levels[levels.count - 1] = .array(index + 1)
                case .object:
                    levels[levels.count - 1] = .object(nil)
                    expectsName = true
                case nil: break
                }
            default: break
            }
            offset += 1
        }
        return levels.map { level in
            switch level {
            case .object(let name): name.map { ".\($0)" } ?? ""
            case .array(let index): "[\(index)]"
            }
        }.joined()
    }

    private func skipSpace(_ start: Int) -> Int {
        var offset = start
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
        return offset
    }
}
