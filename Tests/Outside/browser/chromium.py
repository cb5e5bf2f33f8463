"""Chromium as Debian packages it, driven headless, and what a visitor can see of a page in it."""

import base64
import json
import os
import pathlib
import re
from urllib.parse import urlsplit

import axe_playwright_python
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

AXE_SOURCE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# WCAG 2.2 AA and axe's own best practices.
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SCREENSHOTS = pathlib.Path(os.environ.get("CHANCERY_SCREENSHOTS", ".tools/screenshots"))


class Browser:
    """One headless Chromium, with a profile of its own."""

    def __init__(self, address):
        self.address = address.rstrip("/")
        options = webdriver.ChromeOptions()
        options.binary_location = os.environ.get("CHANCERY_CHROMIUM", "/usr/bin/chromium")
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=en",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--window-size=1280,900",
        ]:
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": "en"})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        driver_path = os.environ.get("CHANCERY_CHROMEDRIVER", "/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=Service(driver_path))
        self.driver.set_page_load_timeout(60)
        self.scripts(True)

    def close(self):
        self.driver.quit()

    # The device

    def width(self, pixels, height=900):
        self.command(
            "Emulation.setDeviceMetricsOverride",
            {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        return self

    def scheme(self, name):
        """`light` or `dark`, as the visitor's system asks for."""
        self.command(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": name}, {"name": "prefers-reduced-motion", "value": "reduce"}]},
        )
        return self

    def scripts(self, allowed):
        self.command("Emulation.setScriptExecutionDisabled", {"value": not allowed})
        return self

    def fresh(self):
        """A visitor who has never been here, at a desk, by day."""
        self.scripts(True)
        self.driver.get("about:blank")
        self.command("Network.clearBrowserCookies", {})
        return self.width(1280).scheme("light")

    def become(self, address, session):
        """A visitor of the node at an address who has never been here, signed in where a session of `requests` is; `None`: as nobody."""
        self.fresh()
        self.address = address
        for cookie in session.cookies if session is not None else []:
            self.command("Network.setCookie", {"name": cookie.name, "value": cookie.value, "url": address, "httpOnly": True})
        return self

    def command(self, name, parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    # Going about

    def open(self, path):
        self.driver.get(path if path.startswith("http") else self.address + path)
        return self

    @property
    def path(self):
        parts = urlsplit(self.driver.current_url)
        return parts.path + ("?" + parts.query if parts.query else "")

    @property
    def text(self):
        return self.one("main").text

    @property
    def status(self):
        """The status of the page now shown."""
        return self.driver.execute_script(
            "const entry = performance.getEntriesByType('navigation')[0]; return entry ? entry.responseStatus : 0"
        )

    # Finding

    def all(self, selector, within=None):
        return (within or self.driver).find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector, within=None):
        found = self.all(selector, within)
        if not found:
            raise NoSuchElementException(f"nothing on {self.driver.current_url} matches {selector}")
        return found[0]

    def has(self, selector):
        return bool(self.all(selector))

    def wait(self, condition, seconds=15):
        """Waits for `condition(browser)` to be true and returns it. A live page may replace what was found while it is being read."""
        return WebDriverWait(
            self.driver, seconds, ignored_exceptions=[StaleElementReferenceException]).until(lambda _: condition(self))

    def wait_for(self, selector, seconds=15):
        return self.wait(lambda browser: (browser.all(selector) or [None])[0], seconds)

    def submit(self, form, **values):
        """Fills fields by their names, as a person would, presses the form's first button, and waits for the next page."""
        for name, value in values.items():
            self.fill(form, name, value)
        before = self.one("html")
        self.one("button:not([type=button]), input[type=submit]", form).click()
        self.gone(before)
        return self

    def fill(self, form, name, value):
        field = self.one(f"[name='{name}']", form)
        kind = field.get_attribute("type")
        if field.tag_name == "select":
            for option in self.all("option", field):
                if value in (option.get_attribute("value"), option.text):
                    option.click()
                    return
            raise NoSuchElementException(f"the field {name} offers no {value}")
        if kind == "radio":
            self.one(f"[name='{name}'][value='{value}']", form).click()
        elif kind == "date":
            # A date field takes keys in the locale's order; its value is what the form sends.
            self.driver.execute_script(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", field, value
            )
        else:
            field.clear()
            field.send_keys(value)

    def gone(self, element):
        """Waits until the page that held the element has been left and the next one has come."""

        def left(_):
            try:
                element.is_enabled()
                return False
            except Exception as problem:  # stale: WebDriver has several names for it
                return "stale" in str(problem).lower() or "no such" in str(problem).lower() or "detached" in str(problem).lower()

        WebDriverWait(self.driver, 30).until(left)
        self.wait(lambda browser: browser.driver.execute_script("return document.readyState") == "complete", 30)

    # What the browser did

    def requests(self):
        """Every request since this was last asked: address, bytes over the wire, kind, status."""
        found = {}
        for line in self.driver.get_log("performance"):
            message = json.loads(line["message"])["message"]
            parameters = message["params"]
            key = parameters.get("requestId")
            if message["method"] == "Network.requestWillBeSent":
                found[key] = {"address": parameters["request"]["url"], "bytes": 0, "kind": parameters.get("type"), "status": None}
            elif message["method"] == "Network.responseReceived" and key in found:
                found[key]["status"] = parameters["response"]["status"]
                found[key]["type"] = parameters["response"]["mimeType"]
            elif message["method"] == "Network.loadingFinished" and key in found:
                found[key]["bytes"] = parameters["encodedDataLength"]
        return [one for one in found.values() if not one["address"].startswith(("data:", "about:", "blob:", "chrome"))]

    def complaints(self):
        """What the browser's console holds against the page since this was last asked."""
        return [line["message"] for line in self.driver.get_log("browser") if line["level"] in ("SEVERE", "WARNING")]

    def violations(self):
        """What axe finds wrong, a line for each place."""
        if not self.driver.execute_script("return typeof window.axe === 'object'"):
            self.driver.execute_script(AXE_SOURCE)
        result = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations']})"
            ".then(r => done(r.violations), e => done([{id: 'axe', help: String(e), nodes: []}]))",
            AXE_RULES,
        )
        lines = []
        for violation in result:
            for node in violation["nodes"] or [{"target": [""], "failureSummary": ""}]:
                why = re.sub(r"\s+", " ", node.get("failureSummary") or "")
                lines.append(f"{violation['id']}: {violation['help']}: {node['target'][0]}: {why}")
        return lines

    def fits(self):
        """Whether nothing stands beyond the window's side."""
        return self.driver.execute_script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def picture(self, name):
        """Saves the whole page, for a person to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        size = self.command("Page.getLayoutMetrics", {})["cssContentSize"]
        data = self.command(
            "Page.captureScreenshot",
            {
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1},
            },
        )["data"]
        (SCREENSHOTS / f"{name}.png").write_bytes(base64.b64decode(data))
