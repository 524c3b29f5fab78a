"""Name servers and resolvers that no real one can be made to be: each stands before a real one, and changes what
passes through.

One process with a thread for each question. It knows as much of DNS messages as it takes (RFC 1035 section 4.1,
RFC 6891 section 6.1), and is asked by friends alone.
"""

import socket
import socketserver
import struct
import threading
import time

DOMAINS = "192.0.2.3"  # the name server of the domains
OTHER = "192.0.2.8"  # the one with other copies of some
RESOLVER = "192.0.2.53"
PATIENCE = 5  # seconds for the real one

A, OPT, AAAA, ANY = 1, 41, 28, 255
FORMERR, NXDOMAIN, REFUSED = 1, 3, 5
AUTHORITATIVE, RECURSION_DESIRED, RECURSION_AVAILABLE = 0x0400, 0x0100, 0x0080
DNSSEC_OK = 0x80
# What every name that does not exist is said to have.
SEARCH_PAGE = {A: socket.inet_aton("203.0.113.90"), AAAA: socket.inet_pton(socket.AF_INET6, "2001:db8:113::90")}


# -- Name servers ----------------------------------------------------------------------------


def passes(question, is_stream):
    return ask(DOMAINS, question, is_stream)


def formerr_to_edns(question, is_stream):
    if not has_edns(question):
        return passes(question, is_stream)
    answer = reply(question, FORMERR)
    return with_flags(answer, flags(answer) & ~RECURSION_AVAILABLE)


def silent_to_edns(question, is_stream):
    return None if has_edns(question) else passes(question, is_stream)


def nxdomain_at_empty_non_terminals(question, is_stream):
    answer = passes(question, is_stream)
    if rcode(answer) == 0 and answer_count(answer) == 0 and flags(answer) & AUTHORITATIVE:
        everything = ask(DOMAINS, with_type(question, ANY), is_stream=True)
        if answer_count(everything) == 0:
            return with_flags(answer, flags(answer) | NXDOMAIN)
    return answer


def recursive(question, is_stream):
    answer = passes(question, is_stream)
    if rcode(answer) == REFUSED:
        return ask(RESOLVER, question, is_stream)
    return with_flags(answer, flags(answer) | RECURSION_AVAILABLE)


# -- Resolvers -------------------------------------------------------------------------------


def strips_dnssec(question, is_stream):
    if has_edns(question):
        position = question_end(question) + 7
        question = question[:position] + bytes([question[position] & ~DNSSEC_OK]) + question[position + 1 :]
    return ask(RESOLVER, question, is_stream)


def rewrites_nxdomain(question, is_stream):
    answer = ask(RESOLVER, question, is_stream)
    if rcode(answer) != NXDOMAIN:
        return answer
    return reply(question, 0, SEARCH_PAGE.get(question_type(question)))


def denies_everything(question, is_stream):
    return reply(question, NXDOMAIN)


def remembers(question, is_stream):
    """A cache that was filled from the other copies when the Lab began."""
    answer = ask(OTHER, question, is_stream)
    aged = answer_aged(answer, int(time.monotonic() - STARTED)) if rcode(answer) == 0 else None
    return aged or ask(RESOLVER, question, is_stream)


STARTED = time.monotonic()

NAME_SERVERS = {
    ("192.0.2.9", "2001:db8::9"): passes,
    ("192.0.2.10", "2001:db8::10"): formerr_to_edns,
    ("192.0.2.11", "2001:db8::11"): silent_to_edns,
    ("192.0.2.12", "2001:db8::12"): nxdomain_at_empty_non_terminals,
    ("192.0.2.13", "2001:db8::13"): recursive,
}
RESOLVERS = {
    ("192.0.2.55", "2001:db8::55"): strips_dnssec,
    ("192.0.2.56", "2001:db8::56"): rewrites_nxdomain,
    ("192.0.2.57", "2001:db8::57"): denies_everything,
    ("192.0.2.58", "2001:db8::58"): remembers,
}
# The one that merely passes does so by UDP alone.
WITHOUT_TCP = {passes}


def addresses(servers):
    return tuple(address for pair in servers for address in pair)


# -- Messages --------------------------------------------------------------------------------


