"""The depositary officer's work: record an instrument, mend it by a further act."""

import urllib.error
import urllib.parse
import urllib.request

from conftest import EMPTY


def record_size(address):
    return int(urllib.request.urlopen(f"{address}/record/checkpoint").read().decode().split("\n")[1])


def instrument_form(browser, treaty):
    browser.open(f"/treaties/{treaty}/record")
    return browser.one("form[data-test=instrument-form]")


def entries(browser, treaty):
    """The entries of the treaty's acts, as its page of acts lists them."""
    browser.open(f"/treaties/{treaty}/acts")
    return [int(act.get_attribute("data-entry")) for act in browser.all("[data-test=act]")]


def participant(browser, treaty, actor):
    browser.open(f"/treaties/{treaty}")
    rows = browser.all(f"[data-test=participant][data-actor={actor}]")
    return rows[0].text if rows else None


def test_the_officer_sees_what_can_be_done_here(officer):
    officer.browser.open(f"/treaties/{EMPTY}")
    assert officer.browser.one("[data-test=record-act]").is_displayed()
    officer.browser.open(officer.browser.one("[data-test=record-act]").get_attribute("href"))
    assert officer.browser.one("[data-test=record-instrument]").is_displayed()


def test_an_instrument_is_recorded_and_shown(officer, address):
    browser = officer.browser
    before = record_size(address)
    browser.submit(instrument_form(browser, EMPTY), kind="signature", actor="FRA", date="2023-09-20", source="the list of the depositary")
    assert browser.status == 200
    assert "2023" in participant(browser, EMPTY, "FRA")
    browser.submit(instrument_form(browser, EMPTY), kind="ratification", actor="FRA", date="2025-02-05", source="the list of the depositary")
    assert browser.status == 200
    assert "5 February 2025" in participant(browser, EMPTY, "FRA")
    assert record_size(address) == before + 2


def test_what_was_recorded_has_a_proof_at_once(officer):
    browser = officer.browser
    browser.open(f"/record/acts/{max(entries(browser, EMPTY))}")
    browser.wait(lambda b: b.one("[data-test=seal]").get_attribute("data-state") == "verified")


def test_a_mistake_is_corrected_by_a_further_act_and_stays_readable(officer, address):
    browser = officer.browser
    entry = max(entries(browser, EMPTY))
    before = record_size(address)
    browser.open(f"/record/acts/{entry}")
    wrong = browser.text
    browser.open(f"/treaties/{EMPTY}/acts")
    browser.open(browser.one(f"[data-test=act][data-entry='{entry}'] [data-test=correct]").get_attribute("href"))
    browser.submit(browser.one("form[data-test=correction-form]"), date="2025-02-06", reason="The instrument was received a day later.")
    assert record_size(address) == before + 1
    assert "6 February 2025" in participant(browser, EMPTY, "FRA")
    browser.open(f"/record/acts/{entry}")
    assert browser.status == 200
    assert "5 February 2025" in wrong and "5 February 2025" in browser.text


def test_a_ratification_without_a_signature_is_refused_with_the_rule(officer, address):
    browser = officer.browser
    before = record_size(address)
    browser.submit(instrument_form(browser, EMPTY), kind="ratification", actor="PLW", date="2024-01-22", source="the list of the depositary")
    assert browser.status == 422
    assert "VCLT" in browser.one("[data-test=refusal]").text
    assert record_size(address) == before


def test_a_second_ratification_by_one_state_is_refused_with_the_rule(officer, address):
    browser = officer.browser
    before = record_size(address)
    browser.submit(instrument_form(browser, EMPTY), kind="ratification", actor="FRA", date="2025-03-01", source="the list of the depositary")
    assert browser.status in (409, 422)
    refusal = browser.one("[data-test=refusal], [role=alert]").text
    assert refusal
    assert record_size(address) == before


def test_an_instrument_before_adoption_is_refused(officer, address):
    browser = officer.browser
    before = record_size(address)
    browser.submit(instrument_form(browser, EMPTY), kind="ratification", actor="IDN", date="1999-01-01", source="the list of the depositary")
    assert browser.status == 422
    assert record_size(address) == before


def replay(browser, address, form, values):
    """Sends the same form twice, as a double click or a reload does."""
    fields = {field.get_attribute("name"): field.get_attribute("value") for field in browser.all("input[type=hidden]", form)}
    body = urllib.parse.urlencode({**fields, **values})
    action = form.get_attribute("action") or browser.driver.current_url
    return browser.driver.execute_async_script(
        """
        const [action, body, done] = arguments;
        const send = () => fetch(action, {method: 'POST', body, redirect: 'manual',
            headers: {'Content-Type': 'application/x-www-form-urlencoded'}}).then(r => [r.type, r.status]);
        send().then(first => send().then(second => done([first, second])));
        """,
        action,
        body,
    )


def test_a_form_sent_twice_enters_one_act(officer, address):
    browser = officer.browser
    form = instrument_form(browser, EMPTY)
    before = record_size(address)
    first, second = replay(browser, address, form, {"kind": "signature", "actor": "IDN", "date": "2023-09-20", "source": "the list of the depositary"})
    assert first[0] == "opaqueredirect" or first[1] in (200, 201, 303)
    assert second[1] == 409
    assert record_size(address) == before + 1


def test_the_page_of_a_reader_is_told_of_a_new_act(officer, visitor, address):
    visitor.open(f"/treaties/{EMPTY}")
    browser = officer.browser
    browser.submit(instrument_form(browser, EMPTY), kind="signature", actor="CHL", date="2023-09-20", source="the list of the depositary")
    visitor.wait(lambda b: b.one("#live").is_displayed() or b.has("[data-test=participant][data-actor=CHL]"))


def test_a_visitor_is_told_who_may_record_and_how_to_sign_in(visitor, address):
    before = record_size(address)
    visitor.open(f"/treaties/{EMPTY}")
    assert not visitor.has("form[data-test=instrument-form]")
    request = urllib.request.Request(
        f"{address}/treaties/{EMPTY}/record",
        data=b"kind=ratification&actor=DEU&date=2025-01-01",
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
    )
    try:
        status = urllib.request.urlopen(request).status
    except urllib.error.HTTPError as refusal:
        status = refusal.code
    assert status in (400, 401, 403)
    assert record_size(address) == before
