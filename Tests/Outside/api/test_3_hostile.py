"""What the ill-mannered send: each is refused with its reason, nothing is entered, and the node lives on."""

import json

import pytest

from conftest import refused

JSON = {"Accept": "application/json"}
FORM = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
TREATY = "/treaties/XXI-10"
INSTRUMENT = {"kind": "signature", "actor": "DEU", "date": "2024-01-15", "source": "the list of the depositary"}


@pytest.fixture
def form(node, officer):
    """The officer's form: where it goes, and its fields as the page gave them."""
    return node.form(officer, f"{TREATY}/record", "instrument-form")


def send(officer, node, action, fields, **headers):
    return officer.post(
        action, data=fields, headers={**JSON, "Origin": node.address, "Sec-Fetch-Site": "same-origin", **headers},
        timeout=30, allow_redirects=False,
    )


# Forms of the officer


WRONG_VALUES = [
    ({"actor": "XXX"}, "an unknown actor"),
    ({"actor": "Atlantis"}, "a State that does not exist"),
    ({"actor": "FRA', 'DEU"}, "a quotation mark"),
    ({"actor": ""}, "no actor"),
    ({"kind": "conquest"}, "an unknown kind"),
    ({"kind": ""}, "no kind"),
    ({"date": "2025-02-30"}, "a day that does not exist"),
    ({"date": "2023-02-29"}, "the 29th of February of a common year"),
    ({"date": "2025-13-01"}, "a 13th month"),
    ({"date": "15/01/2024"}, "another way to write a date"),
    ({"date": "2024-1-15"}, "a date without its zeros"),
    ({"date": "9999999-01-01"}, "a year beyond counting"),
    ({"date": "-2025-01-15"}, "a year before the first"),
    ({"date": "2024-01-15T00:00:00Z"}, "a time"),
    ({"date": "2024-01-15\u0000"}, "a zero byte"),
    ({"date": "٢٠٢٤-٠١-١٥"}, "Arabic digits"),
    ({"date": ""}, "no date"),
    ({"date": "1950-01-01"}, "a day before adoption"),
    ({"date": "2999-01-01"}, "a day that has not come"),
    ({"note": "x" * 100_000}, "more than a form may hold"),
]


@pytest.mark.parametrize("change", [one[0] for one in WRONG_VALUES], ids=[one[1] for one in WRONG_VALUES])
def test_a_wrong_value_is_refused(unharmed, officer, form, change):
    action, fields = form
    refused(send(officer, unharmed, action, {**fields, **INSTRUMENT, **change}), 400, 404, 409, 413, 422)


def test_the_same_instrument_with_right_values_is_entered_and_its_replay_is_not(node, officer, form):
    action, fields = form
    before = node.size()
    first = send(officer, node, action, {**fields, **INSTRUMENT})
    assert first.status_code in (200, 201, 303), first.text[:300]
    assert node.size() == before + 1
    refused(send(officer, node, action, {**fields, **INSTRUMENT}), 409)
    refused(send(officer, node, action, {**fields, **INSTRUMENT, "actor": "CHL"}), 409)
    assert node.size() == before + 1


def test_a_second_signature_by_one_state_is_refused_by_the_rule(unharmed, officer, form):
    action, fields = form
    problem = refused(send(officer, unharmed, action, {**fields, **INSTRUMENT}), 409, 422)
    assert "DEU" in json.dumps(problem) or "Germany" in json.dumps(problem)


def test_a_form_of_another_session_is_refused(unharmed, officer, form):
    action, fields = form
    visitor = unharmed.session()
    visitor.get(unharmed.address + "/", timeout=30)
    refused(send(visitor, unharmed, action, {**fields, **INSTRUMENT, "actor": "CHL"}), 400, 401, 403)


def test_an_invented_request_identifier_is_refused(unharmed, officer, form):
    action, fields = form
    for invented in ["", "x", "A" * 43, "A" * 5000, "../..", fields.get("request", "")[:-2] + "zz"]:
        refused(send(officer, unharmed, action, {**fields, **INSTRUMENT, "actor": "CHL", "request": invented}), 400, 403, 413)


def test_a_form_without_its_request_identifier_is_refused(unharmed, officer, form):
    action, fields = form
    fields = {name: value for name, value in fields.items() if name != "request"}
    refused(send(officer, unharmed, action, {**fields, **INSTRUMENT, "actor": "CHL"}), 400, 403)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
def test_a_post_from_another_site_is_refused(unharmed, officer, form, headers):
    action, fields = form
    answer = officer.post(
        action, data={**fields, **INSTRUMENT, "actor": "CHL"}, headers={**JSON, **headers}, timeout=30, allow_redirects=False
    )
    refused(answer, 403)


