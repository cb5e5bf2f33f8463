"""The languages of the pages, and the direction of each."""

import pytest

from conftest import IN_FORCE

LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar", "id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_the_language_asked_for(visitor, language):
    visitor.open(f"/treaties/{IN_FORCE}?lang={language}")
    html = visitor.one("html")
    assert html.get_attribute("lang").split("-")[0] == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert visitor.driver.execute_script("return getComputedStyle(document.body).direction") == html.get_attribute("dir")


def test_the_choice_of_language_stays_with_the_visitor_and_keeps_the_page(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    english = visitor.one("[data-test=standing]").text
    visitor.open(visitor.one("[data-test=languages] a[hreflang=fr]").get_attribute("href"))
    assert f"/treaties/{IN_FORCE}" in visitor.path
    assert visitor.one("[data-test=standing]").text != english
    visitor.open("/treaties")
    assert visitor.one("html").get_attribute("lang") == "fr"


def test_the_first_line_is_said_in_each_language(visitor):
    lines = set()
    for language in LANGUAGES:
        visitor.open(f"/treaties/{IN_FORCE}?lang={language}")
        lines.add(visitor.one("[data-test=standing]").text)
    assert len(lines) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", f"/treaties/{IN_FORCE}", "/actors", "/actors/FRA", "/record", "/record/acts/0", "/sign-in"])
def test_no_text_is_left_untranslated(visitor, language, path):
    visitor.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
    text = visitor.one("body").get_attribute("textContent")
    assert "[[" not in text and "]]" not in text and "{{" not in text


def test_the_browser_s_own_language_is_heeded(visitor):
    visitor.command("Network.enable", {})
    visitor.command("Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": "ar,fr;q=0.5"}})
    try:
        visitor.open("/treaties")
        assert visitor.one("html").get_attribute("lang") == "ar"
    finally:
        visitor.command("Network.setExtraHTTPHeaders", {"headers": {}})


def test_in_arabic_the_page_begins_at_the_right(visitor):
    visitor.open(f"/treaties/{IN_FORCE}?lang=ar")
    heading = visitor.one("h1").rect
    middle = visitor.driver.execute_script("return document.documentElement.clientWidth") / 2
    range_right = visitor.driver.execute_script(
        "const r = document.createRange(); r.selectNodeContents(document.querySelector('h1')); return r.getBoundingClientRect().right"
    )
    assert range_right > middle, heading
