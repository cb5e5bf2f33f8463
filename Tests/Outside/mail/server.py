"""A mail server of other people's code (aiosmtpd) for the tests to send to: server.py FOLDER [option...]

Writes every message it takes to FOLDER as N.eml, with its envelope in N.json, and tells its port on the first line of its output.
It stops when its input ends.

Options: starttls, tls (from the first byte), auth, no-utf8, CERTIFICATE.pem KEY.pem for those that need them as cert=… and key=…
`inject`: not aiosmtpd, but a server that sends more than it may behind the answer to STARTTLS. `silent`: one that says nothing.
An address tells what the server shall do with it: `later` is refused for now, `never` for good, `drop` breaks the connection, `once`
is refused for now the first time. `slow`: every message takes 20 milliseconds.
"""

import asyncio
import json
import pathlib
import socket
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.count = len(list(folder.glob("*.eml")))
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "later" or (local == "once" and address not in self.seen):
            self.seen.add(address)
            return "451 4.3.0 Try again later"
        if local == "never":
            return "550 5.1.1 No such mailbox here"
        if local == "drop":
            server.transport.close()
            return "421 4.3.2 Closing"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if "slow" in sys.argv[2:]:
            await asyncio.sleep(0.02)
        self.count += 1
        (self.folder / f"{self.count}.eml").write_bytes(envelope.original_content)
        about = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "options": list(envelope.mail_options),
            "tls": session.ssl is not None or "tls" in sys.argv[2:],
            "user": getattr(session.auth_data, "login", b"").decode() if session.authenticated else None,
        }
        (self.folder / f"{self.count}.json").write_text(json.dumps(about))
        return f"250 2.0.0 Taken as {self.count}"


def authenticate(server, session, envelope, mechanism, data):
    success = data.login == b"depositary" and data.password == "pleins pouvoirs é".encode()
    # Not "handled": then aiosmtpd itself gives the answer, 235 or 535.
    return AuthResult(success=success, handled=False, auth_data=data)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bare(kind):
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(8)

    def talk(connection):
        with connection:
            if kind == "silent":
                connection.recv(1)
                return
            connection.sendall(b"220 inject.example ESMTP\r\n")
            while line := connection.recv(1024):
                if line.startswith(b"EHLO"):
                    connection.sendall(b"250-inject.example\r\n250 STARTTLS\r\n")
                elif line.startswith(b"STARTTLS"):
                    connection.sendall(b"220 go on\r\n250 injected\r\n")
                else:
                    connection.sendall(b"250 of course\r\n")

    def accept():
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listening.getsockname()[1]


def main():
    folder = pathlib.Path(sys.argv[1])
    options = dict((part.split("=", 1) + [""])[:2] for part in sys.argv[2:])
    controller = None
    if "inject" in options or "silent" in options:
        port = bare("inject" if "inject" in options else "silent")
    else:
        port = int(options.get("port") or free_port())
        context = None
        if "cert" in options:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(options["cert"], options["key"])
        settings = {"hostname": "127.0.0.1", "port": port, "enable_SMTPUTF8": "no-utf8" not in options}
        if "tls" in options:
            settings["ssl_context"] = context
        elif "starttls" in options:
            settings |= {"tls_context": context, "require_starttls": True}
        if "auth" in options:
            settings |= {"authenticator": authenticate, "auth_required": True, "auth_require_tls": "tls" not in options}
        controller = Controller(Handler(folder), **settings)
        controller.start()
    print(port, flush=True)
    sys.stdin.read()
    if controller:
        controller.stop()


main()
