import Foundation
import Mustache

/// All templates of the house and its desks, once per language, with every `[[key]]` already replaced by that language's text.
///
/// `[[key]]` is the escaped text; where the text has a parameter, `{date}`, the template's own `{{date}}` stands in its place.
/// A text with plural forms needs a count and is therefore made in Swift.
struct TemplateLibrary: Sendable {
    /// A folder of `.mustache` files and what stands before their names: `treaties` makes `register.mustache` `treaties/register`.
    struct Folder: Sendable {
        let prefix: String
        let url: URL
    }

    /// Names of all templates, sorted.
    let names: [String]
    private let libraries: [Language: MustacheLibrary]

    init(folders: [Folder], catalogue: LanguageCatalogue) throws(TemplateError) {
        var sources: [String: String] = [:]
        for folder in folders {
            for (name, source) in try TemplateLibrary.read(folder) {
                guard sources.updateValue(source, forKey: name) == nil else {
                    throw TemplateError(template: name, reason: "stands in two folders")
                }
            }
        }
        var libraries: [Language: MustacheLibrary] = [:]
        for language in catalogue.languages {
            var library = MustacheLibrary()
            for (name, source) in sources {
                let translated = try TemplateLibrary.translate(source, named: name, catalogue, language)
                do {
                    try library.register(translated, named: name)
                } catch {
                    throw TemplateError(template: name, reason: "is not Mustache: \(error)")
                }
            }
            libraries[language] = library
        }
        self.libraries = libraries
        names = sources.keys.sorted()
    }

    /// - Throws: `TemplateError` where there is no template of that name.
    func render(_ name: String, _ context: Any, _ language: Language) throws(TemplateError) -> String {
        guard let library = libraries[language] ?? libraries[.english], let template = library.getTemplate(named: name) else {
            throw TemplateError(template: name, reason: "does not exist")
        }
        return template.render(context, library: library)
    }

    /// The keys between double brackets, in order.
    static func keys(in source: String) -> [String] {
        var keys: [String] = []
        var rest = source[...]
        while let open = rest.range(of: "[["), let close = rest[open.upperBound...].range(of: "]]") {
            keys.append(String(rest[open.upperBound..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return keys
    }

    private static func translate(
        _ source: String, named name: String, _ catalogue: LanguageCatalogue, _ language: Language
    ) throws(TemplateError) -> String {
        var translated = ""
        var rest = source[...]
        while let open = rest.range(of: "[["), let close = rest[open.upperBound...].range(of: "]]") {
            let key = String(rest[open.upperBound..<close.lowerBound])
            guard let text = catalogue.templateText(key, language) else {
                throw TemplateError(template: name, reason: "uses the text '\(key)', which does not exist or has plural forms")
            }
            translated += rest[..<open.lowerBound]
            translated += text
            rest = rest[close.upperBound...]
        }
        return translated + rest
    }

    private static func read(_ folder: Folder) throws(TemplateError) -> [(String, String)] {
        let root = folder.url.standardizedFileURL.path(percentEncoded: false)
        guard let walk = FileManager.default.enumerator(atPath: root) else {
            throw TemplateError(template: folder.prefix, reason: "has no folder at \(root)")
        }
        var templates: [(String, String)] = []
        for case let path as String in walk where path.hasSuffix(".mustache") {
            let name = (folder.prefix.isEmpty ? "" : folder.prefix + "/") + path.dropLast(".mustache".count)
            do {
                templates.append((name, try String(contentsOf: folder.url.appending(path: path), encoding: .utf8)))
            } catch {
                throw TemplateError(template: name, reason: "cannot be read: \(error)")
            }
        }
        return templates
    }
}

/// A template that cannot be used, and why.
public struct TemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    public let template: String
    /// In English.
    public let reason: String

    public var description: String { "template \(template) \(reason)" }
}