def test_a_field_that_stands_twice_is_refused(unharmed, officer, form):
    action, fields = form
    twice = [*{**fields, **INSTRUMENT}.items(), ("actor", "CHL")]
    refused(send(officer, unharmed, action, twice), 400)


def test_who_is_not_signed_in_may_not_record(unharmed, form):
    action, fields = form
    answer = unharmed.session().post(
        action, data={**fields, **INSTRUMENT}, headers={**JSON, "Origin": unharmed.address}, timeout=30, allow_redirects=False
    )
    refused(answer, 401, 403)


def test_a_forged_session_is_no_session(unharmed, officer, form):
    action, fields = form
    for name, value in officer.cookies.items():
        if "session" not in name.lower():
            continue
        for forged in ["", "x", value[:-4] + "AAAA", value[::-1], "A" * 4000]:
            answer = unharmed.post(
                action.removeprefix(unharmed.address), data={**fields, **INSTRUMENT, "actor": "CHL"}, cookies={name: forged},
                headers={**JSON, "Origin": unharmed.address},
            )
            refused(answer, 400, 401, 403)


# Bodies


BODIES = {
    "invalid UTF-8": b"kind=ratification&actor=%FF%FE&date=2025-01-15",
    "raw bytes": b"\xff\xfe\x00\x01" * 100,
    "broken escapes": b"kind=%&actor=%zz&date=%1",
    "ten thousand fields": b"&".join(b"f%d=1" % n for n in range(10_000)),
    "one endless name": b"n" * 60_000 + b"=1",
    "nothing": b"",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_form_is_refused(unharmed, officer, form, body):
    action, _ = form
    answer = officer.post(
        action, data=body, headers={**FORM, "Origin": unharmed.address, "Sec-Fetch-Site": "same-origin"}, timeout=30,
        allow_redirects=False,
    )
    refused(answer, 400, 403, 413)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "x", ""])
def test_a_body_of_another_type_is_refused(unharmed, officer, form, kind):
    action, _ = form
    answer = officer.post(
        action, data=b'{"kind":"ratification"}', headers={**JSON, "Content-Type": kind, "Origin": unharmed.address}, timeout=30,
        allow_redirects=False,
    )
    refused(answer, 400, 403, 415)


def test_an_oversized_body_is_refused_before_it_is_read_to_the_end(unharmed):
    head = (
        f"POST {TREATY}/record HTTP/1.1\r\nHost: {unharmed.host}\r\nAccept: application/json\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000000\r\nConnection: close\r\n\r\n"
    ).encode()
    answer = unharmed.raw(head + b"a=" + b"x" * 300_000, seconds=3)
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"401", b"403", b"413")


