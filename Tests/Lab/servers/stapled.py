"""A server that staples an OCSP response to its handshake, which neither Postfix nor Dovecot can: IMAP at 993.

    python3 stapled.py CERTIFICATE ADDRESS...

CERTIFICATE is the path without its ending; see ca.py. The TLS is that of `openssl s_server`, one for each connection.
"""

import asyncio
import itertools
import sys
import tempfile
from pathlib import Path

PORT = 993
HOST = "mail.revoked.cert.example"
REPLIES = {
    b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n@TAG@ OK done\r\n",
    b"LOGOUT": b"* BYE\r\n@TAG@ OK done\r\n",
}
START_LIMIT = 5.0  # seconds
POLL_INTERVAL = 0.01


class Stapler:
    def __init__(self, certificate, directory):
        self.certificate, self.directory = certificate, directory
        self.numbers = itertools.count()

    async def hold(self, reader, writer):
        path = self.directory / str(next(self.numbers))
        server = await asyncio.create_subprocess_exec(
            "openssl", "s_server", "-quiet", "-naccept", "1", "-unix", path, "-unlink",
            "-cert", f"{self.certificate}.leaf", "-key", f"{self.certificate}.key",
            "-cert_chain", f"{self.certificate}.issuer", "-status_file", f"{self.certificate}.ocsp",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        try:
            inner, outer = await connect(path)
            server.stdin.write(b"* OK ready\r\n")
            # Ends with the first that ends: either side has gone.
            async with asyncio.TaskGroup() as group:
                for part in (pass_on(reader, outer), pass_on(inner, writer), answer(server)):
                    group.create_task(part)
        except* (OSError, EOFError):
            pass
        finally:
            writer.close()
            if server.returncode is None:
                server.kill()
            await server.wait()


async def connect(path):
    for _ in range(int(START_LIMIT / POLL_INTERVAL)):
        try:
            return await asyncio.open_unix_connection(path)
        except OSError:
            await asyncio.sleep(POLL_INTERVAL)
    raise EOFError


async def pass_on(reader, writer):
    while octets := await reader.read(4096):
        writer.write(octets)
        await writer.drain()
    raise EOFError


async def answer(server):
    while words := (await server.stdout.readline()).split():
        tag, command = (words + words)[:2]
        server.stdin.write(REPLIES.get(command.upper(), b"@TAG@ BAD no\r\n").replace(b"@TAG@", tag))
        await server.stdin.drain()
    # What was said last is on its way.
    await asyncio.Event().wait()


async def serve(certificate, addresses):
    with tempfile.TemporaryDirectory() as directory:
        stapler = Stapler(certificate, Path(directory))
        await asyncio.start_server(stapler.hold, addresses, PORT)
        await asyncio.Event().wait()


def start_all(internet, home, logs):
    from .daemon import all_greet, start

    addresses = internet.addresses(HOST)
    command = [sys.executable, __file__, internet.certificates / HOST, *addresses]
    return [start("stapled", command, logs, all_greet([(addresses[0], PORT, b"* OK ")]))]


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2:]))
