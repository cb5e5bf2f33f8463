"""The register: found by whatever name one knows, narrowed, sorted."""

from conftest import EMPTY, IN_FORCE, NOT_YET


def treaties(browser):
    return [row.get_attribute("data-treaty") for row in browser.all("[data-test=treaty]")]


def search(browser, text):
    browser.open("/treaties")
    browser.submit(browser.one("form:has(input[name=q])"), q=text)
    return treaties(browser)


def test_the_first_page_is_the_register_and_says_how_much_it_holds(visitor):
    visitor.open("/")
    assert visitor.status == 200
    assert len(treaties(visitor)) > 10
    assert any(character.isdigit() for character in visitor.one("[data-test=count]").text)


def test_a_treaty_is_found_by_its_title(visitor):
    assert IN_FORCE in search(visitor, "law of the sea")
    assert EMPTY in treaties(visitor)


def test_a_treaty_is_found_by_its_short_name(visitor):
    assert search(visitor, "UNCLOS")[0] == IN_FORCE


def test_a_misspelt_title_is_understood(visitor):
    assert "IV-1" in search(visitor, "genoside")


def test_a_title_in_french_is_understood(visitor):
    assert IN_FORCE in search(visitor, "droit de la mer")


def test_a_title_in_arabic_is_understood(visitor):
    assert IN_FORCE in search(visitor, "قانون البحار")


def test_a_search_that_finds_nothing_says_so_and_offers_a_way_out(visitor):
    assert search(visitor, "zzzzqqqqxxxx") == []
    assert visitor.text.strip()
    assert visitor.has("main a[href]")


def test_what_was_searched_for_stands_in_the_field_and_in_the_address(visitor):
    search(visitor, "<b>sea</b> & “law”")
    assert visitor.one("input[name=q]").get_attribute("value") == "<b>sea</b> & “law”"
    assert "q=" in visitor.path
    assert not visitor.has("main b")


def test_the_filter_by_status_keeps_its_word(visitor):
    visitor.open("/treaties?status=in-force&limit=100")
    in_force = treaties(visitor)
    assert IN_FORCE in in_force and NOT_YET not in in_force and EMPTY not in in_force
    visitor.open("/treaties?status=pending&limit=100")
    pending = treaties(visitor)
    assert NOT_YET in pending and IN_FORCE not in pending
    assert not set(in_force) & set(pending)


def test_the_filter_by_chapter_keeps_its_word(visitor):
    visitor.open("/treaties?chapter=XXI&limit=100")
    found = treaties(visitor)
    assert IN_FORCE in found
    assert all(one.startswith("XXI-") for one in found)


def test_the_filter_by_actor_shows_what_it_takes_part_in(visitor):
    visitor.open("/treaties?actor=VAT&limit=100")
    found = treaties(visitor)
    assert "IV-11" in found, "the Holy See is a Party to the Convention on the Rights of the Child"
    assert IN_FORCE not in found


def test_sorting_by_title_sorts_by_title(visitor):
    visitor.open("/treaties?sort=title&limit=20")
    titles = [row.find_element("css selector", "a").text for row in visitor.all("[data-test=treaty]")]
    assert len(titles) == 20
    assert titles == sorted(titles, key=str.casefold)


def test_the_next_page_goes_on_where_this_one_ends(visitor):
    visitor.open("/treaties?limit=10&sort=title")
    first = treaties(visitor)
    assert len(first) == 10
    following = visitor.one("a[rel=next]")
    visitor.open(following.get_attribute("href"))
    assert not set(first) & set(treaties(visitor))
