#!/usr/bin/env python3
"""Writes Sources/Treaties/Sample/register.json, the sample register (facts only; schema in the README beside it).

    python3 Scripts/data/make_register.py SHARED_DATA_TREATIES_FOLDER

The folder holds entry-into-force-cases.json (participation: United Nations Treaty Collection status tables of 14 March
2015, facts published by the depositary) and participation/paris-agreement.csv (openclimatedata; facts). Needs
Sources/Acts/Actors/Data/actors.json, made by make_actors.py, to turn participants' names into codes.

Licence: Apache-2.0, as the project.
"""
import csv
import json
import pathlib
import re
import sys
import unicodedata

from bbnj import BBNJ
from treaties import CHAPTERS, DEPOSITARY, TREATIES

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROMAN = {number: roman for roman, (number, _) in CHAPTERS.items()}


def folded(name):
    """As ActorTable folds names: no case, no diacritics, no punctuation."""
    text = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in text if c.isalnum())


def actor_codes():
    table = json.loads((ROOT / "Sources/Acts/Actors/Data/actors.json").read_text())
    codes = {}
    for actor in table["actors"]:
        names = [*actor["names"].values(), *actor.get("formal", {}).values()]
        names += [n for former in actor.get("former", []) for n in former["names"].values()]
        names += [actor["code"], *actor.get("aliases", [])]
        for name in names:
            codes.setdefault(folded(name), actor["code"])
    return codes


def identifier(source):
    """`treaties/4-11-c.csv` is IV-11-c; the TIR Convention is in part A of chapter XI."""
    chapter, rest = re.search(r"treaties/(\d+)-([\w-]+)\.csv", source).groups()
    roman = ROMAN[int(chapter)]
    return f"{roman}-A-{rest}" if roman == "XI" else f"{roman}-{rest}"


def grouped(rows):
    """[(code, kind, date, effect or None)] by actor, each actor's acts by date, actors by code."""
    by_actor = {}
    for code, kind, date, *effect in rows:
        by_actor.setdefault(code, []).append([kind, date, *[e for e in effect if e]])
    order = {"signature": 0}
    for acts in by_actor.values():
        acts.sort(key=lambda act: (act[1], order.get(act[0], 1)))
    return [[code, by_actor[code]] for code in sorted(by_actor)]


def treaty(id, article, clause, rows, as_of, source, confidence, expected):
    facts = TREATIES[id]
    number, *summary = article.split(": ", 1)
    clause = dict(clause)
    # A clause without `later` would mean that a later joiner is bound on the day of its consent (VCLT art. 24(3)). All of these
    # treaties say otherwise: their own rule for later joiners, or the same delay again.
    clause["later"] = facts.get("later", dict(clause["delay"]))
    entry = {"id": id, "chapter": id.split("-")[0], "title": facts["title"]}
    if "short" in facts:
        entry["short"] = facts["short"]
    for key in ("place", "date", "adopted", "opened", "closed"):
        if key in facts:
            entry[key] = facts[key]
    entry |= {"article": number, "summary": summary[0] if summary else ""}
    if "laterArticle" in facts:
        entry["laterArticle"] = facts["laterArticle"]
    entry |= {"clause": clause, "asOf": as_of, "source": source, "confidence": confidence,
              "expected": {"entryIntoForce": expected}, "instruments": grouped(rows)}
    return entry


def paris(folder, codes):
    rows, shares = [], {}
    with open(folder / "participation/paris-agreement.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = codes[folded(row["Code"])]
            if row["Signature"]:
                rows.append((code, "signature", row["Signature"]))
            if row["Percentage"]:
                shares[code] = float(row["Percentage"])
            if not row["Ratification"]:
                continue
            if code == "USA":
                # The published table shows only the latest instrument; the earlier participation is part of the record.
                rows.append((code, "acceptance", "2016-09-03", "2016-11-04"))
                rows.append((code, "withdrawal", "2019-11-04", "2020-11-04"))
            rows.append((code, row["Kind"].lower(), row["Ratification"], row["Date-Of-Effect"]))
    del shares["EU"]
    clause = {"condition": {"all": [{"count": 55}, {"share": 55, "metric": "emissions"}]},
              "delay": {"unit": "days", "count": 30}, "regionalOrganizationsCount": False}
    entry = treaty(
        "XXVII-7-d",
        "Art. 21(1): on the 30th day after at least 55 Parties to the Convention accounting for at least an estimated 55 per "
        "cent of total global greenhouse gas emissions have deposited their instruments",
        clause, rows, "2024-12-31",
        "Participation, dates of effect and emissions shares: openclimatedata/paris-agreement-entry-into-force@b4258e3; "
        "first acceptance and withdrawal of the United States: depositary notifications",
        "verified-from-source (instruments and dates of effect); United States 2016 to 2020 from memory (high)",
        "2016-11-04")
    entry["metrics"] = {"emissions": {
        "name": {"en": "Share of total global greenhouse gas emissions", "fr": "Part du total des émissions mondiales de gaz à effet de serre",
                 "ar": "الحصة من مجموع انبعاثات غازات الدفيئة العالمية", "id": "Bagian dari total emisi gas rumah kaca global"},
        "unit": "per cent", "publisher": "Secretariat of the United Nations Framework Convention on Climate Change",
        "reference": "FCCC/CP/2015/10, annex I: for information only, most recent figures communicated by 12 December 2015",
        "values": shares}}
    return entry


def main():
    folder = pathlib.Path(sys.argv[1])
    codes = actor_codes()
    entries = []
    for case in json.loads((folder / "entry-into-force-cases.json").read_text())["cases"]:
        rows = [(codes[folded(i["actor"])], i["kind"], i["date"]) for i in case["instruments"]]
        entries.append(treaty(identifier(case["source"]), case["article"], case["clause"], rows, case["asOf"], case["source"],
                              case["confidence"], case["expected"]["entryIntoForce"]))
    entries.append(paris(folder, codes))
    rows = [(codes[folded(name)], kind, date) for name, kind, date in BBNJ["acts"]]
    entries.append(treaty("XXI-10", BBNJ["article"], BBNJ["clause"], rows, BBNJ["asOf"], BBNJ["source"], BBNJ["confidence"],
                          BBNJ["expected"]))

    def order(entry):
        chapter, *rest = entry["id"].split("-")
        return (CHAPTERS[chapter][0], [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in rest if p != "A"])

    entries.sort(key=order)
    if len(entries) != len(TREATIES):
        raise SystemExit(f"{len(entries)} treaties, {len(TREATIES)} described")
    chapters = {roman: {"number": n, "name": names} for roman, (n, names) in CHAPTERS.items()}
    head = {"version": 1, "depositary": {"code": "UN", "title": DEPOSITARY}, "chapters": chapters}
    # One treaty a line: compact, and a change shows as the one line it is.
    compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    lines = ",\n".join(compact(entry) for entry in entries)
    target = ROOT / "Sources/Treaties/Sample/register.json"
    target.write_text(compact(head)[:-1] + ',"treaties":[\n' + lines + "\n]}\n", encoding="utf-8")
    print(f"{len(entries)} treaties, {sum(len(a) for e in entries for _, a in e['instruments'])} acts, "
          f"{target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
