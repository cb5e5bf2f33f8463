import Foundation
import TestSupport
import Testing

@testable import Acts

/// Values by lot through our writer, read by others; and changed texts through our reader.
@Suite("JSON by lot")
struct CanonicalJSONPropertyTests {
    private var generator: SeededGenerator

    init() {
        let seed = UInt64(ProcessInfo.processInfo.environment["CHANCERY_SEED"] ?? "") ?? UInt64.random(in: 0 ... .max)
        print("JSON fuzz seed \(seed)")
        generator = SeededGenerator(seed: seed)
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let range: ClosedRange<UInt32> =
                [0...0x1F, 0x20...0x7E, 0x7F...0x7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF].randomElement(
                    using: &generator) ?? 0x20...0x7E
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    private mutating func double() -> Double {
        while true {
            let value = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &generator))
            if value.isFinite { return value }
        }
    }

    private mutating func value(depth: Int = 0) -> JSON {
        switch Int.random(in: 0..<(depth < 4 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &generator))
        case 3:
            let number = double()
            return number == number.rounded() && abs(number) <= 9_007_199_254_740_991 ? .integer(Int64(number)) : .number(number)
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in value(depth: depth + 1) })
        default:
            return .object(JSONObject((0..<Int.random(in: 0..<5, using: &generator)).map { _ in (text(), value(depth: depth + 1)) }))
        }
    }

    @Test("Every value reads back from its canonical form, which is written again to the same bytes")
    mutating func fixedPoint() throws {
        for _ in 0..<3_000 {
            let value = value()
            let bytes = value.canonicalBytes
            let read = try JSONParser.parse(bytes)
            #expect(read == value)
            #expect(read.canonicalBytes == bytes)
        }
    }

    @Test("Doubles of any bits and around every power of ten and two are written in digits that read back the same")
    mutating func doubles() throws {
        var numbers = (0..<20_000).map { _ in double() }
        for exponent in -330...308 {
            let power = Double("1e\(exponent)") ?? 0
            numbers += [power, power.nextUp, power.nextDown, -power]
        }
        for exponent in -1_074...1_023 {
            let power = Double(sign: .plus, exponent: exponent, significand: 1)
            numbers += [power, power.nextUp, power.nextDown]
        }
        for number in numbers where number.isFinite {
            let text = CanonicalJSONWriter.text(of: number)
            #expect(Double(text) == number, "\(number)")
            #expect(text == "0" || !text.hasPrefix("-0") || text.hasPrefix("-0."))
        }
    }

    @Test("The independent implementation, given our bytes, writes the same (PyPI rfc8785)")
    mutating func fixedPointOfAnother() throws {
        guard let python = CanonicalJSONTests.python() else {
            print("NOT CHECKED by rfc8785: no Python with that package; `make test` sets it up")
            return
        }
        var lines = (0..<2_000).map { _ in value().canonicalBytes }
        lines += (0..<2_000).map { _ in JSON.array([.number(double())]).canonicalBytes }
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(path: "chancery-json-\(UUID().uuidString)")
        try Data(lines.flatMap { $0 + [0x0A] }).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = """
            import json, sys
            import rfc8785
            checked = 0
            for line in open(sys.argv[1], "rb").read().split(b"\\n")[:-1]:
                value = json.loads(line, parse_int=lambda digits: int(digits) if abs(int(digits)) < 2**53 else float(digits))
                if rfc8785.dumps(value) != line:
                    print("differs", line, rfc8785.dumps(value))
                    sys.exit(1)
                checked += 1
            print("checked", checked)
            """
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script, file.path(percentEncoded: false)]
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(output == "checked \(lines.count)\n")
    }

    @Test("Members stand in the order of UTF-16 code units, whatever their names")
    mutating func order() {
        for _ in 0..<2_000 {
            let object = JSONObject((0..<8).map { _ in (text(), .null) })
            let names = object.names.map { Array($0.utf16) }
            for (left, right) in zip(names, names.dropFirst()) { #expect(left.lexicographicallyPrecedes(right)) }
            for name in object.names { #expect(object[name] == .null) }
        }
    }

    @Test("Changed texts are refused with a place within them, or read as a value that can be written")
    mutating func changedTexts() {
        for _ in 0..<1_500 {
            let original = value().canonicalBytes
            for _ in 0..<6 {
                var bytes = original
                for _ in 0..<Int.random(in: 1..<4, using: &generator) where !bytes.isEmpty {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                    case 1: bytes.remove(at: place)
                    default: bytes.insert(contentsOf: original.prefix(Int.random(in: 0..<9, using: &generator)), at: place)
                    }
                }
                do {
                    let value = try JSONParser.parse(bytes)
                    #expect((try? JSONParser.parse(value.canonicalBytes)) == value)
                } catch {
                    #expect(0...bytes.count ~= error.offset)
                    #expect(!error.reason.isEmpty)
                }
            }
        }
    }
}
