/// Text inside XML 1.0, in element content and in quoted attributes alike.
public enum XMLText {
    /// Escaped; characters that XML cannot carry (XML 1.0, 2.2) are left out.
    public static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default:
                let value = scalar.value
                guard value >= 0x20 || value == 0x09 || value == 0x0A, value != 0xFFFE, value != 0xFFFF else { continue }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
