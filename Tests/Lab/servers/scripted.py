"""What real servers cannot be made to do: each host below is one dialogue at each of its ports.

    python3 scripted.py CERTIFICATE NAME=ADDRESS,ADDRESS...

One process, which reads no more than a line at a time and keeps nothing of what it hears.
"""

import asyncio
import ssl
import sys
from dataclasses import dataclass

SMTP, SUBMISSIONS, IMAP, IMAPS, POP3, SIEVE = 25, 465, 143, 993, 110, 4190
IMPLICIT_TLS = (SUBMISSIONS, IMAPS)

# @HOST@ is the host's name; @TAG@ is what an IMAP client put in front of its command.
SMTP_REPLIES = {
    b"EHLO": b"250-@HOST@\r\n250-SIZE 20971520\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 PIPELINING\r\n",
    b"STARTTLS": b"220 2.0.0 Ready to start TLS\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
INSIDE_TLS = {b"EHLO": SMTP_REPLIES[b"EHLO"].replace(b"250-STARTTLS\r\n", b"")}
IMAP_REPLIES = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n@TAG@ OK done\r\n",
    b"LOGOUT": b"* BYE\r\n@TAG@ OK done\r\n",
}
IMAP_STARTTLS = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n@TAG@ OK done\r\n",
    b"STARTTLS": b"@TAG@ OK go ahead\r\n",
    b"NOOP": b"@TAG@ OK done\r\n",
}
ESCAPES = b"\x1b[2J\x1b]0;title\x07\x00\x9b31m\xff\x08"


@dataclass(frozen=True)
class Dialogue:
    greeting: bytes = b"220 @HOST@ ESMTP\r\n"
    replies: dict = None  # by command; those in SMTP_REPLIES unless said otherwise
    otherwise: bytes = b"550 5.7.1 Not here\r\n"
    handshake: str = "completes"  # or "plaintext": goes on without; or "closes"
    seconds_per_octet: float = 0  # of the greeting and all replies
    repeats: bytes = b""  # sent behind the greeting, for ever
    repeats_ehlo: bytes = b""  # sent behind the reply to EHLO, for ever
    hangs_up: bool = False  # after the greeting
    speaks: bool = True
    keeps_plaintext: bool = False  # obeys inside TLS what was read before the handshake


def smtp(replies={}, **rest):
    return Dialogue(replies=SMTP_REPLIES | replies, **rest)


def imap(**rest):
    return Dialogue(b"* OK ready\r\n", IMAP_REPLIES | IMAP_STARTTLS, b"@TAG@ BAD no\r\n", **rest)


SILENT = Dialogue(speaks=False)

HOSTS = {
    "healthy": {SMTP: smtp()},
    "obeys": {SMTP: smtp(keeps_plaintext=True)},
    "obeys-imap": {SMTP: smtp(), IMAP: imap(keeps_plaintext=True)},
    "forgets-imap": {SMTP: smtp(), IMAP: imap()},
    # At 465 and 993 it never answers the ClientHello.
    "silent": {port: SILENT for port in (SMTP, SUBMISSIONS, IMAP, IMAPS, POP3, SIEVE)},
    "tarpit": {SMTP: smtp(seconds_per_octet=1)},
    "endless-banner": {SMTP: smtp(greeting=b"220 ", repeats=b"and on " * 64)},
    "endless-reply": {SMTP: smtp({b"EHLO": b"250-@HOST@\r\n"}, repeats_ehlo=b"250-AND-ON\r\n" * 64)},
    "busy": {SMTP: smtp(greeting=b"421 4.7.0 Too many connections, try again later\r\n", hangs_up=True)},
    "refusing": {
        SMTP: Dialogue(
            b"554 5.7.1 No SMTP service here" + b", and none elsewhere" * 25 + b"\r\n",
            {b"QUIT": SMTP_REPLIES[b"QUIT"]},
            b"503 5.5.1 Only QUIT\r\n",
        )
    },
    "starttls-454": {SMTP: smtp({b"STARTTLS": b"454 4.7.0 TLS not available\r\n"})},
    "starttls-plaintext": {SMTP: smtp(handshake="plaintext")},
    # The client must not take the second reply for one to what it says inside TLS.
    "injected": {SMTP: smtp({b"STARTTLS": SMTP_REPLIES[b"STARTTLS"] + b"250-injected\r\n250 AUTH PLAIN\r\n"})},
    "preauth": {
        SMTP: smtp(),
        IMAP: Dialogue(
            b"* PREAUTH [CAPABILITY IMAP4rev1] Logged in as postmaster\r\n", IMAP_REPLIES, b"@TAG@ BAD no\r\n"
        ),
    },
    "escapes": {
        SMTP: smtp(
            {b"EHLO": b"250-@HOST@ " + ESCAPES + b"\r\n250-STARTTLS\r\n250 SIZE " + ESCAPES + b"\r\n"},
            greeting=b"220 @HOST@ " + ESCAPES + b"\r\n",
        )
    },
    "closes": {SMTP: smtp(handshake="closes"), SUBMISSIONS: smtp(handshake="closes")},
}


