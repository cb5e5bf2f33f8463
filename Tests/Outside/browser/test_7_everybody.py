"""Everybody can use it: without scripts, by keyboard, with a reader of screens, small or dark, on a bad line."""

from urllib.parse import urlsplit

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from conftest import EMPTY, IN_FORCE, NOT_YET

PAGES = {
    "front": "/",
    "register": "/treaties?status=in-force",
    "register-nothing-found": "/treaties?q=zzzzqqqqxxxx",
    "treaty-in-force": f"/treaties/{IN_FORCE}",
    "treaty-not-yet": f"/treaties/{NOT_YET}",
    "treaty-empty": f"/treaties/{EMPTY}",
    "treaty-what-if": f"/treaties/{NOT_YET}?actor=FRA&date=2026-06-01",
    "treaty-acts": f"/treaties/{IN_FORCE}/acts",
    "treaty-as-of": f"/treaties/{IN_FORCE}?asOf=1990-01-01",
    "actors": "/actors",
    "actor": "/actors/FRA",
    "actor-extinct": "/actors/CSK",
    "record": "/record",
    "record-acts": "/record/acts",
    "act": "/record/acts/100",
    "verify": "/verify",
    "offices": "/offices",
    "sign-in": "/sign-in",
    "refusal": "/treaties/XCIX-99",
}
LOOKS = [(1280, "light"), (390, "light"), (390, "dark"), (1280, "dark")]


def speaking(path, language):
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def examine(browser, name, language):
    """Runs axe in every look of the page, and leaves pictures."""
    problems = {}
    for width, scheme in LOOKS:
        browser.width(width).scheme(scheme)
        found = browser.violations()
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"the page is {wide} px wider than the screen")
        for line in found:
            problems.setdefault(line, []).append(f"{width} {scheme}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
    assert not problems, "\n".join(f"{line} ({', '.join(looks)})" for line, looks in problems.items())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visitor, name, language):
    visitor.open(speaking(PAGES[name], language))
    examine(visitor, name, language)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_the_officer_s_pages(officer, language):
    browser = officer.browser
    browser.open(speaking("/account", language))
    examine(browser, "account", language)
    browser.open(speaking(f"/treaties/{EMPTY}", language))
    examine(browser, "treaty-officer", language)
    browser.width(1280).open(browser.one("[data-test=record-act]").get_attribute("href"))
    examine(browser, "act-start", language)
    browser.open(browser.one("[data-test=record-instrument]").get_attribute("href"))
    examine(browser, "instrument-form", language)
    browser.width(1280)
    browser.submit(browser.one("form[data-test=instrument-form]"), kind="ratification", actor="FJI", date="1999-01-01", source="a list")
    assert browser.status == 422
    examine(browser, "instrument-refused", language)
    browser.open("/?lang=en")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_foreign_is_asked_for_and_the_console_is_quiet(visitor, name, address):
    visitor.open(PAGES[name])
    visitor.requests(), visitor.complaints()
    visitor.open(PAGES[name])
    foreign = [one["address"] for one in visitor.requests() if urlsplit(one["address"]).netloc != urlsplit(address).netloc]
    assert foreign == []
    expected = "status of 404" if name == "refusal" else None
    assert [line for line in visitor.complaints() if not (expected and expected in line)] == []


@pytest.mark.parametrize("name", ["front", "treaty-in-force", "act"])
def test_the_first_page_weighs_less_than_100_kilobytes(visitor, name):
    visitor.command("Network.enable", {})
    visitor.command("Network.clearBrowserCache", {})
    visitor.requests()
    visitor.open(PAGES[name])
    loaded = visitor.requests()
    assert loaded
    weight = sum(one["bytes"] for one in loaded)
    assert weight < 100_000, "\n".join(f"{one['bytes']:8} {one['address']}" for one in loaded)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_the_same_without_scripts(visitor, name):
    visitor.scripts(False).open(PAGES[name])
    assert len(visitor.all("h1")) == 1
    assert len(visitor.text) > 60
    for noscript in visitor.all("main [hidden]"):
        assert noscript.get_attribute("data-test") is None, "something with a purpose is hidden until a script shows it"


def test_the_register_and_a_treaty_can_be_used_without_scripts(visitor):
    visitor.scripts(False).open("/treaties")
    visitor.one("input[name=q]").send_keys("law of the sea", Keys.ENTER)
    visitor.wait(lambda browser: "q=" in browser.path)
    visitor.one(f"[data-treaty={IN_FORCE}] a").click()
    visitor.wait(lambda browser: browser.path.startswith(f"/treaties/{IN_FORCE}"))
    visitor.open(f"/treaties/{NOT_YET}")
    form = visitor.one("form[data-test=what-if]")
    visitor.one("[name=actor]", form).send_keys("FRA")
    visitor.one("button", form).click()
    visitor.wait(lambda browser: browser.has("[data-test=what-if-answer]"))


def focus(browser):
    return browser.driver.switch_to.active_element


def focused_is_visible(browser):
    return browser.driver.execute_script(
        """
        const e = document.activeElement;
        if (!e || e === document.body) return true;
        // The browser itself marks the part of a date that has the focus, and the field's own style knows nothing of it.
        if (e.type === 'date') return true;
        const s = getComputedStyle(e), r = e.getBoundingClientRect();
        return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== 'none') && r.width > 0 && r.height > 0;
        """
    )


def press(browser, *keys):
    actions = ActionChains(browser.driver)
    for key in keys:
        actions.send_keys(key)
    actions.perform()


@pytest.mark.parametrize("name", ["front", "treaty-in-force", "act", "sign-in"])
def test_the_tab_key_reaches_the_content_first_and_then_everything(visitor, name):
    visitor.open(PAGES[name])
    press(visitor, Keys.TAB)
    assert (focus(visitor).get_attribute("href") or "").endswith("#" + visitor.one("main").get_attribute("id"))
    assert focused_is_visible(visitor)
    reached = set()
    for _ in range(40):
        press(visitor, Keys.TAB)
        element = focus(visitor)
        if element.tag_name == "body":
            break
        assert focused_is_visible(visitor), f"no sign of the focus on {element.get_attribute('outerHTML')[:200]}"
        reached.add(element.tag_name)
    assert "a" in reached
    controls = visitor.has("main input:not([type=hidden]), main button, main select, main summary")
    assert not controls or {"input", "button", "select", "summary"} & reached


def test_a_treaty_is_found_and_opened_by_keyboard_alone(visitor):
    visitor.open("/")
    for _ in range(25):
        press(visitor, Keys.TAB)
        if focus(visitor).get_attribute("name") == "q":
            break
    assert focus(visitor).get_attribute("name") == "q"
    press(visitor, "UNCLOS", Keys.ENTER)
    visitor.wait(lambda browser: "q=UNCLOS" in browser.path)
    wanted = f"/treaties/{IN_FORCE}"
    for _ in range(60):
        press(visitor, Keys.TAB)
        if urlsplit(focus(visitor).get_attribute("href") or "").path == wanted:
            break
    press(visitor, Keys.ENTER)
    visitor.wait(lambda browser: browser.path.startswith(wanted))


def test_text_can_be_twice_as_large(visitor):
    visitor.width(640).open(f"/treaties/{IN_FORCE}")
    visitor.driver.execute_script("document.documentElement.style.fontSize = '200%'")
    assert visitor.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
