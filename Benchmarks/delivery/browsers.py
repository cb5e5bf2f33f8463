#!/usr/bin/env python3
"""How soon an act that is entered over HTTP shows in browsers, and how long a room takes to open over a slow line.

    .tools/venv/bin/python Benchmarks/delivery/browsers.py .build/release/chancery [ACTS]

Three Chromiums have a room open: who presides, a delegate, and the gallery. One act after another is entered, each a second after the last,
and the page itself notes when its main part has changed. Prints milliseconds from before the form was sent, so that what
the node takes to enter the act is in it; the network is this machine's own. Then the room is opened by a delegate at 100 kbit/s
(Chromium's own emulation), with and without style and scripts in the cache.
"""

import math
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parents[2] / "Tests" / "Outside" / "browser"))

from room_watch import ROOM, Room, changed_after, watch  # noqa: E402

# Bits to bytes; a latency of 300 ms as mobile lines of that speed have it would only add to every request.
SLOW = {"offline": False, "latency": 0, "downloadThroughput": 100_000 / 8, "uploadThroughput": 100_000 / 8}


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def delivery(room, acts):
    browsers = {
        "chair": room.browser(room.chair), "delegate": room.browser(room.delegates["FRA"]),
        "gallery": room.browser(page=ROOM + "/gallery"),
    }
    waits = {name: [] for name in browsers}
    entering = []
    for browser in browsers.values():
        watch(browser)
    for number in range(acts):
        time.sleep(1)
        if number % 2 == 0:
            room.ask("KEN")
        else:
            room.withdraw("KEN")
        entering.append((room.answered - room.sent) * 1000)
        for name, browser in browsers.items():
            changed = changed_after(browser, room.sent)
            if changed is None:
                raise SystemExit(f"act {number} never showed on the page of the {name}")
            waits[name].append((changed - room.sent) * 1000)
    print(f"the form was answered after: median {statistics.median(entering):.0f} ms, longest {max(entering):.0f} ms")
    for name, values in waits.items():
        print(
            f"{name}: {len(values)} acts, from form sent to page changed: median {statistics.median(values):.0f} ms, "
            f"p95 {percentile(values, 0.95):.0f} ms, longest {max(values):.0f} ms")
    for browser in browsers.values():
        browser.close()


def slow_line(room):
    browser = room.browser(room.delegates["FRA"], "/record")
    browser.command("Network.enable", {})
    for label, empty in [("with nothing in the cache", True), ("with style and scripts in the cache", False)]:
        if empty:
            browser.command("Network.clearBrowserCache", {})
        browser.requests()
        browser.command("Network.emulateNetworkConditions", SLOW)
        browser.open(ROOM)
        timing = browser.driver.execute_script(
            "const n = performance.getEntriesByType('navigation')[0];"
            "return [n.responseEnd, n.domContentLoadedEventEnd, n.encodedBodySize, n.decodedBodySize]")
        browser.command("Network.emulateNetworkConditions", {**SLOW, "downloadThroughput": -1, "uploadThroughput": -1})
        # The stream of events stays open and counts what came of it only at its end.
        bytes_over_wire = sum(request["bytes"] for request in browser.requests())
        print(
            f"a delegate's room at 100 kbit/s, {label}: page {timing[2]} bytes ({timing[3]} unfolded) after {timing[0]:.0f} ms, "
            f"ready after {timing[1]:.0f} ms, {bytes_over_wire} bytes in all")
        browser.open("/record")
    browser.close()


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    acts = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    with tempfile.TemporaryDirectory() as folder:
        room = Room(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(folder) / "node")
        try:
            delivery(room, acts)
            slow_line(room)
        finally:
            room.node.stop()


if __name__ == "__main__":
    main()
