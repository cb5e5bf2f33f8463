import os

import pytest

from chromium import Browser
from officer import Officer

# The treaties of the sample register that the tests look at.
IN_FORCE = "XXI-6"  # UNCLOS, in force since 16 November 1994
NOT_YET = "III-13"  # Jurisdictional immunities of States: not in force in the sample
EMPTY = "XXI-10"  # BBNJ Agreement as on its day of adoption: nobody has signed


@pytest.fixture(scope="session")
def address():
    return os.environ["CHANCERY_TEST_URL"].rstrip("/")


@pytest.fixture(scope="session")
def chromium(address):
    browser = Browser(address)
    yield browser
    browser.close()


@pytest.fixture
def visitor(chromium):
    """Somebody without an account who has never been here."""
    return chromium.fresh()


@pytest.fixture(scope="module")
def window():
    """A browser for tests that start nodes of their own: it becomes one of a node's people, or nobody, by `become`."""
    browser = Browser("http://localhost")
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def officer_browser(address):
    browser = Browser(address)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def first_sign_in(officer_browser):
    """The depositary officer, after the first sign-in by the one-time link that the node printed."""
    return Officer(officer_browser, os.environ["CHANCERY_TEST_SIGN_IN_LINK"])


@pytest.fixture
def officer(first_sign_in):
    """The depositary officer, signed in."""
    first_sign_in.browser.scripts(True).width(1280).scheme("light")
    first_sign_in.be_signed_in()
    return first_sign_in


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """When a test fails, leaves a picture of what the browser showed."""
    outcome = yield
    report = outcome.get_result()
    if report.when != "call" or not report.failed:
        return
    for value in item.funcargs.values():
        browser = value if isinstance(value, Browser) else getattr(value, "browser", None)
        if isinstance(browser, Browser):
            name = "failed-" + "".join(c if c.isalnum() else "-" for c in item.name)
            try:
                browser.picture(name)
                report.sections.append(("browser", f"at {browser.driver.current_url}, pictured in {name}.png"))
            except Exception as problem:
                report.sections.append(("browser", f"no picture: {problem}"))
            return
