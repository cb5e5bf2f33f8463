"""An instrument from its opening to its authentic text, and its text as a document to read."""

import json
import pathlib
import urllib.request

import pytest

from conftest import EMPTY
from test_6_officer import record_size
from test_7_everybody import examine, speaking

SAMPLE = "XXVII-100"  # the imaginary agreement of the sample: six authentic languages, one translation
NEW = "XXVII-901"
TEXTS = pathlib.Path(__file__).parents[3] / "Sources/Treaties/Sample/agreement"


def get(address, path, accept="application/json"):
    answer = urllib.request.urlopen(urllib.request.Request(address + path, headers={"Accept": accept}))
    return answer, answer.read()


def step(browser, name, **values):
    form = browser.one("form[data-test=open-form]")
    assert form.get_attribute("data-step") == name, browser.text
    browser.submit(form, **values)


def enter_text(browser, language, words, label="Text as adopted"):
    browser.open(f"/treaties/{NEW}/text/enter")
    form = browser.one("form[data-test=text-form]")
    browser.driver.execute_script("arguments[0].value = arguments[1]", browser.one("[name=text]", form), words)
    browser.submit(form, language=language, label=label, date="2025-05-15")
    assert browser.status == 200, browser.text
    browser.submit(browser.one("form[data-test=review-form]"))
    assert browser.status == 200, browser.text


@pytest.mark.parametrize("scripts", [False])
def test_an_instrument_is_opened_step_by_step_without_scripts(officer, address, scripts):
    browser = officer.browser
    before = record_size(address)
    browser.open("/treaties").open(browser.one("[data-test=open-instrument]").get_attribute("href"))
    browser.scripts(scripts)
    step(browser, "identity", number="27-1", kind="agreement", **{"title-en": "Agreement on tests"})
    assert "XXVII-12" in browser.one("[data-test=refusal]").text
    step(browser, "identity", number=NEW, kind="agreement", **{"title-en": "Agreement on tests", "short": "Tests"})
    for language in ["en", "fr"]:
        browser.one(f"input[name=language][value={language}]").click()
    step(browser, "languages", depositary1="Secretary-General of the United Nations")
    browser.scripts(True)
    step(browser, "joining", opens="2025-05-16")
    step(browser, "force", forceArticle="Art. 7(1)", count="60", delayCount="12", delayUnit="months")
    step(browser, "clauses", reservations="prohibited", reservationsArticle="Art. 6(3)")
    assert "60" in browser.one("[data-test=sentences]").text
    assert record_size(address) == before
    form = browser.one("form[data-test=open-form]")
    browser.fill(form, "check", "XXI-6")
    button = browser.one("button[value=check]", form)
    html = browser.one("html")
    button.click()
    browser.gone(html)
    assert "16 November 1994" in browser.one("[data-test=trial]").text
    html = browser.one("html")
    browser.one("button[value=enter]").click()
    browser.gone(html)
    assert browser.path == f"/treaties/{NEW}"
    assert record_size(address) == before + 1


def test_nothing_can_be_signed_before_its_text_is_adopted(officer, address):
    browser = officer.browser
    browser.open(f"/treaties/{NEW}/record")
    browser.submit(browser.one("form[data-test=instrument-form]"), kind="signature", actor="FRA", date="2026-01-10", source="Note verbale No. 1")
    assert browser.status == 422
    assert "VCLT" in browser.one("[data-test=refusal]").text


def test_a_text_is_shown_as_it_was_understood_before_it_is_entered(officer, address):
    browser = officer.browser
    before = record_size(address)
    browser.open(f"/treaties/{NEW}/text/enter")
    form = browser.one("form[data-test=text-form]")
    browser.one("[name=file]", form).send_keys(str(TEXTS / "en.draft.txt"))
    browser.submit(form, language="en", label="Draft", date="2025-02-11")
    assert browser.status == 200, browser.text
    assert "Article 8" in browser.one("[data-test=text]").text
    assert len(browser.one("[data-test=sha256]").text) == 64
    assert record_size(address) == before
    browser.submit(browser.one("form[data-test=review-form]"))
    assert record_size(address) == before + 1
    assert browser.has("#art_2__para_1")


def test_an_entity_bomb_is_refused_and_nothing_is_entered(officer, address):
    browser = officer.browser
    before = record_size(address)
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><akomaNtoso>&c;</akomaNtoso>'
    browser.open(f"/treaties/{NEW}/text/enter")
    form = browser.one("form[data-test=text-form]")
    browser.driver.execute_script("arguments[0].value = arguments[1]", browser.one("[name=text]", form), bomb)
    browser.submit(form, language="en", label="Draft", date="2025-02-11")
    assert browser.status == 400
    assert browser.one("[data-test=refusal]").text
    assert record_size(address) == before


