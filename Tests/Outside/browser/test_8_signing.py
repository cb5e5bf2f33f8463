"""Acts signed by the person: with the passkey in the browser, with a key file away from it; both checked by other people's programs."""

import json
import urllib.request
from urllib.parse import urlsplit

import pytest

from conftest import EMPTY
from persons import KeyFile, check_key_file, check_passkey


# The address of the act that the passkey signed, for the test after.
signed_acts = []


def act_of(address, path):
    request = urllib.request.Request(address + urlsplit(path).path, headers={"Accept": "application/json"})
    return json.load(urllib.request.urlopen(request))


def enrolment_of(browser, address):
    """The act by which the first signature's key was enrolled, as the act's page names it."""
    entry = browser.one("[data-test=signature]").get_attribute("data-key-entry")
    return act_of(address, f"/record/acts/{entry}")


def sign_with_passkey(browser):
    browser.one("[data-test=sign-passkey]").click()
    browser.wait(lambda b: b.path.startswith("/record/acts/"))
    return browser.path


def refusal(browser):
    return browser.one("[data-test=refusal]").text


def act_form(browser, actor, kind, date):
    browser.open(f"/treaties/{EMPTY}/act?actor={actor}&date={date}&kind={kind}")
    return browser.one("form[data-test=act-form]")


def test_the_acts_open_to_a_state_are_shown_and_the_others_with_their_rule(officer):
    browser = officer.browser
    browser.open(f"/treaties/{EMPTY}/act")
    browser.submit(browser.one("form[data-test=act-start]"), actor="ISL", date="2024-03-01")
    assert browser.has("[data-test=open-act][data-kind=signature]")
    closed = browser.one("[data-test=closed-act][data-kind=ratification]")
    assert "VCLT" in closed.text
    assert browser.violations() == []


def test_full_powers_are_entered_and_signed_with_the_passkey(officer, address):
    browser = officer.browser
    if not officer.credentials:
        officer.add_passkey()
    browser.open(f"/enter-full-powers?actor=ISL&treaty={EMPTY}")
    assert browser.violations() == []
    browser.submit(
        browser.one("form[data-test=full-powers-form]"),
        representatives="Ingrid Dahl, Ambassador",
        issuer="foreignMinister",
        issuedBy="The Minister",
        issuedOn="2024-01-10",
    )
    assert "Ingrid Dahl" in browser.text
    assert browser.violations() == []
    path = sign_with_passkey(browser)
    assert act_of(address, path)["kind"] == "treaty.full-powers-issued@1"
    browser.open("/full-powers?actor=ISL")
    assert "Ingrid Dahl" in browser.one("[data-test=full-powers]").text
    assert browser.violations() == []


def test_without_full_powers_the_act_is_refused_and_with_them_it_can_be_signed(officer, address):
    browser = officer.browser
    browser.submit(act_form(browser, "ISL", "signature", "2024-03-01"), name="Ingrid Dahl", title="Ambassador")
    assert browser.status == 422
    assert "VCLT arts. 7(1)(a), 8" in refusal(browser)
    assert browser.violations() == []
    form = browser.one("form[data-test=act-form]")
    browser.fill(form, "fullPowers", browser.all("option", browser.one("#fullPowers"))[1].get_attribute("value"))
    before = browser.one("html")
    browser.one("[data-test=check]").click()
    browser.gone(before)
    assert "VCLT art. 7(1)(a)" in browser.one("[data-test=verdict]").text
    browser.submit(browser.one("form[data-test=act-form]"))
    assert browser.has("[data-test=digest]") and "Ingrid Dahl" in browser.one("[data-test=payload]").text
    path = sign_with_passkey(browser)
    assert act_of(address, path)["payload"]["signatory"]["name"] == "Ingrid Dahl"
    signed_acts.append(path)


def test_the_passkey_s_signature_verifies_in_the_browser_and_without_it(officer, address):
    browser = officer.browser
    browser.open(signed_acts[-1])
    browser.wait(lambda b: b.one("[data-test=signature]").get_attribute("data-state") == "verified")
    act = act_of(address, browser.path)
    enrolment = enrolment_of(browser, address)
    parts = urlsplit(address)
    check_passkey(act, enrolment, parts.hostname, f"{parts.scheme}://{parts.netloc}")
    changed = {**act, "leaf": act["leaf"][:40] + ("A" if act["leaf"][40] != "A" else "B") + act["leaf"][41:]}
    with pytest.raises(Exception):
        check_passkey(changed, enrolment, parts.hostname, f"{parts.scheme}://{parts.netloc}")


def test_a_key_file_is_enrolled_by_its_own_signature_and_signs_a_reservation(officer, address):
    browser = officer.browser
    key = KeyFile()

    def bring_signature():
        request = browser.driver.execute_async_script(
            """
            const done = arguments[arguments.length - 1];
            const form = document.querySelector('[data-test=signing-request]');
            fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))}).then(r => r.text()).then(done);
            """
        )
        form = browser.one("form[data-test=sign-file]")
        browser.driver.execute_script("arguments[0].elements.signature.value = arguments[1]", form, key.sign(request))
        browser.submit(form)

    browser.open("/account")
    form = browser.one("form[data-test=enrol-key]")
    browser.driver.execute_script("arguments[0].elements.key.value = arguments[1]", form, key.pem)
    browser.submit(form, label="Token in the safe")
    assert browser.violations() == []
    bring_signature()
    assert browser.path == "/account" and "Token in the safe" in browser.one("[data-test=key]").text
    browser.open(f"/treaties/{EMPTY}/statement?actor=ISL")
    assert browser.violations() == []
    browser.submit(
        browser.one("form[data-test=statement-form]"),
        kind="interpretativeDeclaration",
        actor="ISL",
        date="2024-03-01",
        text="Iceland understands article 3 as follows.",
        name="The Minister",
        title="Minister",
        capacity="foreignMinister",
    )
    bring_signature()
    assert browser.path.startswith("/record/acts/")
    browser.wait(lambda b: b.one("[data-test=signature]").get_attribute("data-state") in ("verified", ""))
    check_key_file(act_of(address, browser.path), enrolment_of(browser, address))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_statements_page_is_for_everybody(visitor, language, width):
    visitor.width(width).open(f"/treaties/{EMPTY}/statements?lang={language}")
    assert visitor.has("[data-test=statement]")
    assert "Iceland understands" in visitor.text
    visitor.picture(f"statements-{language}-{width}")
    assert visitor.violations() == []
    overflow = visitor.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0


def test_the_guided_form_works_without_scripts(officer):
    browser = officer.browser
    browser.scripts(False)
    try:
        form = act_form(browser, "ISL", "ratification", "2024-06-01")
        browser.one("#name", form).send_keys("The Minister")
        browser.one("#capacity option[value=foreignMinister]", form).click()
        browser.one("[data-test=to-signature]", form).click()
        browser.wait(lambda b: b.has("[data-test=signing-request]"))
        assert browser.has("form[data-test=sign-file] textarea")
    finally:
        browser.scripts(True)
