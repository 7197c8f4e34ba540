"""Every route that takes a file refuses hostile ones with a reason, and the real program's memory stays bounded."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from shuke.foundation.organization.testing import a_shop
from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.main.modules import MODULES
from shuke.platform import tabular
from shuke.platform.compose import api_routes
from shuke.platform.db import Database
from shuke.platform.embedded import Urls
from shuke.platform.settings import settings

from . import hostile

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]
LIMIT_MB = 32
MOST_GROWTH_MB = 250
# Path and the form's other fields.
ROUTES: dict[str, dict[str, str]] = {
    "/v1/coupon-code-samples": {},
    "/v1/coupon-templates/{code}/code-imports": {},
    "/v1/imports": {"mapping": "shuke"},
    "/v1/import-samples": {},
    "/v1/member-imports": {},
    "/v1/products/file": {},
}


class Served:
    """The real program, serving in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, token: str) -> None:
        self.process, self.port, self.token = process, port, token

    @property
    def peak_mb(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={**CLIENT_HEADERS, "Accept-Language": "en"},
            cookies={"shuke_session": self.token},
            timeout=120,
            trust_env=False,
        )


@pytest.fixture
async def served(database: Database, database_urls: Urls, tmp_path: Path, key_folder: Path) -> AsyncIterator[Served]:
    async with database.transaction() as session:
        await a_shop(session)
        token = await a_session_of(session, role="administrator")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHUKE_")} | {
        "SHUKE_DATABASE_URL": database_urls.app,
        "SHUKE_DATA_DIRECTORY": str(tmp_path / "data"),
        "SHUKE_KEY_DIRECTORY": str(key_folder),
        "SHUKE_UPLOAD_MAX_MB": str(LIMIT_MB),
    }
    program = "from shuke.main.cli import app; app()"
    with (tmp_path / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, "web", "--port", str(port)),
            cwd=tmp_path, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    made = Served(process, port, token)
    try:
        async with made.client() as client:
            for _ in range(300):
                try:
                    if (await client.get("/readyz")).status_code == 200:
                        break
                except httpx.TransportError:
                    await asyncio.sleep(0.2)
            else:
                raise AssertionError((tmp_path / "log").read_text()[-3000:])
        yield made
    finally:
        process.terminate()
        await process.wait()


def test_these_are_all_routes_that_take_files():
    found = {route.path for route in api_routes(MODULES) if any(_is_file(part) for part in route.dependant.body_params)}

    assert found == ROUTES.keys()


def _is_file(part: object) -> bool:
    return "UploadFile" in str(getattr(part, "field_info", part)) or "UploadFile" in str(getattr(part, "type_", ""))


async def test_hostile_files_are_refused_with_a_reason_in_little_memory(served: Served):
    async with served.client() as client:
        for path, fields in ROUTES.items():
            good = await client.post(path, data=fields, files={"file": ("a.xlsx", hostile.workbook())})
            assert good.status_code < 500
        before = served.peak_mb
        answers = {}
        for path, fields in ROUTES.items():
            for what, (name, content, code) in hostile.files().items():
                answer = await client.post(path, data=fields, files={"file": (name, content)})
                answers[path, what] = (answer.status_code, answer.json().get("code"), answer.json().get("detail") != "")
                assert answers[path, what] == (422, code, True), (path, what, answer.text[:300])
        alive = await client.get("/readyz")

    assert alive.status_code == 200
    assert len(answers) == len(ROUTES) * len(hostile.files())
    assert served.peak_mb - before < MOST_GROWTH_MB
    assert not Path("/tmp/shuke-here").exists()  # noqa: ASYNC240 — a look at the end


async def test_a_mapping_that_explodes_is_refused(served: Served):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{no}: &a{no} [{', '.join([f'*a{no - 1}'] * 10)}]" for no in range(1, 12)]
    async with served.client() as client:
        before = served.peak_mb
        answer = await client.post(
            "/v1/imports",
            files={"file": ("a.csv", b"a,b\n1,2\n"), "mapping_file": ("m.yaml", "\n".join(lines).encode())},
        )

    assert (answer.status_code, answer.json()["code"]) == (422, "imports.bad_mapping")
    assert served.peak_mb - before < MOST_GROWTH_MB


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(("announced", "most_sent_mb"), [({"Content-Length": str(2 << 30)}, 1), ({}, 10)])
async def test_a_body_of_two_gigabytes_is_refused_early(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str, announced: dict[str, str], most_sent_mb: int
):
    monkeypatch.setattr(settings(), "upload_max_mb", 8)
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(2 << 11):
            sent += 1 << 19
            yield b"a,b\n" * (1 << 17)

    headers = {"Content-Type": "multipart/form-data; boundary=x", **announced}
    answer = await client.post(path, content=body(), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")
    assert sent <= most_sent_mb << 20


def test_a_gzip_that_grows_without_measure_is_refused_while_it_is_read(tmp_path: Path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(hostile.zipped(80))

    with pytest.raises(tabular.TableInflated):
        for _ in tabular.open_table(path).rows:
            pass


def test_a_workbook_as_people_have_them_is_read(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.workbook(1_000))

    table = tabular.open_table(path)

    assert (table.header, len(list(table.rows))) == (["phone", "name"], 999)
