"""The composed app: health, pages, console, OpenAPI and the references written from the code."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from shuke.main import reference
from shuke.main.console import Console
from shuke.main.modules import MODULES
from shuke.platform.compose import access_of, api_routes
from shuke.platform.db import Database

pytestmark = pytest.mark.anyio


async def test_health_answers_and_says_when_the_program_stops(anonymous: httpx.AsyncClient, app: FastAPI) -> None:
    assert (await anonymous.get("/livez")).json() == {"status": "alive"}
    assert (await anonymous.get("/readyz")).json() == {"status": "ready"}

    app.state.is_stopping = True

    stopping = await anonymous.get("/readyz")
    assert (stopping.status_code, stopping.json()["code"]) == (503, "system.stopping")
    assert (await anonymous.get("/livez")).status_code == 200


async def test_an_unreachable_database_is_not_ready(app: FastAPI, anonymous: httpx.AsyncClient) -> None:
    app.state.database = Database("postgresql://nobody@/nothing?host=/tmp/no-such-directory")

    answer = await anonymous.get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "system.database_unreachable")


async def test_measurements_are_for_this_machine_or_who_may_see_them(
    app: FastAPI, anonymous: httpx.AsyncClient, viewer: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    # A proxy on this machine hands on other people's requests.
    proxied = {"X-Forwarded-For": "203.0.113.7"}

    local = await anonymous.get("/metrics")
    assert local.status_code == 200
    assert "shuke_request_seconds" in local.text
    assert (await anonymous.get("/metrics", headers=proxied)).status_code == 401
    assert (await viewer.get("/metrics", headers=proxied)).status_code == 403
    assert (await client.get("/metrics", headers=proxied)).status_code == 200


async def test_the_system_tells_the_shop_and_its_clock(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    system = (await client.get("/v1/system")).json()

    assert (system["time_zone"], system["currency"], system["is_clock_set"]) == ("Asia/Shanghai", "CNY", False)
    assert system["shop"] == {"zh": "测试店", "en": "Test shop"}
    assert (await anonymous.get("/v1/system")).status_code == 401


async def test_the_apis_pages_name_every_operation_and_error(anonymous: httpx.AsyncClient) -> None:
    operations = await anonymous.get("/docs")
    errors = await anonymous.get("/docs/errors")

    assert "GET /v1/stores" in operations.text
    assert "stores.read" in operations.text
    assert 'id="staff.sign_in_failed"' in errors.text


def test_every_route_says_who_may_call_it() -> None:
    silent = [route.path for route in api_routes(MODULES) if access_of(route) is None]

    assert silent == []


async def test_openapi_declares_a_problem_for_every_closed_route(anonymous: httpx.AsyncClient) -> None:
    schema = (await anonymous.get("/openapi.json")).json()

    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if "x-permission" in operation:
                assert {"401", "403", "422"} <= set(operation["responses"]), f"{method} {path}"
    assert "HTTPValidationError" not in schema["components"]["schemas"]


def test_the_references_are_what_the_code_says() -> None:
    stale = [name for name, content in reference.pages().items() if (reference.DIRECTORY / name).read_text() != content]

    assert stale == [], "run `shuke docs`"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("outside")
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>console</title>")
    (dist / "assets" / "app-1a2b.js").write_text("1;" * 2_000)
    return dist


def browsing(directory: Path) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(Console(FastAPI(), directory)), base_url="http://test")


async def test_the_console_is_served_with_its_pages_and_long_lived_assets(built: Path) -> None:
    browser = browsing(built)

    page = await browser.get("/members/5")
    script = await browser.get("/assets/app-1a2b.js")

    assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
    assert "<title>console</title>" in page.text
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"


async def test_a_built_compressed_form_is_given_to_whoever_reads_it(built: Path) -> None:
    (built / "assets" / "app-1a2b.js.br").write_bytes(b"in brotli")
    browser = browsing(built)
    ask = {form: {"Accept-Encoding": form} for form in ("gzip, br", "gzip, br;q=0", "identity")}

    async with browser.stream("GET", "/assets/app-1a2b.js", headers=ask["gzip, br"]) as smallest:
        raw = b"".join([part async for part in smallest.aiter_raw()])
    middle = await browser.get("/assets/app-1a2b.js", headers=ask["gzip, br;q=0"])
    plain = await browser.get("/assets/app-1a2b.js", headers=ask["identity"])

    assert (smallest.headers["content-encoding"], raw) == ("br", b"in brotli")
    assert (middle.headers["content-encoding"], middle.text) == ("gzip", "1;" * 2_000)
    assert ("content-encoding" in plain.headers, plain.text) == (False, "1;" * 2_000)
    assert {one.headers["vary"] for one in (smallest, middle, plain)} == {"Accept-Encoding"}


async def test_a_file_that_changed_is_given_as_it_is_now_and_one_that_did_not_is_not_sent_again(built: Path) -> None:
    browser = browsing(built)
    before = await browser.get("/")

    again = await browser.get("/", headers={"If-None-Match": before.headers["etag"]})
    (built / "index.html").write_text("<!doctype html><title>another console</title>")
    after = await browser.get("/", headers={"If-None-Match": before.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (after.status_code, "another console" in after.text) == (200, True)


async def test_a_part_of_a_file_can_be_asked_for(built: Path) -> None:
    part = await browsing(built).get("/assets/app-1a2b.js", headers={"Range": "bytes=0-3"})

    assert (part.status_code, part.text) == (206, "1;1;")


@pytest.mark.parametrize("path", ["/assets/gone.js", "/v1/nowhere"])
async def test_what_is_no_page_is_not_answered_with_one(built: Path, path: str) -> None:
    assert (await browsing(built).get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt"])
async def test_files_outside_the_console_stay_outside(built: Path, path: str) -> None:
    assert "outside" not in (await browsing(built).get(path)).text


async def test_an_unbuilt_console_says_how_to_build_it(tmp_path: Path) -> None:
    answer = await browsing(tmp_path).get("/")

    assert answer.status_code == 503
    assert "make console" in answer.text
