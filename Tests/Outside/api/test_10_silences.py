"""Texts under silence, over the forms of the conference desk."""

import datetime
import zoneinfo

from test_10_conference import convened, entered, refused, resource, secretariat  # noqa: F401  (fixtures)

PAGE = "/conferences/high-seas/silences"


def clock(days, zone="Africa/Nairobi"):
    there = datetime.datetime.now(zoneinfo.ZoneInfo(zone)) + datetime.timedelta(days=days)
    return {"day": there.strftime("%Y-%m-%d"), "hour": there.strftime("%H:%M")}


def test_a_text_is_put_under_silence_put_off_and_taken_back(convened):
    session, node = convened
    fields = {"body": "plenary", "concerns": "A/CONF.9/L.7", "paragraphs": "OP1 OP2", "partial": "yes", "zone": "Africa/Nairobi"}
    short = refused("conference.procedure.silence-short", session, node, "begin", page=PAGE, **fields, **clock(2))
    assert "72" in short["detail"]
    refused("conference.procedure.zone", session, node, "begin", page=PAGE, **{**fields, "zone": "Mars/Olympus"}, **clock(4))
    entered(session, node, "begin", page=PAGE, **fields, **clock(4))
    silence = resource(node, PAGE)["silences"][0]
    assert silence["state"] == "running" and silence["paragraphs"] == ["OP1", "OP2"] and silence["zone"] == "Africa/Nairobi"
    name = silence["silence"]
    refused("conference.procedure.silence-short", session, node, "extend", page=PAGE, name=name, **clock(3))
    entered(session, node, "extend", page=PAGE, name=name, **clock(6))
    assert resource(node, PAGE)["silences"][0]["deadline"] > silence["deadline"]
    page = session.get(node.address + PAGE, timeout=30).text
    assert "(Africa/Nairobi)" in page
    refused("conference.procedure.unknown", session, node, "extend", page=PAGE, name="s0", **clock(6))


def test_who_does_not_preside_begins_none(convened):
    import requests

    _, node = convened
    answer = requests.post(
        node.address + PAGE + "/begin", data={"body": "plenary"}, headers={"Accept": "application/json", "Origin": node.address}, timeout=30)
    assert answer.status_code == 401
    assert requests.get(node.address + "/conferences/none/silences", headers={"Accept": "application/json"}, timeout=30).status_code == 404
