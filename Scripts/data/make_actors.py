#!/usr/bin/env python3
"""Writes the actor table: Sources/Acts/Actors/Data/actors.json and groups.json. Facts only.

    python3 -m venv V && V/bin/pip install babel pycountry && V/bin/pip download --no-deps hdx-python-country
    V/bin/python Scripts/data/make_actors.py TAXONOMY.csv SHARED_DATA_TREATIES_FOLDER

Sources, and what is taken from each:
- states.py, organizations.py, groups.py here: dates, successions, former names, organizations, memberships.
- The countries and territories taxonomy of the OCHA Humanitarian Data Exchange, carried by the package
  hdx-python-country (MIT): short names of the United Nations terminology list in English, French, Spanish, Russian,
  Chinese and Arabic, English formal names, M49 numbers, ISO 3166-1 codes.
- Unicode CLDR through babel (Unicode License v3): Indonesian names; everyday names in all languages, as aliases.
- ISO 3166-1 through pycountry (LGPL-2.1): only to check codes and numbers against.
- groups/*.csv of openclimatedata/countrygroups (CC0): current membership of groups, spellings.

Licence of this program: Apache-2.0, as the project.
"""
import csv
import json
import pathlib
import sys
import unicodedata

import babel
import pycountry

import groups as group_facts
import organizations
import states
from states import LANGUAGES

ROOT = pathlib.Path(__file__).resolve().parents[2]
OBSERVERS = {"VAT", "PSE"}
REGIONS = {"African Group": "un-african", "Asia-Pacific Group": "un-asia-pacific", "Eastern European Group": "un-eastern-european",
           "GRULAC": "un-grulac", "WEOG": "un-weog"}
CLDR_LOCALES = {"en": "en", "fr": "fr", "es": "es", "ru": "ru", "zh": "zh", "ar": "ar", "id": "id"}


