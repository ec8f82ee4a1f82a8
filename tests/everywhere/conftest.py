"""moto's server, one for a module and emptied between tests, and commands that work on it."""

from __future__ import annotations

import csv
import io
import json
import logging
import threading
from urllib.parse import parse_qs

import botocore.session
import jmespath
import pytest
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from typer.testing import CliRunner
from werkzeug.serving import make_server

from bulkops.cli.app import app
from bulkops.cli.output import console

REGION = "eu-central-1"
ACCOUNT = "123456789012"
"""The account that moto plays."""
FORM_MOST = 10_000
"""Octets that a request in the form of a query has at the most."""


class Everywhere:
    """A server that stands for many AWS services, an independent client of it, and bulkops."""

    def __init__(self, folder, url, requests):
        self.folder, self.url, self.requests = folder, url, requests
        self.kept = {"account": ACCOUNT, "region": REGION}
        self._session = botocore.session.Session()
        self._session.set_credentials("test", "test")
        self._clients = {}

    def bulkops(self, *words, exit_code=0):
        """Run a command and return what it printed; its exit code must be the one expected."""
        console.cache_clear()
        env = {"COLUMNS": "200"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env)
        assert done.exit_code == exit_code, f"{words}\n{done.output}\n{done.exception!r}"
        return done.output

    def sheet(self, rows, name="sheet.csv"):
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(self.filled(rows))
        return path

    def ask(self, asked):
        """Send an independent client's request; return what is looked for, and keep it."""
        method = getattr(self._client(asked.service), asked.method)
        try:
            answer = method(**self.filled(asked.params))
        except self._client(asked.service).exceptions.ClientError as error:
            answer = {"Error": error.response["Error"]["Code"]}
        found = jmespath.search(
            self.filled(asked.find), json.loads(json.dumps(answer, default=str))
        )
        if asked.keep:
            assert found, f"{asked.method} gave no {asked.find}: {answer}"
            self.kept[asked.keep] = found
        return found

    def filled(self, value):
        """Return a value with what was kept in the places that name it."""
        if isinstance(value, str):
            for name, kept in self.kept.items():
                value = value.replace(f"<{name}>", str(kept))
            return value
        if isinstance(value, dict):
            return {name: self.filled(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.filled(each) for each in value)
        return value

    def _client(self, service):
        if service not in self._clients:
            self._clients[service] = self._session.create_client(
                service, region_name=REGION, endpoint_url=self.url
            )
        return self._clients[service]


@pytest.fixture(scope="module")
def moto_server():
    """Serve moto on loopback from a thread; yields its URL and what it was asked, in order."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    requests = []
    inner = DomainDispatcherApplication(create_backend_app)

    def recording(environ, start_response):
        requests.append(_asked(environ))
        return inner(environ, start_response)

    server = make_server("127.0.0.1", 0, recording, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        thread.join(10)


def _asked(environ):
    """Return (method, path, operation) of a request; REST names none."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(body)
    form = parse_qs(body.decode("latin-1")) if length < FORM_MOST else {}
    named = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2] or form.get("Action", [""])[0]
    return environ["REQUEST_METHOD"], environ["PATH_INFO"], named


@pytest.fixture
def everywhere(tmp_path, monkeypatch, moto_server):
    url, requests = moto_server
    moto_api_backend.reset()
    requests.clear()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "BULKOPS_RUNS_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_REGION", REGION)
    yield Everywhere(tmp_path, url, requests)
    console.cache_clear()
