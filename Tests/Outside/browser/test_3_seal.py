"""The seal: a proof checked by the reader's own browser."""

import base64
import json
import urllib.request

import pytest

from conftest import IN_FORCE


def open_an_act(browser):
    browser.open(f"/treaties/{IN_FORCE}/acts")
    entry = browser.one("[data-test=act]").get_attribute("data-entry")
    browser.open(f"/record/acts/{entry}")
    return entry


def seal(browser):
    return browser.one("[data-test=seal]").get_attribute("data-state")


def test_the_browser_verifies_an_act(visitor):
    open_an_act(visitor)
    visitor.wait(lambda browser: seal(browser) == "verified")


def test_the_proof_can_be_downloaded(visitor):
    entry = open_an_act(visitor)
    link = visitor.one(f"a[href$='/record/acts/{entry}.tlog-proof']")
    text = visitor.driver.execute_async_script(
        "fetch(arguments[0]).then(r => r.text()).then(arguments[1])", link.get_attribute("href")
    )
    assert text.startswith("c2sp.org/tlog-proof@v1\n")
    assert f"\nindex {entry}\n" in text


def tampered(browser, change):
    """Opens an act in a browser whose network changes the proof on its way."""
    script = browser.command(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": """
            const honest = window.fetch.bind(window);
            window.fetch = async (...args) => {
                const answer = await honest(...args);
                const address = String(args[0] && args[0].url || args[0]);
                if (!address.includes('.tlog-proof')) return answer;
                const text = await answer.text();
                return new Response((CHANGE)(text), {status: answer.status, headers: answer.headers});
            };
            """.replace("CHANGE", change)
        },
    )["identifier"]
    try:
        open_an_act(browser)
        browser.wait(lambda b: seal(b) not in ("unverified", "checking", None, ""))
        return seal(browser)
    finally:
        browser.command("Page.removeScriptToEvaluateOnNewDocument", {"identifier": script})


SWAP = "c => c === 'A' ? 'B' : 'A'"


def test_a_changed_hash_breaks_the_seal(visitor):
    change = f"t => t.replace(/(\\nindex \\d+\\n)(.)/, (m, a, c) => a + ({SWAP})(c))"
    assert tampered(visitor, change) == "failed"


def test_a_changed_leaf_breaks_the_seal(visitor):
    change = """t => t.replace(/\\nextra (.*)\\n/, (m, extra) => {
        const entry = JSON.parse(atob(extra));
        const leaf = atob(entry.leaf).replace('depositary', 'depositarY');
        entry.leaf = btoa(leaf);
        return '\\nextra ' + btoa(JSON.stringify(entry)) + '\\n';
    })"""
    assert tampered(visitor, change) == "failed"


def test_a_changed_payload_breaks_the_seal(visitor):
    change = """t => t.replace(/\\nextra (.*)\\n/, (m, extra) => {
        const entry = JSON.parse(atob(extra));
        const bytes = atob(entry.payload);
        entry.payload = btoa(bytes.slice(0, -1) + ' }');
        return '\\nextra ' + btoa(JSON.stringify(entry)) + '\\n';
    })"""
    assert tampered(visitor, change) == "failed"


def test_a_changed_signature_breaks_the_seal(visitor):
    # The last character before the padding that still carries whole bits of the signature.
    change = "t => t.replace(/(\\n— \\S+ \\S{40})(.)/, (m, a, c) => a + (" + SWAP + ")(c))"
    assert tampered(visitor, change) == "failed"


@pytest.fixture
def proof(visitor, tmp_path):
    """A proof file that a reader was given."""
    text = urllib.request.urlopen(f"{visitor.address}/record/acts/7.tlog-proof").read().decode()
    path = tmp_path / "act.tlog-proof"
    path.write_text(text)
    return path


def verdict(browser, path):
    browser.open("/verify")
    browser.one("input[type=file]").send_keys(str(path))
    browser.wait(lambda b: b.one("[data-test=verdict]").get_attribute("data-state") in ("verified", "failed"))
    return browser.one("[data-test=verdict]").get_attribute("data-state")


def test_a_reader_verifies_a_file_without_sending_it_anywhere(visitor, proof):
    visitor.open("/verify").requests()
    assert verdict(visitor, proof) == "verified"
    assert not [one for one in visitor.requests() if "tlog-proof" in one["address"]]


def test_a_reader_sees_that_a_file_was_changed(visitor, proof):
    lines = proof.read_text().split("\n")
    entry = json.loads(base64.b64decode(lines[1].removeprefix("extra ")))
    payload = base64.b64decode(entry["payload"]).replace(b'"1969', b'"1979')
    entry["payload"] = base64.b64encode(payload).decode()
    lines[1] = "extra " + base64.b64encode(json.dumps(entry, separators=(",", ":")).encode()).decode()
    proof.write_text("\n".join(lines))
    assert verdict(visitor, proof) == "failed"


def test_a_file_of_another_kind_is_no_proof(visitor, proof):
    proof.write_text("Dear reader, believe me.")
    assert verdict(visitor, proof) == "failed"


def test_the_record_page_shows_the_checkpoint(visitor):
    visitor.open("/record")
    checkpoint = visitor.driver.execute_async_script("fetch('/record/checkpoint').then(r => r.text()).then(arguments[0])")
    origin, size, root = checkpoint.split("\n")[:3]
    for part in (origin, root):
        assert part in visitor.one("main").get_attribute("textContent")
    assert int(size) > 1000
