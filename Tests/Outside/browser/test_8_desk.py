"""The officer's desk: a table of past participation, who is bound towards whom, deadlines."""

import urllib.request

import icalendar

from conftest import EMPTY

LARGE = "IV-11"  # Convention on the Rights of the Child: nearly every State

TABLE = """Participant,Signature,"Ratification, Acceptance(A), Accession(a)"
Norway,20 Sep 2023,
Atlantis,,3 Mar 2025 a
Belize,20 Sep 2023,8 Apr 2024
"""


def preview(browser, treaty, table):
    browser.open(f"/treaties/{treaty}/import")
    browser.submit(browser.one("form[data-test=import-form]"), text=table, source="UN Treaty Collection")


def test_a_table_with_one_bad_row_is_looked_at_and_the_rest_is_entered(officer, address):
    browser = officer.browser
    preview(browser, EMPTY, TABLE)
    assert browser.status == 200
    refused = browser.all("[data-test=refused-row]")
    assert [row.get_attribute("data-code") for row in refused] == ["treaty.import.row.unknown-actor"]
    assert len(browser.all("[data-test=accepted-row]")) == 2
    browser.submit(browser.one("form[data-test=import-enter]"))
    assert browser.status == 200
    browser.open(f"/treaties/{EMPTY}")
    assert "2023" in browser.one("[data-test=participant][data-actor=NOR]").text
    assert "8 April 2024" in browser.one("[data-test=participant][data-actor=BLZ]").text


def test_the_preview_passes_axe(officer):
    preview(officer.browser, EMPTY, TABLE)
    assert officer.browser.violations() == []


def test_the_desk_says_what_awaits_and_stands_first(officer):
    browser = officer.browser
    browser.open("/desk")
    assert browser.status == 200
    assert browser.all("nav.main a")[0].get_attribute("href").endswith("/desk")
    assert browser.one("[data-test=standing]").text


def test_relations_are_answered_in_words_with_their_rules(visitor):
    visitor.open(f"/treaties/{LARGE}/relations?a=FRA&b=KEN")
    assert "France and Kenya are bound towards each other since" in visitor.one("[data-test=answer] .standing").text
    assert any("VCLT" in reason.text for reason in visitor.all("[data-test=reason]"))


def test_the_matrix_scrolls_within_the_page_at_both_widths_and_in_arabic(visitor):
    for width in (1280, 390):
        for language in ("en", "ar"):
            visitor.width(width).open(f"/treaties/{LARGE}/relations?lang={language}")
            visitor.picture(f"relations-{language}-{width}")
            assert visitor.driver.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert visitor.violations() == []


def test_the_deadlines_pass_axe(visitor):
    visitor.open(f"/treaties/{LARGE}/deadlines")
    assert visitor.status == 200
    assert visitor.violations() == []


def test_calendars_are_read_by_others(address):
    for path in ("/deadlines.ics", f"/treaties/{LARGE}/deadlines.ics"):
        calendar = icalendar.Calendar.from_ical(urllib.request.urlopen(address + path).read())
        assert str(calendar["VERSION"]) == "2.0"
        events = calendar.walk("VEVENT")
        assert len({str(event["UID"]) for event in events}) == len(events)
