"""The server answers its own machine and its own pages; each way in that is closed has a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.web.guard import LARGEST_BODY, LONGEST_ADDRESS, POLICY

SET = ("set", "no_deal.RUS.shift=[-30,-20]")
PAGES = ["/what-if", "/deals", "/stakes", "/compare", "/evidence", "/assumptions", "/weights", "/estimates"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8766", "", "[::2]", "a@b"]
)
def test_a_name_that_was_made_to_point_here_is_refused(client, host: str) -> None:
    """DNS rebinding: the browser believes to talk to another site, and says so in the Host header."""
    answer = client.get("/what-if", host=host)
    assert answer.status_code == 421
    assert "127.0.0.1" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost", "LOCALHOST:1", "[::1]:8766"])
def test_the_names_of_this_machine_are_answered(client, host: str) -> None:
    assert client.get("/static/icon.svg", host=host).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:8766.evil.example", "http://127.0.0.1:9999"]
)
def test_a_form_from_another_page_is_refused(client, desk, origin: str) -> None:
    answer = client.post("/variants", [SET, ("name", "stolen")], origin=origin)
    assert answer.status_code == 403
    assert not (desk.variants / "stolen.yaml").exists()


def test_a_form_without_origin_or_from_another_site_is_refused(client) -> None:
    answer = client.send(
        "POST", "/variants", content="set=x", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 403
    assert client.post("/variants", [SET], sec_fetch_site="cross-site").status_code == 403
    assert client.post("/variants", [SET], content_type="application/json").status_code == 415


def test_what_is_too_large_is_refused(client) -> None:
    assert client.post("/variants", [("why", "x" * LARGEST_BODY)]).status_code == 413
    assert client.get("/what-if?set=" + "x" * LONGEST_ADDRESS).status_code == 414


def test_a_body_that_lies_about_its_length_is_refused(client) -> None:
    async def pieces():
        for _ in range(20):
            yield b"x" * (LARGEST_BODY // 10)

    headers = {"origin": client.base, "content-type": "application/x-www-form-urlencoded"}
    assert client.send("POST", "/variants", content=pieces(), headers=headers).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client, method: str) -> None:
    assert client.send(method, "/what-if").status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_no_page_may_run_or_load_anything_foreign(client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "style=" not in answer.text
    assert " on" + "click" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "") or page in (
        "/evidence",
        "/estimates",
    )


def test_the_brief_keeps_its_own_policy(client) -> None:
    policy = client.get("/brief").headers["content-security-policy"]
    script = policy.split("script-src", 1)[1].split(";", 1)[0]
    assert "unsafe-inline" not in script
    assert "sha256-" in script
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fcases",
        "/../../etc/passwd",
        "/static//etc/passwd",
    ],
)
def test_no_address_leads_to_a_file(client, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


@pytest.mark.parametrize(
    "name", ["../up", "..%2Fup", "/etc/passwd", "a/b", "A", "", "a" * 61, "x\0y", "caf\u00e9"]
)
def test_no_variant_name_leads_out_of_its_folder(client, desk, tmp_path: Path, name: str) -> None:
    (desk.variants.parent / "up.yaml").write_text("format: 1\nedits: []\n")
    before = sorted(p.name for p in desk.variants.parent.rglob("*"))
    assert client.post("/variants", [SET, ("name", name)]).status_code == 400
    assert sorted(p.name for p in desk.variants.parent.rglob("*")) == before
    if name:
        from urllib.parse import quote

        assert client.get(f"/compare?v={quote(name, safe='')}").status_code == 400


def test_a_server_that_only_reads_writes_nothing(reader) -> None:
    assert "--edit" in reader.post("/variants", [SET, ("name", "kept")]).text
    assert "--edit" in reader.post("/estimates/keep", [("analyst", "A"), ("salience.line", "1,2")]).text
    assert 'action="/variants"' not in reader.get("/what-if?set=no_deal.RUS.shift=3").text


def test_going_back_after_a_stop_never_leaves_the_server(client) -> None:
    answer = client.send(
        "POST",
        "/cancel",
        follow=False,
        content="job=x&back=https%3A%2F%2Fevil.example",
        headers={"origin": client.base, "content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.headers["location"] == "/what-if"