class Conversation:
    def __init__(self, dialogue, host, port, context, reader, writer):
        self.dialogue, self.host, self.port, self.context = dialogue, host, port, context
        self.reader, self.writer = reader, writer
        self.is_inside_tls = False

    async def hold(self):
        try:
            if not self.dialogue.speaks:
                await self.listen_for_ever()
            if self.port in IMPLICIT_TLS:
                await self.shake_hands()
            await self.say(self.dialogue.greeting)
            await self.repeat(self.dialogue.repeats)
            while not self.dialogue.hangs_up:
                await self.answer()
        except (OSError, EOFError, asyncio.LimitOverrunError):
            pass  # the client has gone, or says what nobody should listen to
        finally:
            self.writer.close()

    async def answer(self):
        words = (await self.reader.readuntil(b"\n")).split() or [b""]
        # IMAP has the command behind a tag.
        tag, command = (words + words)[:2] if self.port == IMAP else (b"", words[0])
        command = command.upper()
        replies = self.dialogue.replies | (INSIDE_TLS if self.is_inside_tls else {})
        reply = replies.get(command, self.dialogue.otherwise)
        await self.say(reply.replace(b"@TAG@", tag))
        if command == b"EHLO":
            await self.repeat(self.dialogue.repeats_ehlo)
        if command == b"STARTTLS" and reply.startswith((b"220", b"@TAG@ OK")):
            await self.shake_hands()
        if command in (b"QUIT", b"LOGOUT"):
            raise EOFError

    async def shake_hands(self):
        match self.dialogue.handshake:
            case "completes":
                # What a client sends too early is there already; StreamReader keeps it.
                if not self.dialogue.keeps_plaintext:
                    self.reader._buffer.clear()
                await self.writer.start_tls(self.context)
                self.is_inside_tls = True
            case "closes":
                await self.reader.read(1)
                raise EOFError
            case "plaintext":
                await self.reader.read(4096)
                await self.say(b"250 2.0.0 Still here\r\n")

    async def say(self, octets):
        octets = octets.replace(b"@HOST@", self.host)
        step = 1 if self.dialogue.seconds_per_octet else len(octets)
        for start in range(0, len(octets), step):
            self.writer.write(octets[start : start + step])
            await self.writer.drain()
            await asyncio.sleep(self.dialogue.seconds_per_octet)

    async def repeat(self, octets):
        while octets:
            self.writer.write(octets)
            await self.writer.drain()
            await asyncio.sleep(0.001)  # or it would take a processor for itself

    async def listen_for_ever(self):
        while await self.reader.read(4096):
            pass
        raise EOFError


async def serve(certificate, hosts):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    for name, addresses in hosts.items():
        for port, dialogue in HOSTS[name].items():
            told = (dialogue, domain_name(name).encode(), port, context)
            await asyncio.start_server(
                lambda reader, writer, told=told: Conversation(*told, reader, writer).hold(), addresses, port
            )
    await asyncio.Event().wait()


def domain_name(name):
    return f"mail.{name}.scripted.example"


def start_all(internet, home, logs):
    from .daemon import all_greet, start

    addresses = {name: internet.addresses(domain_name(name)) for name in HOSTS}
    hosts = [f"{name}={','.join(found)}" for name, found in addresses.items()]
    command = [sys.executable, __file__, internet.certificates / "scripted.all", *hosts]
    # The last to be bound; being accepted is all that can be asked of it.
    name, dialogues = list(HOSTS.items())[-1]
    doors = [(address, port, b"") for address in addresses[name] for port in dialogues]
    return [start("scripted", command, logs, all_greet(doors))]


if __name__ == "__main__":
    named = [argument.split("=") for argument in sys.argv[2:]]
    asyncio.run(serve(sys.argv[1], {name: addresses.split(",") for name, addresses in named}))
