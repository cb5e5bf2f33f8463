"""The depositary's work: an instrument comes, its form is examined, a notification is issued and read in both languages."""

import json
import urllib.request

import pytest

from conftest import EMPTY
from test_7_everybody import examine, speaking

TREATY = f"/treaties/{EMPTY}"


def received(browser):
    """The newest document of the treaty in custody, by its page."""
    browser.open(f"/treaties/custody?treaty={EMPTY}")
    return browser.one("[data-test=document] a").get_attribute("href")


def issued(address):
    answer = json.load(urllib.request.urlopen(f"{address}{TREATY}/notifications?format=json"))
    return answer["notifications"]


def test_a_document_is_received_and_its_form_examined(officer):
    browser = officer.browser
    browser.open(TREATY)
    browser.open(browser.one("[data-test=receive]").get_attribute("href"))
    form = browser.one("form[data-test=receipt-form]")
    browser.submit(
        form, item="instrument", actor="BRA", action="signature", dated="2024-01-02", received="2024-01-10", channel="by-hand", medium="original",
        seal="S-17", place="Vault 3",
    )
    assert browser.status == 200
    assert "10 January 2024" in browser.one("[data-test=standing]").text
    form = browser.one("form[data-test=examination-form]")
    points = {field.get_attribute("name"): "yes" for field in browser.all("select", form) if field.get_attribute("name").startswith("check-")}
    assert len(points) == 5
    browser.submit(form, **points, result="in-order")
    assert browser.one("[data-test=form-state]").text == "In due and proper form"
    browser.wait(lambda b: b.one("[data-test=seal]").get_attribute("data-state") == "verified")


def test_where_a_document_lies_is_not_told_to_strangers(officer, visitor):
    place = received(officer.browser)
    assert "Vault 3" in officer.browser.open(place).text
    assert "Vault 3" not in visitor.open(place).text


def test_a_notification_is_previewed_issued_and_read_in_both_languages(officer, visitor, address):
    browser = officer.browser
    browser.open(f"{TREATY}/record")
    browser.submit(browser.one("form[data-test=instrument-form]"), kind="signature", actor="BRA", date="2024-01-10", source="the list of the depositary")
    browser.open("/desk")
    assert browser.has(f"a[href='{TREATY}/notify']"), "VCLT art. 77(1)(e): it is to be notified"
    browser.open(TREATY)
    browser.open(browser.one("[data-test=notifications]").get_attribute("href"))
    browser.open(browser.one("[data-test=notify]").get_attribute("href"))
    browser.open(browser.all("[data-test=prepare]")[0].get_attribute("href"))
    assert len(browser.all("[data-test=sheet]")) == 2
    assert "BRAZIL: SIGNATURE" in browser.text
    examine(browser, "notify", "en")
    browser.width(1280).scheme("light")
    before = len(issued(address))
    form = browser.one("form[data-test=notify-form]")
    main = browser.one("button.primary", form)
    assert main.text == "Issue notification"
    main.click()
    browser.wait(lambda b: "/notifications/C.N." in b.path)
    number = browser.one("[data-test=number]").text
    assert number == issued(address)[0]["number"]
    assert len(issued(address)) == before + 1
    page = browser.path
    english = visitor.open(page).one("[data-test=sheet]")
    assert english.get_attribute("lang") == "en"
    assert "The action mentioned above was effected on 10 January 2024." in english.text
    visitor.open(visitor.one(".tabs [lang=fr]").get_attribute("href"))
    french = visitor.one("[data-test=sheet]")
    assert french.get_attribute("lang") == "fr"
    assert "a été accomplie le 10 janvier 2024" in french.text
    visitor.wait(lambda b: b.one("[data-test=seal]").get_attribute("data-state") == "verified")


def test_a_rectification_points_back_and_is_pointed_to(officer, address):
    browser = officer.browser
    first = issued(address)[0]
    browser.open(first["href"])
    browser.open(browser.one("[data-test=rectify]").get_attribute("href"))
    form = browser.one("form[data-test=notify-form]")
    browser.fill(form, "further-en", "The date should read 11 January 2024.")
    browser.fill(form, "further-fr", "Lire « 11 janvier 2024 ».")
    browser.one("button.primary", form).click()
    browser.wait_for("[data-test=preview]")
    browser.one("form[data-test=notify-form] button.primary").click()
    browser.wait(lambda b: "/notifications/C.N." in b.path)
    assert browser.one("[data-test=earlier]").text.endswith(first["number"])
    browser.open(first["href"])
    assert "rectified" in browser.one("[data-test=later]").text


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["notifications", "notification", "custody", "document", "corrections", "registration", "ledgers"])
def test_axe_finds_nothing(visitor, officer, address, name, language):
    pages = {
        "notifications": "/notifications",
        "notification": issued(address)[0]["href"],
        "custody": "/treaties/custody",
        "document": received(officer.browser).removeprefix(address),
        "corrections": f"{TREATY}/corrections",
        "registration": "/treaties/XXI-6/registration",
        "ledgers": f"{TREATY}/ledgers",
    }
    visitor.open(speaking(pages[name], language))
    examine(visitor, f"depositary-{name}", language)


@pytest.mark.parametrize(
    "name,path",
    [
        ("receive", f"{TREATY}/custody/receive"),
        ("propose", f"{TREATY}/corrections/propose"),
        ("contacts", "/depositary/contacts"),
        ("ledger-form", f"{TREATY}/ledgers"),
        ("registration-form", "/treaties/XXI-6/registration"),
    ],
)
def test_axe_finds_nothing_in_the_officers_forms(officer, name, path):
    officer.browser.open(path)
    examine(officer.browser, f"officer-{name}", "en")
    officer.browser.width(1280).scheme("light")
