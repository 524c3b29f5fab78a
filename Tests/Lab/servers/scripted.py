"""What real servers cannot be made to do: each host below is one dialogue, on all its ports.

    python3 scripted.py CERTIFICATE NAME=ADDRESS,ADDRESS...

One process; it starts no thread, reads no more than a line at a time and never stores what it hears.
"""

import asyncio
import ssl
import sys
from dataclasses import dataclass, field

SMTP, SUBMISSIONS, IMAP, IMAPS, POP3, SIEVE = 25, 465, 143, 993, 110, 4190
IMPLICIT_TLS = (SUBMISSIONS, IMAPS)

EHLO = b"250-mail.scripted.example\r\n250-SIZE 20971520\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 PIPELINING\r\n"
EHLO_INSIDE = EHLO.replace(b"250-STARTTLS\r\n", b"")
GO_AHEAD = b"220 2.0.0 Ready to start TLS\r\n"


@dataclass(frozen=True)
class Dialogue:
    greeting: bytes = b"220 mail.scripted.example ESMTP\r\n"
    replies: dict = field(default_factory=dict)  # by the first word of the command
    after_starttls: str = "handshake"  # or "plaintext": goes on as if nothing had been said; or "close"
    seconds_per_octet: float = 0  # the greeting and all replies are as slow
    repeats: bytes = b""  # sent behind the greeting, for ever
    repeats_ehlo: bytes = b""  # sent behind the reply to EHLO, for ever
    hangs_up: bool = False  # after the greeting
    speaks: bool = True


def smtp(**changes):
    replies = {b"EHLO": EHLO, b"STARTTLS": GO_AHEAD} | changes.pop("replies", {})
    return Dialogue(replies=replies, **changes)


def imap(greeting, capability=b"IMAP4rev1 STARTTLS LOGINDISABLED"):
    replies = {b"CAPABILITY": b"* CAPABILITY " + capability + b"\r\n@ OK done\r\n", b"STARTTLS": b"@ OK begin\r\n"}
    return Dialogue(greeting, replies)


SILENT = Dialogue(speaks=False)
ESCAPES = b"\x1b[2J\x1b]0;owned\x07\x00\x9b31m\xff\x08"

HOSTS = {
    "healthy": {SMTP: smtp()},
    # Accepts, and never says a word; at 465 and 993 it never answers the ClientHello.
    "silent": {port: SILENT for port in (SMTP, SUBMISSIONS, IMAP, IMAPS, POP3, SIEVE)},
    "tarpit": {SMTP: smtp(seconds_per_octet=1)},
    "endless-banner": {SMTP: smtp(greeting=b"220 ", repeats=b"and on " * 64)},
    "endless-reply": {SMTP: smtp(repeats_ehlo=b"250-AND-ON\r\n" * 64, replies={b"EHLO": b"250-mail\r\n"})},
    "busy": {SMTP: smtp(greeting=b"421 4.7.0 Too many connections, try again later\r\n", hangs_up=True)},
    "refusing": {SMTP: smtp(greeting=b"554 5.7.1 No SMTP service here\r\n")},
    "starttls-454": {SMTP: smtp(replies={b"STARTTLS": b"454 4.7.0 TLS not available\r\n"})},
    "starttls-plaintext": {SMTP: smtp(after_starttls="plaintext")},
    # A second reply in the same packet, before the handshake (CVE-2011-0411 the other way round).
    "injected": {SMTP: smtp(replies={b"STARTTLS": GO_AHEAD + b"250-injected\r\n250 AUTH PLAIN\r\n"})},
    "preauth": {SMTP: smtp(), IMAP: imap(b"* PREAUTH [CAPABILITY IMAP4rev1] logged in as postmaster\r\n")},
    "escapes": {
        SMTP: smtp(
            greeting=b"220 mail " + ESCAPES + b"\r\n",
            replies={b"EHLO": b"250-mail " + ESCAPES + b"\r\n250-STARTTLS\r\n250 SIZE " + ESCAPES + b"\r\n"},
        )
    },
    "closes": {SMTP: smtp(after_starttls="close"), SUBMISSIONS: Dialogue(after_starttls="close")},
}


async def serve(reader, writer, port, dialogue, context):
    try:
        if not dialogue.speaks:
            await swallow(reader)
        if port in IMPLICIT_TLS:
            await secure(reader, writer, dialogue, context)
        await say(writer, dialogue, dialogue.greeting)
        await repeat(writer, dialogue.repeats)
        while not dialogue.hangs_up:
            await answer(reader, writer, dialogue, context)
    except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def answer(reader, writer, dialogue, context):
    line = await reader.readuntil(b"\n")
    words = line.upper().split()
    # IMAP puts a tag in front of the command and wants it back; here `@` stands for it.
    tagged = len(words) > 1 and words[1] in dialogue.replies
    command, tag = (words[1], line.split()[0]) if tagged else ((words or [b""])[0], b"@")
    if command in (b"QUIT", b"LOGOUT"):
        await say(writer, dialogue, b"221 2.0.0 Bye\r\n")
        raise EOFError
    inside = writer.get_extra_info("sslcontext") is not None
    reply = EHLO_INSIDE if inside and command == b"EHLO" else dialogue.replies.get(command, b"250 2.0.0 Ok\r\n")
    await say(writer, dialogue, reply.replace(b"@", tag))
    if command == b"EHLO":
        await repeat(writer, dialogue.repeats_ehlo)
    if command == b"STARTTLS" and not reply.startswith(b"4"):
        await secure(reader, writer, dialogue, context)


async def secure(reader, writer, dialogue, context):
    match dialogue.after_starttls:
        case "handshake":
            await writer.start_tls(context)
        case "close":
            await reader.read(1)
            raise EOFError
        case "plaintext":
            await reader.read(4096)
            await say(writer, dialogue, b"250 2.0.0 Still here\r\n")


async def say(writer, dialogue, octets):
    step = 1 if dialogue.seconds_per_octet else len(octets)
    for start in range(0, len(octets), step):
        writer.write(octets[start : start + step])
        await writer.drain()
        await asyncio.sleep(dialogue.seconds_per_octet)


async def repeat(writer, octets):
    while octets:
        writer.write(octets)
        await writer.drain()
        # Endless, but not at the cost of everybody else on this machine.
        await asyncio.sleep(0.001)


async def swallow(reader):
    while await reader.read(4096):
        pass
    raise EOFError


async def main(certificate, hosts):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    for host in hosts:
        name, addresses = host.split("=")
        for port, dialogue in HOSTS[name].items():

            def connected(reader, writer, port=port, dialogue=dialogue):
                return serve(reader, writer, port, dialogue, context)

            await asyncio.start_server(connected, addresses.split(","), port)
    await asyncio.Event().wait()


def start_all(internet, home, logs):
    from .daemon import all_greet, start

    addresses = {name: internet.addresses(f"mail.{name}.scripted.example") for name in HOSTS}
    hosts = [f"{name}={','.join(found)}" for name, found in addresses.items()]
    command = [sys.executable, __file__, internet.certificates / "scripted.all", *hosts]
    # Accepting is all that can be asked of some; a connection to each would tell no more than one to the last.
    name, dialogues = list(HOSTS.items())[-1]
    doors = [(address, port, b"") for address in addresses[name] for port in dialogues]
    return [start("scripted", command, logs, all_greet(doors))]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))
