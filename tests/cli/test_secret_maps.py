"""A secret map from its cell to the service, and nowhere else."""

from __future__ import annotations

import json
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.cli.shell import bulkops, write

JOB = "lambda:UpdateFunctionConfiguration"
SECRET = "hunter2-Zinnia"
CALLER = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    "<GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/x</Arn><UserId>x</UserId>"
    "<Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata>"
    "<RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
)


class Lambda(BaseHTTPRequestHandler):
    """Answers as AWS does, says back what it was sent, and remembers it."""

    def do(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        status, kind, answer = self.answered(body)
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("x-amzn-requestid", "a1b2")
        if status == 400:
            self.send_header("x-amzn-ErrorType", "InvalidParameterValueException")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    do_GET = do_POST = do_PUT = do  # noqa: N815  # as the server calls them

    def answered(self, body):
        if "GetCallerIdentity" in body:
            return 200, "text/xml", CALLER
        if "ServiceQuotas" in self.headers.get("x-amz-target", ""):
            return 200, "application/x-amz-json-1.1", '{"Quotas":[]}'
        if self.command == "GET":  # the function as it was
            return 200, "application/json", '{"FunctionName": "f"}'
        self.server.sent.append(json.loads(body))
        variables = json.loads(body)["Environment"]["Variables"]
        if "/refused/" in self.path:
            return 400, "application/json", json.dumps({"message": f"{variables} is refused"})
        answer = {"FunctionName": "f", "Environment": {"Variables": variables}}
        return 200, "application/json", json.dumps(answer)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def answering():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Lambda)
    server.sent = []
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def held(path):
    """Return all that a file holds, a workbook's parts unpacked."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as parts:
        return b"".join(map(parts.read, parts.namelist()))


@pytest.mark.usefixtures("credentials")
def test_a_sensitive_map_is_sent_as_a_map_and_kept_and_shown_nowhere(here):
    rows = f'f,"DB_PASSWORD={SECRET};MODE=quiet"\nrefused,"DB_PASSWORD={SECRET}"\n'
    sheet = write(here / "functions.csv", f"FunctionName,Environment.Variables\n{rows}")
    with answering() as server:
        where = ("--endpoint-url", f"http://127.0.0.1:{server.server_port}")
        said = bulkops("plan", JOB, sheet, "-o", "plan.csv", *where)
        said += bulkops("run", JOB, sheet, "--yes", "--progress", "plain", *where, exit_code=4)
    assert [each["Environment"]["Variables"] for each in server.sent] == [
        {"DB_PASSWORD": SECRET, "MODE": "quiet"},
        {"DB_PASSWORD": SECRET},
    ]
    assert "1 succeeded, 1 failed" in said
    assert SECRET not in said
    kept = [path for path in here.rglob("*") if path.is_file() and path != sheet]
    assert len(kept) > 5
    assert [path.name for path in kept if SECRET.encode() in held(path)] == []
