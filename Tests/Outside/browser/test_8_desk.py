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


def test_a_table_comes_as_a_file_and_a_file_that_is_no_text_is_named(officer, tmp_path):
    browser = officer.browser
    table = tmp_path / "participation.csv"
    table.write_bytes(b"\xef\xbb\xbf" + TABLE.replace("Norway", "Sweden").encode())
    browser.open(f"/treaties/{EMPTY}/import")
    browser.one("[name=file]").send_keys(str(table))
    browser.submit(browser.one("form[data-test=import-form]"), source="UN Treaty Collection")
    assert browser.status == 200
    assert [row.get_attribute("data-code") for row in browser.all("[data-test=refused-row]")] == ["treaty.import.row.unknown-actor"]
    browser.submit(browser.one("form[data-test=import-enter]"))
    assert browser.status == 200
    assert "2023" in browser.open(f"/treaties/{EMPTY}").one("[data-test=participant][data-actor=SWE]").text
    for content, words in (
        (TABLE.encode("utf-16"), "UTF-16"), (b"Participant,Signature\nC\xf4te d'Ivoire,20 Sep 2023\n", "Line 2"),
        (b"x" * (5 << 20), "bytes"),
    ):
        table.write_bytes(content)
        browser.open(f"/treaties/{EMPTY}/import")
        browser.one("[name=file]").send_keys(str(table))
        browser.submit(browser.one("form[data-test=import-form]"))
        assert words in browser.one("[data-test=refusal]").text, words


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
            assert visitor.fits()
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


def test_a_digest_is_asked_for_on_the_desk_and_the_page_says_that_this_node_sends_no_mail(officer):
    browser = officer.browser
    for page, link, field, followed in (
        (f"/treaties/{LARGE}", "link-follow", "treaties", LARGE), ("/actors/KEN", "follow", "actors", "KEN"),
    ):
        browser.open(page)
        browser.open(browser.one(f"[data-test={link}]").get_attribute("href"))
        assert browser.one(f"[name={field}]").get_attribute("value") == followed
    browser.open("/desk")
    browser.open(browser.one("[data-test=digest-link]").get_attribute("href"))
    assert "sends no mail" in browser.one("[data-test=without-mail]").text
    browser.submit(browser.one("form[data-test=digest-form]"), address="nobody", treaties=EMPTY)
    assert "not an address" in browser.one("[data-test=refusal]").text
    assert browser.one("[name=treaties]").get_attribute("value") == EMPTY
    form = browser.one("form[data-test=digest-form]")
    browser.submit(form, address="officer@mission.example", language="fr", frequency="daily", actors="Kenya")
    assert "officer@mission.example" in browser.one("[data-test=standing]").text
    assert browser.one("[name=actors]").get_attribute("value") == "KEN"
    assert browser.violations() == []
    for width in (1280, 390):
        for language in ("en", "ar"):
            browser.width(width).open(f"/desk/digest?lang={language}")
            browser.picture(f"digest-{language}-{width}")
    browser.open("/desk/digest?lang=en")
    browser.submit(browser.one("form[data-test=digest-end]"))
    assert "no digest" in browser.one("[data-test=standing]").text


def test_a_treatys_page_links_to_what_there_is_of_it(visitor):
    visitor.open(f"/treaties/{LARGE}")
    links = {link.get_attribute("data-test"): link.get_attribute("href") for link in visitor.all("[data-test=treaty-links] a")}
    assert "link-relations" in links and "link-calendar" in links and "link-certified-copy" not in links
    visitor.open("/treaties/XXVII-100")
    links = {link.get_attribute("data-test"): link.get_attribute("href") for link in visitor.all("[data-test=treaty-links] a")}
    for name in ("link-text", "link-certified-copy"):
        assert visitor.open(links[name]).status == 200
