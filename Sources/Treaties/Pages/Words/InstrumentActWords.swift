import Acts
import Foundation
import Ledger
import Web

/// What an act about an instrument's text did, in words.
struct InstrumentActWords {
    let actors: ActorTable
    let catalogue: LanguageCatalogue
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.instrument.\(key)", arguments, language)
    }

    func description(of entry: Entry) -> ActDescription? {
        let known: Set<ActKind> = [TreatyTextEntered.kind, TreatyAdopted.kind, TreatyAuthenticated.kind]
        guard known.contains(entry.kind) else { return nil }
        guard case .present = entry.content else { return ActDescription(sentence: catalogue.text("treaties.act.erased", language)) }
        switch entry.kind {
        case TreatyTextEntered.kind: return (try? entry.payload(as: TreatyTextEntered.self)).flatMap { $0 }.map(entered)
        case TreatyAdopted.kind: return (try? entry.payload(as: TreatyAdopted.self)).flatMap { $0 }.map(adopted)
        default: return (try? entry.payload(as: TreatyAuthenticated.self)).flatMap { $0 }.map(authenticated)
        }
    }

    private func languageName(_ tag: String) -> String { language.locale.localizedString(forIdentifier: tag) ?? tag }

    private func treaty(_ number: String) -> ActDescription.Fact {
        ActDescription.Fact(catalogue.text("treaties.act.of-treaty", language), Markup.link(number, to: "/treaties/\(number)"))
    }

    private func fact(_ key: String, _ value: String?) -> [ActDescription.Fact] {
        value.map { [ActDescription.Fact(text(key), text: $0)] } ?? []
    }

    private func hash(_ name: String, _ hexadecimal: String, link: String? = nil) -> ActDescription.Fact {
        let value = Markup.element("bdi", ["class": "mono"], text: hexadecimal)
        return ActDescription.Fact(name, link.map { Markup.element("a", ["href": $0], value) } ?? value)
    }

    /// The texts an act is about, each under its language.
    private func hashes(_ texts: [String: String], of treaty: String) -> [ActDescription.Fact] {
        texts.sorted { $0.key < $1.key }.map { language, hash in
            self.hash(
                "SHA-256 (\(languageName(language)))", hash, link: "/treaties/\(treaty)/text/\(language).akn.xml?sha256=\(hash)")
        }
    }

    private func entered(_ act: TreatyTextEntered) -> ActDescription {
        var facts = [treaty(act.treaty)]
        facts += fact("text.kind", text(act.isAuthentic ? "text.authentic" : "text.translation"))
        facts += hashes([act.language: act.sha256.hexadecimal], of: act.treaty)
        facts += fact("enter.source", act.source)
        return ActDescription(
            sentence: text(
                "act.text-entered",
                [
                    "version": .number(act.version), "treaty": .text(act.treaty), "language": .text(languageName(act.language)),
                    "label": .text(act.label),
                ]), facts: facts)
    }

    private func adopted(_ act: TreatyAdopted) -> ActDescription {
        let votes = act.votes.map { votes in
            text(
                "act.votes",
                ["inFavour": .number(votes.inFavour), "against": .number(votes.against), "abstaining": .number(votes.abstaining)])
        }
        var facts = [treaty(act.treaty)]
        facts += fact("adopt.body", act.body)
        facts += fact("adopt.rule", act.ownRule ?? text("adopt.rule.\(act.rule.rawValue)"))
        facts += fact("adopt.votes", votes)
        facts += hashes(act.texts.mapValues(\.hexadecimal), of: act.treaty)
        if let note = act.note { facts.append(self.note(note)) }
        return ActDescription(
            sentence: text("act.adopted", ["treaty": .text(act.treaty), "date": .date(act.date), "place": .text(act.place)]), facts: facts)
    }

    private func authenticated(_ act: TreatyAuthenticated) -> ActDescription {
        let words = ClauseWords(catalogue: catalogue, language: language, actors: actors)
        var facts = [treaty(act.treaty)]
        facts += fact("authenticate.procedure", text("authenticate.procedure.\(act.procedure.rawValue)"))
        facts.append(hash(text("authenticate.set"), act.textSet.hexadecimal))
        if act.gaps > 0 { facts += fact("act.gaps", language.text(act.gaps)) }
        facts += fact("authenticate.reason", act.reason)
        facts += hashes(act.texts.mapValues(\.hexadecimal), of: act.treaty)
        if let note = act.note { facts.append(self.note(note)) }
        return ActDescription(
            sentence: text(
                "act.authenticated",
                [
                    "treaty": .text(act.treaty), "date": .date(act.date),
                    "languages": .text(words.list(act.texts.keys.sorted().map(languageName))),
                ]), facts: facts)
    }

    private func note(_ note: String) -> ActDescription.Fact {
        ActDescription.Fact(catalogue.text("treaties.act.note", language), text: note)
    }
}
