"""A depositary officer at the browser: the link, the passkey, the recovery codes."""


class Officer:
    """Signs in by the one-time link at once, adds a passkey, and keeps the recovery codes."""

    def __init__(self, browser, link):
        self.browser = browser.fresh()
        self.link = link
        browser.command("WebAuthn.enable", {})
        self.authenticator = browser.command(
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
        self.recovery_codes = []
        self.follow_link()

    @property
    def signed_in(self):
        return self.browser.has("[data-test=sign-out]")

    @property
    def credentials(self):
        """The passkeys that the authenticator holds."""
        return self.browser.command("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})["credentials"]

    def follow_link(self):
        self.browser.open(self.link)
        if self.browser.has("[data-test=confirm-link]"):
            self.browser.submit(self.browser.one("[data-test=confirm-link]"))
        self.note_recovery_codes()

    def note_recovery_codes(self):
        codes = [element.text.strip() for element in self.browser.all("[data-test=recovery-code]")]
        if codes:
            self.recovery_codes = codes

    def add_passkey(self):
        before = len(self.credentials)
        self.browser.open("/account").one("[data-test=add-passkey]").click()
        self.browser.wait(lambda _: len(self.credentials) > before)
        self.browser.wait_for("[data-test=passkey]")

    def sign_in_with_passkey(self):
        self.browser.open("/sign-in").one("[data-test=passkey-sign-in]").click()
        self.browser.wait(lambda _: self.signed_in)

    def sign_out(self):
        element = self.browser.one("[data-test=sign-out]")
        if element.tag_name == "form":
            self.browser.submit(element)
        else:
            before = self.browser.one("html")
            element.click()
            self.browser.gone(before)

    def be_signed_in(self):
        self.browser.open("/")
        if self.signed_in:
            return
        if not self.credentials:
            raise AssertionError("signed out, and there is no passkey to come back with")
        self.sign_in_with_passkey()
