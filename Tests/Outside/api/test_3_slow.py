"""Whoever sends in drops is let go of: a head, a form's body, a checkpoint's. Others are served meanwhile."""

import json
import socket
import threading
import time

import requests


def drip(node, head, results, name):
    """Sends the head, then a byte a second, until the node hangs up; gives what it said, or None where it still listens after 90 s."""
    with socket.create_connection((node.host, node.port), timeout=1) as connection:
        answer = b""
        connection.sendall(head)
        for _ in range(90):
            try:
                connection.sendall(b"x")
                piece = connection.recv(65536)
                if not piece:
                    results[name] = answer
                    return
                answer += piece
            except TimeoutError:
                continue
            except OSError:
                results[name] = answer
                return
    results[name] = None


def test_slow_heads_and_bodies_are_refused_and_others_are_served(unharmed):
    node = unharmed
    host = f"Host: {node.host}:{node.port}\r\n"
    cases = {
        "head": f"GET / HTTP/1.1\r\n{host}X-Slow: ",
        "form": f"POST /sign-in/link HTTP/1.1\r\n{host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n",
        "checkpoint": f"POST /witness/add-checkpoint HTTP/1.1\r\n{host}Content-Length: 5000\r\n\r\n",
        # Nobody reads the body of what is refused at once; it must end all the same.
        "nowhere": f"POST /nowhere HTTP/1.1\r\n{host}Content-Length: 5000\r\n\r\n",
        "chunks": f"POST /witness/add-checkpoint HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n2000\r\n",
    }
    results = {}
    threads = [threading.Thread(target=drip, args=(node, head.encode(), results, name)) for name, head in cases.items()]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert requests.get(node.address + "/health", timeout=10).status_code == 200
        time.sleep(1)
    assert set(results) == set(cases)
    for name, answer in results.items():
        assert answer is not None, f"{name} is listened to without end"
    for name in ("form", "checkpoint", "chunks"):
        head, _, body = results[name].partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 "), (name, results[name])
        assert b"application/problem+json" in head.lower()
        problem = json.loads(body)
        assert problem["code"] == "request.too-slow" and problem["mend"]
        assert requests.get(node.address + problem["type"], timeout=10).status_code == 200


def test_a_body_that_comes_in_pieces_and_fast_enough_is_taken(node):
    body = b"old 0\n\n" + b"x" * 40_000

    def pieces():
        for start in range(0, len(body), 2_000):
            yield body[start : start + 2_000]
            time.sleep(0.05)

    answer = requests.post(node.address + "/witness/add-checkpoint", data=pieces(), timeout=60)
    assert answer.status_code == 400 and "checkpoint" in answer.text
