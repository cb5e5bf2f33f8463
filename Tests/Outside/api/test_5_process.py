"""The node as a process: alone on its folder, gone when asked to go, and its record whole after all that was done to it.

These come last, since they stop the node.
"""

import os
import signal
import subprocess
import time

from own_node import free_port


def chancery(node, *arguments, seconds=120):
    return subprocess.run(
        [node.program, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=seconds
    )


def test_a_second_node_on_the_same_folder_is_refused(unharmed):
    answer = chancery(unharmed, "serve", "--data", unharmed.data, "--port", str(free_port()), seconds=30)
    assert answer.returncode != 0
    words = answer.stderr.strip().split("\n")[-1]
    assert words.startswith("chancery: ") and unharmed.data in words, answer.stderr


def test_the_node_goes_when_asked_and_says_nothing_bad(node):
    assert node.alive()
    os.kill(node.process, signal.SIGTERM)
    for _ in range(100):
        if not node.alive():
            break
        time.sleep(0.1)
    assert not node.alive(), "the node did not stop within 10 s of SIGTERM"


def test_the_record_is_whole_after_all_that(node):
    answer = chancery(node, "record", "verify", "--data", node.data)
    assert answer.returncode == 0, answer.stdout + answer.stderr
