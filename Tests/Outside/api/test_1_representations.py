"""One resource, one address: HTML for people, JSON for programs, CSV for tables."""

import csv
import io

import pytest
import requests

RESOURCES = ["/treaties", "/treaties/XXI-6", "/actors", "/actors/FRA", "/record/acts/0"]


@pytest.mark.parametrize("path", RESOURCES)
def test_who_asks_for_json_gets_json_and_who_asks_for_html_gets_html(node, path):
    for accept, wanted in [("application/json", "application/json"), ("text/html", "text/html"), ("*/*", None)]:
        answer = node.get(path, headers={"Accept": accept})
        assert answer.status_code == 200
        found = answer.headers["Content-Type"].split(";")[0]
        assert found == (wanted or found)
        assert "accept" in answer.headers.get("Vary", "").lower()
    assert node.get(path + "?format=json").json()


def test_the_register_comes_as_a_table(node):
    answer = node.get("/treaties?format=csv&limit=100")
    assert answer.headers["Content-Type"].split(";")[0] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) >= 40
    assert len({tuple(row) for row in rows}) == 1


def test_a_number_of_treaties_is_given_and_no_more(node):
    assert len(node.get("/treaties?format=json&limit=7").json()["treaties"]) == 7


def test_a_representation_that_does_not_exist_is_refused(node):
    assert node.get("/treaties?format=docx", headers={"Accept": "application/json"}).status_code in (400, 406)


def test_every_page_sets_the_same_strict_policy(node):
    for path in ["/", "/treaties/XXI-6", "/sign-in", "/treaties/none-such"]:
        headers = node.get(path, headers={"Accept": "text/html"}).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy or "default-src 'self'" in policy
        assert "unsafe" not in policy and "http:" not in policy and "*" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin-when-cross-origin")


def test_what_never_changes_may_be_kept_for_ever(node):
    answer = node.get("/record/tile/0/000")
    assert answer.status_code == 200 and len(answer.content) == 8192
    assert "immutable" in answer.headers["Cache-Control"]


def test_what_has_not_changed_is_not_sent_again(node):
    first = node.get("/treaties/XXI-6", headers={"Accept": "text/html"})
    tag = first.headers["ETag"]
    again = node.get("/treaties/XXI-6", headers={"Accept": "text/html", "If-None-Match": tag})
    assert again.status_code == 304 and not again.content


def test_head_answers_as_get_does_without_the_body(node):
    got = node.get("/treaties/XXI-6", headers={"Accept": "application/json"})
    head = requests.head(node.address + "/treaties/XXI-6", headers={"Accept": "application/json"}, timeout=30)
    assert head.status_code == got.status_code and not head.content


def test_health_and_metrics_answer_programs(node):
    assert node.get("/health").status_code == 200
    metrics = node.get("/metrics")
    assert metrics.status_code == 200
    assert metrics.headers["Content-Type"].startswith("text/plain")
    assert "# TYPE" in metrics.text