def test_a_chunked_body_without_end_is_refused(unharmed):
    head = (
        f"POST {TREATY}/record HTTP/1.1\r\nHost: {unharmed.host}\r\nAccept: application/json\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    ).encode()
    answer = unharmed.raw(head + b"10000\r\n" + b"x" * 65536 + b"\r\n" + b"10000\r\n" + b"x" * 65536 + b"\r\n", seconds=3)
    assert answer == b"" or answer.split(b" ")[1] in (b"400", b"401", b"403", b"413")


# JSON that the passkey routes read


PASSKEY_ROUTES = ["/sign-in/passkey"]
JSON_BODIES = {
    "nested ten thousand deep": b"[" * 10_000 + b"]" * 10_000,
    "objects nested deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a name twice": b'{"id":"a","id":"b"}',
    "half a surrogate": b'{"id":"\\ud800"}',
    "invalid UTF-8": b'{"id":"\xff\xfe"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "cut off": b'{"id":',
    "more after the end": b"{} {}",
    "wrong types": b'{"id":7,"response":[],"type":null}',
    "an array": b"[]",
    "not a number": b'{"id":NaN}',
    "a number beyond measure": b'{"id":1e999}',
    "nothing": b"",
    "much": b'{"id":"' + b"x" * 5_000_000 + b'"}',
}


@pytest.mark.parametrize("path", PASSKEY_ROUTES)
@pytest.mark.parametrize("body", JSON_BODIES.values(), ids=JSON_BODIES.keys())
def test_json_that_is_not_right_is_refused(unharmed, path, body):
    try:
        answer = unharmed.post(
            path, data=body, headers={**JSON, "Content-Type": "application/json", "Origin": unharmed.address}
        )
    except OSError:
        assert len(body) > 1_000_000, "hung up on a small body"
        return
    refused(answer, 400, 401, 403, 413, 415, 422)


# Addresses


PATHS = [
    "/../../../../etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/static/..%5c..%5cetc%5cpasswd",
    "/static//etc/passwd",
    "/static/%00",
    "/static/.%2e/key",
    "/record/tile/../checkpoint",
    "/record/tile/0/000/../../../../../etc/passwd",
    "/record/tile/0/x000/000",
    "/record/tile/0/1",
    "/record/tile/0/0000",
    "/record/tile/0/000.p/0",
    "/record/tile/0/000.p/256",
    "/record/tile/0/000.p/001",
    "/record/tile/0/000.p/-1",
    "/record/tile/64/000",
    "/record/tile/-1/000",
    "/record/tile/00/000",
    "/record/tile/0/" + "x999/" * 20 + "999",
    "/record/tile/entries/x999/999",
    "/record/acts/-1",
    "/record/acts/99999999",
    "/record/acts/9223372036854775807",
    "/record/acts/9223372036854775808",
    "/record/acts/1e3",
    "/record/acts/0x10",
    "/record/acts/%30%00",
    "/record/acts/٣",
    "/record/acts/00",
    "/record/acts/9223372036854775808.tlog-proof",
    "/record/acts/.tlog-proof",
    "/treaties/..",
    "/treaties/%2e%2e",
    "/treaties/IV-11%00",
    "/treaties/%FF%FE",
    "/treaties/' OR 1=1 --".replace(" ", "%20"),
    "/treaties/" + "I" * 5000,
    "/actors/%F0%9F%92%A9",
    "/actors/FRA/../../record",
    "//elsewhere.example/",
    "/%",
    "/%zz",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_nowhere_is_not_found(unharmed, path):
    status = unharmed.status_of(path.encode("utf-8").decode("latin-1"), headers=["Accept: application/json"])
    assert status in (301, 308, 400, 404, 414), status


QUERIES = [
    "limit=-1",
    "limit=0",
    "limit=abc",
    "limit=1e9",
    "limit=99999999999999999999",
    "limit=%00",
    "asOf=yesterday",
    "asOf=2025-02-30",
    "sort=%27;DROP TABLE act;--".replace(" ", "%20"),
    "status=%FF",
    "format=../../etc/passwd",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_parameter_that_makes_no_sense_is_refused_with_its_name(unharmed, query):
    path = "/treaties/XXI-6" if query.startswith("asOf") else "/treaties"
    answer = unharmed.get(f"{path}?{query}", headers=JSON)
    problem = refused(answer, 400, 406)
    assert query.split("=")[0] in json.dumps(problem)


@pytest.mark.parametrize("text", ["%00", "%FF", "'\"<script>alert(1)</script>", "%", "_", "*", "\\", "NEAR(", '"', "a" * 3000, "( OR )"])
def test_any_text_may_be_searched_for(unharmed, text):
    answer = unharmed.status_of(f"/treaties?q={text}".replace(" ", "%20"), headers=["Accept: text/html"])
    assert answer in (200, 400, 414), answer


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_a_method_that_is_not_served_is_refused(unharmed, method):
    assert unharmed.status_of("/treaties/XXI-6", method=method, headers=["Accept: application/json"]) in (204, 400, 404, 405, 501)


@pytest.mark.parametrize(
    "header",
    [
        "Accept-Language: " + "x" * 4000,
        "Accept-Language: en;q=NaN, *;q=-1, zz-ZZ-" + "a" * 100,
        "Accept: " + ",".join(f"a/b{n};q=0.{n}" for n in range(300)),
        "Accept: ;;;,,,",
        "If-None-Match: " + '"x",' * 500,
        "If-Modified-Since: the day before",
        "Cookie: " + "a=b; " * 700,
        "Cookie: session=\xff\xfe",
        "Range: bytes=99999999999-",
        "Host: elsewhere.example",
        "X-Forwarded-Host: elsewhere.example",
    ],
    ids=lambda header: header[:30],
)
def test_a_strange_header_harms_nobody(unharmed, header):
    status = unharmed.status_of("/treaties/XXI-6", headers=[header])
    assert status < 500 or status == 0


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 1000,
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=["zeros", "half a request", "HTTP/9.9", "5,000 headers", "a long address", "two lengths", "a length below zero", "TLS", "HTTP/2"],
)
def test_what_is_no_http_is_turned_away(unharmed, data):
    answer = unharmed.raw(data, seconds=2)
    assert answer == b"" or not answer.startswith(b"HTTP/1.1 5") or answer.startswith((b"HTTP/1.1 501", b"HTTP/1.1 505"))


def test_every_refusal_is_one_line_in_the_operator_s_log(unharmed):
    def lines():
        with open(unharmed.log_path, encoding="utf-8", errors="replace") as file:
            return sum("request.cross-site" in line for line in file)

    before = lines()
    answer = unharmed.post(f"{TREATY}/record", data=INSTRUMENT, headers={**JSON, "Origin": "https://elsewhere.example"})
    refused(answer, 403)
    assert lines() == before + 1
