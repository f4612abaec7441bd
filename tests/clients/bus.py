#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A desk's program on the bus itself: takes a case in at intake, reads the item's guide and the
case's progress.

    PYTHONPATH=FOLDER bus.py HOME BUS

FOLDER holds what `protoc --python_out` makes of proto/onedoor; HOME is the hall's folder, for its
keys; BUS is where the services are, as the setting `bus` says it ("ipc://{home}/run/{service}-{lane}").
Written from docs/WIRE.md and proto/ alone, with ZeroMQ and protobuf. Prints one JSON object:
{"case": ..., "same": ..., "reused": ..., "windows": ..., "materials": ..., "state": ...}.
"""
import json
import os
import random
import sys
import time

import zmq

from onedoor import envelope_pb2 as wire
from onedoor import intake_pb2 as intake

SERVICES = ("intake", "routing", "charging", "supervision", "reporting")
LANES = ("command", "query", "journal")
BUS_PORT = 7610
PATIENCE_MS = 10000  # for all tries together
TRY_MS = 1000  # for one
LATER = (wire.RESOURCE_EXHAUSTED, wire.UNAVAILABLE)  # not now: again, with the same id


class Refused(Exception):
    """The service said no, and will say so again."""

    def __init__(self, reply):
        super().__init__("%s %s: %s" % (wire.Code.Name(reply.code), wire.Reason.Name(reply.reason), reply.detail))
        self.reply = reply


class Unknown(Exception):
    """No answer in time: done or not. Asking again with the same id tells."""


def new_id():
    """UUIDv7: 48 bits of milliseconds, version, variant, and chance."""
    value = bytearray((time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10))
    value[6] = 0x70 | value[6] & 0x0F
    value[8] = 0x80 | value[8] & 0x3F
    return bytes(value)


def own_keys(home, name):
    """HOME/keys/NAME/key: a line "public KEY", a line "secret KEY"."""
    with open(os.path.join(home, "keys", name, "key"), encoding="ascii") as file:
        pair = dict(line.split() for line in file)
    return pair["public"].encode(), pair["secret"].encode()


def key_of(home, peer):
    """HOME/keys/peers: a peer a line, its name and its public key first."""
    with open(os.path.join(home, "keys", "peers"), encoding="ascii") as file:
        for line in file:
            words = line.split()
            if words and words[0] == peer:
                return words[1].encode()
    raise KeyError(peer)


def frame_of(content):
    """A frame of one envelope: its length as a varint (seven bits a byte, the lowest first), then itself."""
    length, frame = len(content), bytearray()
    while length > 0x7F:
        frame.append(length & 0x7F | 0x80)
        length >>= 7
    frame.append(length)
    return bytes(frame) + content


def contents_of(frame):
    """What stands in a frame, each behind its length."""
    at = 0
    while at < len(frame):
        length = shift = 0
        while frame[at] > 0x7F:
            length |= (frame[at] & 0x7F) << shift
            at, shift = at + 1, shift + 7
        length |= frame[at] << shift
        yield frame[at + 1:at + 1 + length]
        at += 1 + length


class Lane:
    """A DEALER to one lane of one service."""

    def __init__(self, context, home, bus, service, lane):
        self.context, self.server_key, self.keys = context, key_of(home, service), own_keys(home, "desk")
        port = BUS_PORT + 3 * SERVICES.index(service) + LANES.index(lane)
        self.address = bus.format(home=home, service=service, lane=lane, port=port)
        self.socket = None
        self.connect()

    def connect(self):
        """Anew when the lane was silent: a refused handshake is final for its socket."""
        if self.socket:
            self.socket.close()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.IMMEDIATE, 1)  # nothing is queued for who is not there
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.curve_serverkey = self.server_key
        self.socket.curve_publickey, self.socket.curve_secretkey = self.keys
        self.socket.connect(self.address)

    def ask(self, message, answer, actor, key=None):
        """The answer's message, filled; the same id is sent until the service has spoken."""
        envelope = wire.Envelope(id=key or new_id(), actor=actor, type=self.type_of(message),
                                 body=message.SerializeToString(deterministic=True))
        until = time.monotonic() + PATIENCE_MS / 1000
        while (left_ms := int((until - time.monotonic()) * 1000)) > 0:
            envelope.remaining_ms = left_ms
            reply = self.ask_once(envelope, min(left_ms, TRY_MS))
            if reply is None:
                self.connect()
                continue
            if reply.code == wire.OK:
                answer.ParseFromString(reply.body)
                return answer
            if reply.code not in LATER:
                raise Refused(reply)
            # As long as it asks for and some jitter; the answer to an earlier try, come late, ends the wait.
            self.socket.poll(reply.retry_after_ms * random.uniform(0.5, 1.5))
        raise Unknown(envelope.type)

    def ask_once(self, envelope, wait_ms):
        """The reply to this id; None when there is none yet. What comes late to another is passed over."""
        until = time.monotonic() + wait_ms / 1000
        if self.socket.poll(wait_ms, zmq.POLLOUT):
            self.socket.send(frame_of(envelope.SerializeToString()))
        while (left_ms := int((until - time.monotonic()) * 1000)) > 0 and self.socket.poll(left_ms):
            for content in contents_of(self.socket.recv()):
                reply = wire.Reply.FromString(content)
                if reply.id == envelope.id:
                    return reply
        return None

    @staticmethod
    def type_of(message):
        return message.DESCRIPTOR.full_name[len("onedoor."):]


def application():
    """CUL-01 with everything it asks for, checked in the same visit."""
    return intake.Submit(
        item="CUL-01", channel=intake.AT_WINDOW, check=True,
        applicant=intake.Applicant(kind=intake.PERSON, name="王小明", document="11010519491231002X",
                                   phone="13800138000"),
        materials=[intake.MaterialIn(seq=seq, copies=1) for seq in (1, 2, 3)])


def reused(command, clerk, key):
    """What is said to another request under an id that has been used."""
    other = application()
    other.applicant.phone = "13800138001"
    try:
        command.ask(other, intake.SubmitReply(), clerk, key)
    except Refused as refusal:
        return wire.Reason.Name(refusal.reply.reason)
    return "taken"


def visit(home, bus):
    context = zmq.Context()
    command, query = (Lane(context, home, bus, "intake", lane) for lane in ("command", "query"))
    clerk = wire.Actor(id="w12", role=wire.WINDOW_CLERK, department="CUL", window=12)
    guide = query.ask(intake.GetGuide(item="CUL-01"), intake.GetGuideReply(), clerk)
    key = new_id()
    taken = command.ask(application(), intake.SubmitReply(), clerk, key)
    again = command.ask(application(), intake.SubmitReply(), clerk, key)  # as after a lost reply
    other = reused(command, clerk, key)
    progress = query.ask(intake.GetProgress(case_number=taken.case_number), intake.GetProgressReply(), clerk)
    context.destroy()
    return {"case": taken.case_number, "same": taken == again, "reused": other, "windows": list(guide.windows),
            "materials": [material.name_zh for material in guide.materials],
            "state": intake.CaseState.Name(progress.state)}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        print(json.dumps(visit(sys.argv[1], sys.argv[2]), ensure_ascii=False))
    except (Refused, Unknown) as fault:
        sys.exit("bus.py: %s" % fault)


if __name__ == "__main__":
    main()