def flags(message):
    return struct.unpack_from("!H", message, 2)[0]


def with_flags(message, value):
    return message[:2] + struct.pack("!H", value) + message[4:]


def rcode(message):
    return flags(message) & 0xF


def answer_count(message):
    return struct.unpack_from("!H", message, 6)[0]


def name_end(message, position):
    while length := message[position]:
        if length >= 0xC0:
            return position + 2
        position += 1 + length
    return position + 1


def question_end(message):
    return name_end(message, 12) + 4


def question_type(message):
    return struct.unpack_from("!H", message, question_end(message) - 4)[0]


def with_type(message, kind):
    end = question_end(message)
    return message[: end - 4] + struct.pack("!H", kind) + message[end - 2 :]


def has_edns(question):
    """The OPT record is the only one behind the question, as clients write it."""
    end = question_end(question)
    return question[end : end + 3] == struct.pack("!BH", 0, OPT)


def reply(question, code, address=None):
    """Without EDNS where there is an error, with it where it is understood."""
    answer, opt = b"", b""
    if address:
        answer = struct.pack("!HHHIH", 0xC00C, question_type(question), 1, 60, len(address)) + address
    if has_edns(question) and code != FORMERR:
        opt = struct.pack("!BHHIH", 0, OPT, 1232, 0, 0)
    value = 0x8000 | (flags(question) & RECURSION_DESIRED) | RECURSION_AVAILABLE | code
    header = struct.pack("!6H", struct.unpack_from("!H", question)[0], value, 1, bool(answer), 0, bool(opt))
    return header + question[12 : question_end(question)] + answer + opt


def answer_aged(message, seconds):
    """As a cache would give it, `seconds` later; None if it holds nothing that lives so long."""
    aged = bytearray(with_flags(message, flags(message) & ~AUTHORITATIVE | RECURSION_AVAILABLE))
    position = question_end(message)
    for _ in range(answer_count(message)):
        position = name_end(message, position)
        _, _, time_to_live, length = struct.unpack_from("!HHIH", message, position)
        if time_to_live <= seconds:
            return None
        struct.pack_into("!I", aged, position + 4, time_to_live - seconds)
        position += 10 + length
    return bytes(aged) if answer_count(message) else None


# -- Sockets ---------------------------------------------------------------------------------


def ask(server, question, is_stream):
    kind = socket.SOCK_STREAM if is_stream else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as client:
        client.settimeout(PATIENCE)
        client.connect((server, 53))
        if not is_stream:
            client.send(question)
            return client.recv(65535)
        with client.makefile("rwb") as stream:
            write_message(stream, question)
            return read_message(stream)


def read_message(stream):
    length = stream.read(2)
    return stream.read(int.from_bytes(length, "big")) if len(length) == 2 else b""


def write_message(stream, message):
    stream.write(len(message).to_bytes(2, "big") + message)
    stream.flush()


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        question, socket = self.request
        if answer := answer_or_none(self.server.behaviour, question, is_stream=False):
            socket.sendto(answer, self.client_address)


class Stream(socketserver.StreamRequestHandler):
    def handle(self):
        with self.connection.makefile("rwb") as stream:
            while question := read_message(stream):
                if answer := answer_or_none(self.server.behaviour, question, is_stream=True):
                    write_message(stream, answer)


def answer_or_none(behaviour, question, is_stream):
    try:
        return behaviour(question, is_stream)
    except (OSError, IndexError, struct.error):
        return None  # nobody behind it, or what nobody should listen to


def serve(address, behaviour):
    kinds = [(socketserver.ThreadingUDPServer, Datagram)]
    if behaviour not in WITHOUT_TCP:
        kinds.append((socketserver.ThreadingTCPServer, Stream))
    for server_kind, handler in kinds:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        own_kind = type("Server", (server_kind,), {"address_family": family, "allow_reuse_address": True})
        server = own_kind((address, 53), handler)
        server.daemon_threads, server.behaviour = True, behaviour
        threading.Thread(target=server.serve_forever).start()


if __name__ == "__main__":
    for pair, behaviour in (NAME_SERVERS | RESOLVERS).items():
        for each in pair:
            serve(each, behaviour)
