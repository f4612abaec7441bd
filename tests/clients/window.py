#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A window as a program: signs in, takes a case in, finishes it, tells its progress.

    HALL_PASSWORD=... window.py http://127.0.0.1:8080 clerk

Written from docs/API.md alone, with Python's standard library. Prints one JSON object:
{"case": ..., "received": ..., "again": ..., "progress": ...}. Exits with 1 and the hall's own
sentence when it is refused.
"""
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

TRIES = 8
LATER = (429, 503, 504)  # not now: ask again, with the same key

APPLICATION = {
    "item": "CUL-01",
    "channel": "AT_WINDOW",
    "check": True,
    "applicant": {"kind": "PERSON", "name": "王小明", "document": "11010519491231002X", "phone": "13800138000"},
    "materials": [{"seq": 1, "copies": 1}, {"seq": 2, "copies": 1}, {"seq": 3, "copies": 1}],
}


class Refused(Exception):
    """The hall said no; `reason` is for programs, the text for people."""

    def __init__(self, problem):
        super().__init__("%s: %s" % (problem["reason"], problem["title"]))
        self.reason = problem["reason"]


class Hall:
    def __init__(self, address):
        self.root = address.rstrip("/") + "/api/v1"
        self.cookie = self.token = None

    def sign_in(self, name, password):
        session = self.ask("POST", "/session", {"name": name, "password": password})
        self.token = session["csrfToken"]
        return session

    def sign_out(self):
        self.ask("DELETE", "/session")

    def ask(self, method, path, body=None, key=None):
        """Ask until there is an answer, a command under one key: whatever is lost, it is done once."""
        key = key or str(uuid.uuid4())
        for left in reversed(range(TRIES)):
            try:
                return self.ask_once(method, path, body, key)
            except urllib.error.HTTPError as error:
                problem = json.load(error)
                if error.code not in LATER or left == 0:
                    raise Refused(problem) from None
                time.sleep(float(error.headers.get("Retry-After", 1)))  # as long as the hall asks for
            except (OSError, http.client.HTTPException):  # no connection, or one that broke
                if left == 0:
                    raise
                time.sleep(0.5)

    def ask_once(self, method, path, body, key):
        request = urllib.request.Request(self.root + path, method=method)
        request.add_header("Idempotency-Key", key)
        request.add_header("Accept-Language", "en")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        if self.token:
            request.add_header("X-CSRF-Token", self.token)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            cookie = answer.headers.get("Set-Cookie")
            if cookie:
                self.cookie = cookie.split(";")[0]
            return json.load(answer)


def take_in_and_finish(hall):
    key = str(uuid.uuid4())
    received = hall.ask("POST", "/cases", APPLICATION, key)
    again = hall.ask("POST", "/cases", APPLICATION, key)  # as after a lost connection: the same answer
    case = "/cases/" + received["caseNumber"]
    hall.ask("POST", case + "/finish", {"granted": True})
    progress = hall.ask("GET", case + "/progress")
    return {"case": received["caseNumber"], "received": received, "again": again, "progress": progress}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    hall = Hall(sys.argv[1])
    try:
        hall.sign_in(sys.argv[2], os.environ["HALL_PASSWORD"])
        told = take_in_and_finish(hall)
        hall.sign_out()
    except Refused as refusal:
        sys.exit("window.py: %s" % refusal)
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