def folded(name):
    """As ActorTable folds names: no case, no diacritics, no punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())


def straight(name):
    return " ".join(name.replace("’", "'").split())


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def members_states(taxonomy, shared):
    columns = {"en": "English Short", "fr": "French Short", "es": "Spanish Short", "ru": "Russian Short",
               "zh": "Chinese Short", "ar": "Arabic Short"}
    regions = {row["Code"]: REGIONS[row["Region"]] for row in read(shared / "groups/un-regional-groups.csv")}
    locales = {language: babel.Locale.parse(tag).territories for language, tag in CLDR_LOCALES.items()}
    actors = []
    for row in read(taxonomy):
        code = row["ISO 3166-1 Alpha 3-Codes"]
        if len(code) != 3 or row["Appears in UNTERM list"] != "Y":
            continue
        alpha2 = row["ISO 3166-1 Alpha 2-Codes"]
        iso = pycountry.countries.get(alpha_3=code)
        if iso.alpha_2 != alpha2 or int(iso.numeric) != int(row["m49 numerical code"]):
            raise SystemExit(f"{code}: the taxonomy and ISO 3166-1 disagree")
        names = {language: straight(row[column]) for language, column in columns.items()}
        names["id"] = states.INDONESIAN.get(code, straight(locales["id"][alpha2]))
        for language in LANGUAGES:
            names[language] = states.CORRECTED.get((code, language), names[language])
        formal = row["English Formal"].removeprefix("the ")
        actor = {"code": code, "kind": "observerState" if code in OBSERVERS else "state", "alpha2": alpha2, "m49": int(iso.numeric)}
        if code in states.BEGINNINGS:
            actor["from"] = states.BEGINNINGS[code]
        if code in regions:
            actor["region"] = regions[code]
        actor["names"] = names
        if formal != names["en"]:
            actor["formal"] = {"en": formal}
        if code in states.FORMER_NAMES:
            actor["former"] = [former(*entry) for entry in states.FORMER_NAMES[code]]
        actor["aliases"] = states.ALIASES.get(code, []) + [straight(locales[language][alpha2]) for language in LANGUAGES]
        if code in states.NOTES:
            actor["note"] = states.NOTES[code]
        actors.append(actor)
    return actors


def former(first, last, names):
    entry = {"until": last, "names": names}
    if first:
        entry["from"] = first
    return entry


def described(facts, kind):
    actor = {"code": facts["code"], "kind": facts.get("kind", kind)}
    for key, name in (("alpha2", "alpha2"), ("m49", "m49"), ("since", "from"), ("until", "until")):
        if key in facts:
            actor[name] = facts[key]
    actor["names"] = facts["names"]
    if "formal" in facts:
        actor["formal"] = {"en": facts["formal"]}
    if "former" in facts:
        actor["former"] = [former(*entry) for entry in facts["former"]]
    actor["aliases"] = list(facts.get("aliases", []))
    if "note" in facts:
        actor["note"] = facts["note"]
    return actor


def organization(code, kind, founded, ended, aliases, names):
    actor = {"code": code, "kind": {"r": "regionalOrganization", "i": "internationalOrganization"}[kind]}
    if founded:
        actor["from"] = founded
    if ended:
        actor["until"] = ended
    actor["names"] = names
    if code in organizations.FORMER:
        actor["former"] = [former(*entry) for entry in organizations.FORMER[code]]
    actor["aliases"] = list(aliases)
    if code in organizations.NOTES:
        actor["note"] = organizations.NOTES[code]
    return actor


def spellings(shared, by_alpha2):
    """Every spelling of the shared data files: (code, name)."""
    for path in sorted(shared.glob("groups/*.csv")) + sorted(shared.glob("participation/*.csv")):
        for row in read(path):
            yield ("EU" if row["Code"] == "EUU" else row["Code"]), row["Name"]
    for row in read(shared / "general-assembly-roll-calls/countries.csv"):
        if row["code"] in by_alpha2:
            yield by_alpha2[row["code"]], row["name"]


def own_names(actor):
    yield from actor["names"].values()
    yield from actor.get("formal", {}).values()
    for entry in actor.get("former", []):
        yield from entry["names"].values()


def settle_aliases(actors, extra):
    """Drops aliases that say nothing new, and those that are another actor's name; refuses what stays ambiguous."""
    by_code = {actor["code"]: actor for actor in actors}
    for code, name in extra:
        by_code[code]["aliases"].append(straight(name))
    names = {}
    for actor in actors:
        for name in own_names(actor):
            names.setdefault(folded(name), set()).add(actor["code"])
    for actor in actors:
        for code in filter(None, (actor["code"], actor.get("alpha2"))):
            names.setdefault(folded(code), set()).add(actor["code"])
    taken = {}
    for actor in actors:
        own = {folded(name) for name in own_names(actor)} | {actor["code"].casefold(), actor.get("alpha2", "").casefold()}
        kept = []
        for alias in actor["aliases"]:
            key = folded(alias)
            if not key or key in own:
                continue
            holders = names.get(key, set()) - {actor["code"]}
            if holders:
                print(f"  dropped alias {alias!r} of {actor['code']}: a name or code of {sorted(holders)}")
                continue
            if taken.get(key, actor["code"]) != actor["code"]:
                raise SystemExit(f"alias {alias!r} is both {taken[key]} and {actor['code']}")
            taken[key] = actor["code"]
            own.add(key)
            kept.append(alias)
        actor["aliases"] = kept
        if not kept:
            del actor["aliases"]
    for key, holders in sorted(names.items()):
        if len(holders) > 1:
            print(f"  shared name {key!r}: {sorted(holders)}")