def test_texts_are_adopted_and_authenticated_together(officer, address):
    browser = officer.browser
    enter_text(browser, "en", (TEXTS / "en.txt").read_text())
    browser.open(f"/treaties/{NEW}/adopt")
    browser.submit(browser.one("form[data-test=adopt-form]"), date="2025-05-15", place="Geneva", rule="twoThirds", inFavour="79", against="40")
    assert browser.status == 422 and "9(2)" in browser.one("[data-test=refusal]").text
    browser.submit(browser.one("form[data-test=adopt-form]"), date="2025-05-15", place="Geneva", rule="twoThirds", inFavour="80", against="40")
    assert browser.status == 200 and "Geneva" in browser.one("[data-test=standing]").text
    browser.open(f"/treaties/{NEW}/authenticate")
    assert "French" in browser.one("[data-test=missing]").text
    browser.submit(browser.one("form[data-test=authenticate-form]"), date="2025-05-15", procedure="signature")
    assert browser.status == 422 and "33" in browser.one("[data-test=refusal]").text
    enter_text(browser, "fr", (TEXTS / "fr.txt").read_text())
    browser.open(f"/treaties/{NEW}/authenticate")
    shown = browser.one("[data-test=text-set]").text
    browser.submit(browser.one("form[data-test=authenticate-form]"), date="2025-05-15", procedure="signature")
    assert browser.status == 200, browser.text
    _, body = get(address, f"/treaties/{NEW}/text?language=fr")
    assert json.loads(body)["authenticated"]["textSet"] == shown
    browser.open(f"/treaties/{NEW}/text/enter")
    form = browser.one("form[data-test=text-form]")
    words = (TEXTS / "en.draft.txt").read_text()
    browser.driver.execute_script("arguments[0].value = arguments[1]", browser.one("[name=text]", form), words)
    browser.submit(form, language="en", label="Another", date="2025-06-01")
    assert browser.status == 422 and "79" in browser.one("[data-test=refusal]").text


def test_a_protocol_is_offered_its_parent_s_number(officer):
    browser = officer.browser
    browser.open(f"/treaties/{SAMPLE}")
    browser.open(browser.one("[data-test=open-child]").get_attribute("href"))
    assert browser.one("[name=number]").get_attribute("value") == f"{SAMPLE}-a"
    assert browser.one("[name=parent]").get_attribute("value") == SAMPLE


def test_two_languages_stand_beside_each_other(visitor):
    visitor.open(f"/treaties/{SAMPLE}/text?language=en&beside=ar")
    pairs = visitor.all(".pair:not(.pair-head)")
    assert len(pairs) > 30 and not visitor.all(".pair.uneven")
    first = visitor.one("#art_2__para_1")
    second = visitor.one("#beside-art_2__para_1")
    assert abs(first.rect["y"] - second.rect["y"]) < 24 and first.rect["x"] < second.rect["x"]
    assert visitor.one(".pair [lang=ar]").get_attribute("dir") == "rtl"
    visitor.width(390)
    assert first.rect["y"] < second.rect["y"]


def test_words_are_found_in_the_text(visitor):
    visitor.open(f"/treaties/{SAMPLE}/text?language=en&q=reservation")
    assert "Article 6" in visitor.one("[data-test=found]").text
    assert [mark.text for mark in visitor.all(".text mark")] == ["reservation"]


def test_the_versions_are_compared_word_by_word(visitor):
    visitor.open(f"/treaties/{SAMPLE}/text/compare?language=en&from=1&to=2")
    changed = visitor.one("[data-provision=art_2__para_1]")
    assert [word.text.strip() for word in visitor.all("del", changed)] == ["three hours"]
    assert [word.text.strip() for word in visitor.all("ins", changed)] == ["one hour"]


def test_the_text_is_had_in_the_field_s_own_form(address):
    answer, body = get(address, f"/treaties/{SAMPLE}/text?language=fr", "application/akn+xml")
    assert answer.headers["content-type"] == "application/akn+xml" and answer.headers["content-language"] == "fr"
    assert b"http://docs.oasis-open.org/legaldocml/ns/akn/3.0" in body
    _, listing = get(address, f"/treaties/{SAMPLE}/text?language=fr")
    version = json.loads(listing)["version"]
    answer, same = get(address, version["href"], "*/*")
    assert same == body and "immutable" in answer.headers["cache-control"]
    import hashlib

    assert hashlib.sha256(body).hexdigest() == version["sha256"]


PAGES = {
    "text": f"/treaties/{SAMPLE}/text?language=en",
    "text-arabic": f"/treaties/{SAMPLE}/text?language=ar",
    "text-chinese": f"/treaties/{SAMPLE}/text?language=zh",
    "text-beside": f"/treaties/{SAMPLE}/text?language=en&beside=ar",
    "text-found": f"/treaties/{SAMPLE}/text?language=en&q=Parties",
    "text-concordance": f"/treaties/{SAMPLE}/text/concordance",
    "text-compare": f"/treaties/{SAMPLE}/text/compare?language=en",
    "text-history": f"/treaties/{SAMPLE}/text/history?language=en&provision=art_2__para_1",
    "treaty-sample": f"/treaties/{SAMPLE}",
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_pages_of_a_text(visitor, name, language):
    visitor.open(speaking(PAGES[name], language))
    assert visitor.status == 200
    examine(visitor, name, language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_the_forms_of_a_text(officer, language):
    browser = officer.browser
    for name, path in {
        "open": "/treaties/open",
        "enter-text": f"/treaties/{EMPTY}/text/enter",
        "adopt": f"/treaties/{EMPTY}/adopt",
        "authenticate": f"/treaties/{EMPTY}/authenticate",
        "edit": f"/treaties/{EMPTY}/edit",
    }.items():
        browser.width(1280).open(speaking(path, language))
        assert browser.status == 200
        examine(browser, name, language)
    browser.open("/?lang=en")
