"""The OpenAPI document says what the gateway does, and nothing that it describes answers otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from starlette.routing import Route

import gateway
from gateway.errors import ERRORS
from tests.gateway.served import Served

pytestmark = pytest.mark.xdist_group("gateway")

DOCUMENT: dict[str, Any] = yaml.safe_load((Path(gateway.__file__).parent / "openapi.yml").read_text(encoding="utf-8"))
# Parts of files are bytes.
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
#: A stream has no end, and Telegram has tests of its own; what a stream refuses is tested below.
schema = schemathesis.openapi.from_dict(DOCUMENT).exclude(path=["/widget/events", "/telegram"])


@schema.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_is_answered_otherwise_than_the_document_says(case: schemathesis.Case, running: Served) -> None:
    """Never a 500, never HTML, never an empty 200; with a token and without. Twenty of each kind on each database."""
    page = running.page()
    # The token stands in a header that is given here, so a request without one cannot be made from the document.
    excluded = ["ignored_auth"]
    if case.path.startswith(("/widget/uploads", "/widget/evidence")):
        # Whether bytes are a photo no document can say, and tus answers another version with 412.
        excluded += ["positive_data_acceptance", "negative_data_rejection", "missing_required_header"]
    case.call_and_validate(
        base_url=running.url,
        headers=page.headers(),
        excluded_checks=[schemathesis.checks.CHECKS.get_one(name) for name in excluded],
    )


def test_every_route_is_described(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And nothing is described that is not there."""
    from gateway.app import create_app
    from tests.gateway.served import SECRETS

    for name, value in {**SECRETS, "env": "development", "database_url": f"sqlite:///{tmp_path / 'x.db'}"}.items():
        monkeypatch.setenv(f"BUYER_PROTECTION_{name.upper()}", value)
    routes = {
        (route.path, method.lower())
        for route in create_app().routes
        if isinstance(route, Route)
        for method in route.methods or ()
    }
    described = {
        (path, method)
        for path, methods in DOCUMENT["paths"].items()
        for method in methods.keys() | ({"head"} if "get" in methods else set())
        if method != "parameters"
    }

    assert routes == described


def test_every_code_is_described() -> None:
    """A page can rely on the list."""
    described = DOCUMENT["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["code"]["enum"]

    assert sorted(described) == sorted(ERRORS)


@pytest.mark.parametrize("path", ["/", "/version", "/conversations/x/tracker", "/model", "/webhook", "/turns"])
def test_what_is_not_there_is_said_in_the_one_shape(running: Served, path: str) -> None:
    """No HTML, no version, nothing about what stands behind."""
    response = httpx.get(running.url + path, trust_env=False, verify=False)

    assert response.status_code == 404
    assert response.json()["error"].keys() == {"code", "message", "trace"}
    assert "rasa" not in response.text.lower() + str(response.headers).lower()


@pytest.mark.parametrize("path", ["/widget/messages", "/widget/events"])
def test_without_a_token_nothing_is_told(running: Served, path: str) -> None:
    """Whatever else the request says."""
    response = httpx.get(running.url + path, trust_env=False, verify=False, params={"after": "x"})

    assert response.status_code == 401
    assert response.json()["error"]["code"] == "unauthorized"