def all_groups(shared, actors):
    facts, current = group_facts, lambda name: [row["Code"] for row in read(shared / f"groups/{name}.csv")]
    code = lambda c: "EU" if c == "EUU" else c
    undated = lambda name: [(code(c), None, None) for c in current(name)]
    groups = {"un-members": facts.united_nations(), "security-council-permanent": facts.PERMANENT}
    for group in REGIONS.values():
        rows = [(a["code"], None, None) for a in actors if a.get("region") == group]
        groups[group] = rows + [(c, f, u) for g, c, f, u in facts.REGIONAL_FORMER if g == group]
    groups |= {"eu": facts.EUROPEAN_UNION, "coe": facts.COUNCIL_OF_EUROPE, "asean": facts.ASEAN, "oecd": facts.OECD,
               "opec": facts.OPEC, "brics": facts.BRICS, "g77": undated("g77"), "aosis": undated("aosis"),
               "lldc": undated("lldc"), "sids": undated("sids"), "g20": undated("g20"), "arab-group": undated("arab-group"),
               "eig": undated("eig"), "umbrella": undated("umbrella")}
    groups["ldc"] = [(row["Code"], f"{row['Year-Of-Inclusion']}-01-01", None) for row in read(shared / "groups/ldc.csv")
                     if row["Code"] not in facts.GRADUATED] + [(c, f, u) for c, (f, u) in facts.GRADUATED.items()]
    groups["imo"] = [(row["Code"], row["Date"], None) for row in read(shared / "groups/imo.csv")]
    later = {c: day for day, codes in facts.ANNEX_ONE_LATER.items() for c in codes.split()}
    groups["annex-one"] = [(code(c), later.get(c, "1994-03-21"), None) for c in current("annex-one")]
    annex2 = facts.CTBT_ANNEX_2.split()
    if len(annex2) != 44:
        raise SystemExit(f"{len(annex2)} States in Annex 2")
    groups["ctbt-annex-2"] = [(c, None, None) for c in annex2]
    for name, own in (("european-union", "eu"), ("oecd", "oecd")):
        today = {c for c, _, until in groups[own] if until is None}
        if today != set(current(name)):
            raise SystemExit(f"{own} differs from {name}.csv: {today ^ set(current(name))}")
    for name in ("opec", "brics"):
        print(f"  {name} against the file:", sorted({c for c, _, u in groups[name] if u is None} ^ set(current(name))))
    same = {"un-members": facts.UN_SAME_SEAT, "security-council-permanent": facts.PERMANENT_SAME_SEAT}
    known = {actor["code"] for actor in actors}
    for id, rows in groups.items():
        for c, first, last in rows:
            if c not in known or (first and last and first > last):
                raise SystemExit(f"{id}: {c} {first} {last}")
        yield {"id": id, "names": facts.NAMES[id], **({"note": facts.NOTES[id]} if id in facts.NOTES else {}),
               "members": [trimmed(row) for row in sorted(rows, key=lambda r: (r[0], r[1] or ""))],
               **({"sameSeat": [list(row) for row in same[id]]} if id in same else {})}


def trimmed(row):
    row = list(row)
    while row[-1] is None:
        row.pop()
    return row


def write(name, key, entries, **head):
    compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    target = ROOT / "Sources/Acts/Actors/Data" / name
    target.write_text(compact({"version": 1, **head})[:-1] + f',"{key}":[\n' + ",\n".join(map(compact, entries)) + "\n]}\n", encoding="utf-8")
    print(f"{name}: {len(entries)} {key}, {target.stat().st_size} bytes")


def main():
    taxonomy, shared = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    actors = members_states(taxonomy, shared)
    actors += [described(facts, "extinctState") for facts in states.FORMER_STATES]
    actors += [described(facts, "entity") for facts in states.ENTITIES]
    actors += [organization(*row) for row in organizations.ORGANIZATIONS]
    actors.sort(key=lambda actor: actor["code"])
    codes = [actor["code"] for actor in actors]
    if len(set(codes)) != len(codes):
        raise SystemExit("a code is used twice")
    for actor in actors:
        if set(actor["names"]) != set(LANGUAGES) or not all(actor["names"].values()):
            raise SystemExit(f"{actor['code']} lacks a language")
    by_alpha2 = {actor["alpha2"]: actor["code"] for actor in actors if "alpha2" in actor}
    settle_aliases(actors, spellings(shared, by_alpha2))
    write("actors.json", "actors", actors, languages=LANGUAGES, successions=[list(s) for s in states.SUCCESSIONS])
    write("groups.json", "groups", list(all_groups(shared, actors)))


if __name__ == "__main__":
    main()
