/// An incremental update (ISO 32000-1, 7.5.6): the file's bytes stay as they are, and changed and new objects follow them.
struct PDFUpdate {
    let file: PDFFile
    private var objects: [Int: [UInt8]] = [:]
    private var next: Int

    init(of file: PDFFile) {
        self.file = file
        next = file.nextNumber
    }

    /// A number for a new object.
    mutating func reserve() -> Int {
        defer { next += 1 }
        return next
    }

    mutating func set(_ number: Int, _ dictionary: PDFDictionary) {
        set(number, PDFValue.dictionary(dictionary))
    }

    mutating func set(_ number: Int, _ value: PDFValue) {
        var body: [UInt8] = []
        value.write(to: &body)
        objects[number] = body
    }

    mutating func set(_ number: Int, _ dictionary: PDFDictionary, stream: [UInt8]) {
        var dictionary = dictionary
        dictionary["Length"] = .integer(stream.count)
        var body: [UInt8] = []
        PDFValue.dictionary(dictionary).write(to: &body)
        body += Array("\nstream\n".utf8) + stream + Array("\nendstream".utf8)
        objects[number] = body
    }

    /// Sets an object's bytes as they are.
    mutating func set(_ number: Int, bytes: [UInt8]) {
        objects[number] = bytes
    }

    /// The whole new file, and where the body of one object begins in it.
    func written(locating wanted: Int) -> (bytes: [UInt8], place: Int) {
        var bytes = file.bytes
        if bytes.last != 0x0A { bytes.append(0x0A) }
        var offsets: [Int: Int] = [:]
        var place = 0
        for (number, body) in objects.sorted(by: { $0.key < $1.key }) {
            offsets[number] = bytes.count
            bytes += "\(number) \(file.generation(of: number)) obj\n".utf8
            if number == wanted { place = bytes.count }
            bytes += body
            bytes += "\nendobj\n".utf8
        }
        let start = bytes.count
        bytes += "xref\n".utf8
        let numbers = offsets.keys.sorted()
        var index = 0
        while index < numbers.count {
            var end = index + 1
            while end < numbers.count, numbers[end] == numbers[end - 1] + 1 { end += 1 }
            bytes += "\(numbers[index]) \(end - index)\n".utf8
            for number in numbers[index..<end] {
                // Twenty bytes each, the end of line included.
                bytes += "\(PDFUpdate.padded(offsets[number] ?? 0, 10)) \(PDFUpdate.padded(file.generation(of: number), 5)) n \n".utf8
            }
            index = end
        }
        var trailer = file.trailer
        trailer["Size"] = .integer(next)
        trailer["Prev"] = .integer(file.crossReference)
        if case .array(let identifiers)? = trailer["ID"], let first = identifiers.first {
            let changed = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
            trailer["ID"] = .array([first, .hexadecimal(digits: PDFValue.hexadecimalDigits(changed), at: 0)])
        }
        bytes += "trailer\n".utf8
        PDFValue.dictionary(trailer).write(to: &bytes)
        bytes += "\nstartxref\n\(start)\n%%EOF\n".utf8
        return (bytes, place)
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
