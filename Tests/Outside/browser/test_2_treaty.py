"""A treaty's page: where it stands, why, what if, as of when."""

import re

from conftest import EMPTY, IN_FORCE, NOT_YET


def test_the_first_line_says_where_a_treaty_stands(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    standing = visitor.one("[data-test=standing]").text
    assert re.search(r"16 November 1994", standing)
    assert re.search(r"\d+ Parties", standing)
    visitor.open(f"/treaties/{NOT_YET}")
    assert "1994" not in visitor.one("[data-test=standing]").text


def test_every_participant_is_listed_with_what_it_did(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    actors = [row.get_attribute("data-actor") for row in visitor.all("[data-test=participant]")]
    assert {"FRA", "IDN", "CHN"} <= set(actors)
    assert len(actors) == len(set(actors))
    fiji = visitor.one("[data-test=participant][data-actor=FJI]").text
    assert "1982" in fiji


def test_pictures_have_words_beside_them(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    pictures = visitor.all("main svg")
    assert pictures
    for picture in pictures:
        hidden = picture.get_attribute("aria-hidden") == "true"
        assert hidden or visitor.driver.execute_script(
            "const p = arguments[0]; return Boolean(p.getAttribute('aria-label') || p.getAttribute('aria-labelledby') || p.querySelector('title'))",
            picture,
        )


def test_the_arithmetic_of_entry_into_force_is_shown(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    arithmetic = visitor.one("[data-test=arithmetic]").get_attribute("textContent")
    assert "60" in arithmetic


def test_what_if_answers_and_enters_nothing(visitor, address):
    visitor.open(f"/treaties/{EMPTY}")
    form = visitor.one("form[data-test=what-if]")
    visitor.submit(form, actor="FRA", date="2026-06-01")
    assert visitor.one("[data-test=what-if-answer]").text.strip()
    assert not visitor.has("[data-test=participant][data-actor=FRA]")
    visitor.open(f"/treaties/{EMPTY}")
    assert not visitor.has("[data-test=participant][data-actor=FRA]")


def test_as_of_a_day_long_ago_shows_the_treaty_as_it_stood(visitor):
    visitor.open(f"/treaties/{IN_FORCE}")
    now = len(visitor.all("[data-test=participant]"))
    visitor.submit(visitor.one("form[data-test=as-of]"), asOf="1990-01-01")
    assert visitor.has("[data-test=as-of-notice]")
    assert "1990" in visitor.one("[data-test=as-of-notice]").text
    assert 0 < len(visitor.all("[data-test=participant]")) <= now
    assert not re.search(r"in force since", visitor.one("[data-test=standing]").text, re.IGNORECASE)


def test_as_of_a_day_that_does_not_exist_is_refused_with_a_reason(visitor):
    visitor.open(f"/treaties/{IN_FORCE}?asOf=2023-02-30")
    assert visitor.status == 400
    assert visitor.has("[data-test=refusal]")


def test_a_treaty_that_is_not_there_is_not_found(visitor):
    visitor.open("/treaties/XCIX-99")
    assert visitor.status == 404
    assert visitor.has("[data-test=refusal]")


def test_an_actor_has_a_page_with_all_it_takes_part_in(visitor):
    visitor.open("/actors/FRA")
    assert visitor.status == 200
    assert "France" in visitor.one("h1").text
    assert visitor.has(f"a[href*='/treaties/{IN_FORCE}']")


def test_an_extinct_state_has_a_page_that_names_its_successors(visitor):
    visitor.open("/actors/CSK")
    assert visitor.status == 200
    assert visitor.has("a[href*='/actors/CZE']") and visitor.has("a[href*='/actors/SVK']")


def test_an_actor_is_found_by_a_misspelt_name(visitor):
    visitor.open("/actors")
    visitor.submit(visitor.one("main form:has(input[name=q])"), q="Kirgizstan")
    assert visitor.has("a[href*='/actors/KGZ']")
