"""Signing in: the link once, the passkey every day, a recovery code when it is lost."""

import pytest

from chromium import Browser


def test_the_printed_link_signs_the_officer_in(first_sign_in):
    assert first_sign_in.signed_in


def test_the_link_is_good_only_once(first_sign_in, visitor):
    visitor.open(first_sign_in.link)
    if visitor.has("[data-test=confirm-link]"):
        visitor.submit(visitor.one("[data-test=confirm-link]"))
    assert not visitor.has("[data-test=sign-out]")
    assert visitor.has("[data-test=refusal]")
    assert visitor.status in (401, 403, 404, 409, 410)


def test_recovery_codes_are_shown_once(first_sign_in):
    browser = first_sign_in.browser
    if not first_sign_in.recovery_codes:
        browser.open("/account")
        browser.submit(browser.one("form[data-test=new-recovery-codes]"))
        first_sign_in.note_recovery_codes()
    codes = first_sign_in.recovery_codes
    assert len(codes) >= 8 and len(set(codes)) == len(codes)
    browser.open("/account")
    assert not browser.has("[data-test=recovery-code]")
    assert not any(code in browser.driver.page_source for code in codes)


def test_a_passkey_is_added(first_sign_in):
    first_sign_in.add_passkey()
    assert len(first_sign_in.credentials) == 1
    assert first_sign_in.credentials[0]["isResidentCredential"]


def test_out_and_in_again_with_the_passkey(first_sign_in):
    first_sign_in.sign_out()
    assert not first_sign_in.signed_in
    first_sign_in.sign_in_with_passkey()
    assert first_sign_in.signed_in


def test_after_signing_out_the_old_session_is_worth_nothing(first_sign_in):
    browser = first_sign_in.browser
    cookies = browser.driver.get_cookies()
    first_sign_in.sign_out()
    browser.open("/account")
    assert not first_sign_in.signed_in
    first_sign_in.sign_in_with_passkey()
    assert {cookie["name"] for cookie in cookies}


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(officer):
    cookies = {cookie["name"]: cookie for cookie in officer.browser.driver.get_cookies()}
    session = [cookie for name, cookie in cookies.items() if "session" in name.lower()]
    assert session, f"no session among {sorted(cookies)}"
    assert session[0]["httpOnly"]
    assert session[0]["sameSite"] in ("Lax", "Strict")


@pytest.fixture
def other_device(address):
    """A second browser without any passkey."""
    browser = Browser(address)
    yield browser
    browser.close()


def use_code(browser, code):
    browser.open("/sign-in")
    browser.submit(browser.one("form[data-test=recovery-form]"), code=code)


def test_a_recovery_code_signs_in_once(first_sign_in, other_device):
    code = first_sign_in.recovery_codes[0]
    use_code(other_device, code)
    assert other_device.has("[data-test=sign-out]")
    other_device.fresh()
    use_code(other_device, code)
    assert not other_device.has("[data-test=sign-out]")
    assert other_device.status in (400, 401, 403)


def test_a_wrong_recovery_code_is_refused(first_sign_in, other_device):
    use_code(other_device, "AAAA-BBBB-CCCC-DDDD")
    assert not other_device.has("[data-test=sign-out]")
    assert other_device.status in (400, 401, 403)


def test_an_unknown_passkey_is_refused(visitor):
    visitor.command("WebAuthn.enable", {})
    authenticator = visitor.command(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )["authenticatorId"]
    try:
        visitor.open("/sign-in").one("[data-test=passkey-sign-in]").click()
        visitor.wait(lambda browser: browser.has("[role=alert], [role=status], [data-test=refusal]"))
        assert not visitor.has("[data-test=sign-out]")
    finally:
        visitor.command("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
        visitor.command("WebAuthn.disable", {})
