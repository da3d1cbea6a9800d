"""Each page says what the library says, in every form it can be asked for, and never breaks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief.compose import compose
from detente.case.load import load_case
from detente.case.overlay import apply_typed
from detente.lenses.settlement import LENS, Options
from detente.render.html import to_html
from detente.web.app import PAGES

EDIT = "set=" + quote("no_deal.RUS.shift=[-30,-20]")
READ = [path for path, method, _ in PAGES if method == "GET"]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("form", ["", ".json", ".csv", ".md"])
def test_every_page_answers_in_every_form(client, path: str, form: str) -> None:
    answer = client.get(f"{path}{form}?{EDIT}")
    assert answer.status_code in (200, 202)
    if form == ".json":
        json.loads(answer.text)
    if form == ".csv":
        assert "text/csv" in answer.headers["content-type"]
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len({len(row) for row in rows}) == 1
    if form == ".md":
        assert "text/markdown" in answer.headers["content-type"]
        assert answer.text.startswith("# " if answer.status_code == 200 else "- status: ")


def test_the_answer_is_that_of_the_lens(client) -> None:
    data = client.get(f"/what-if.json?{EDIT}").json()
    case = apply_typed(load_case("alaska-2025"), ["no_deal.RUS.shift=[-30,-20]"])
    own = {m.name: m.value for m in LENS.run(case, Options()).measures()}
    assert {m["name"]: m["value"] for m in data["measures"]} == own
    base = {m.name: m.value for m in LENS.run(load_case("alaska-2025"), Options()).measures()}
    assert {m["name"]: m["value"] for m in data["on_file"]} == base
    page = client.get(f"/what-if?{EDIT}").text
    moved = round(100 * (own["leading"] - base["leading"]))
    assert f"+{moved} points against the case on file" in page
    assert data["digest"] in page


def test_a_submitted_form_becomes_the_one_address_of_its_state(client) -> None:
    path = "no_deal.worth.RUS.shift"
    still = "low:no_deal.worth.UKR.shift=-15&high:no_deal.worth.UKR.shift=0"
    form = f"/what-if?low:{path}=-20&high:{path}=-30&{still}"
    answer = client.get(form)
    assert str(answer.url).endswith(f"/what-if?set={quote(path + '=[-30,-20]', safe='')}".replace("%2E", "."))
    back = client.get(f"/what-if?low:{path}=-10&high:{path}=10")
    assert str(back.url).endswith("/what-if")
    part = client.get(form, **{"x-part": "answer"})
    assert part.headers["content-location"] == answer.url.raw_path.decode()
    assert "<html" not in part.text


def test_sets_choices_and_levers_travel_in_the_address(client) -> None:
    path = "preferences.UKR.line.accepts.flexible"
    ticked = "&".join(f"in:{path}={o}" for o in ("return", "donetsk"))
    answer = client.get(f"/what-if?has:{path}=1&{ticked}&value:rules.K7.reading=B&opt.issues=core")
    assert "donetsk" in str(answer.url)
    assert "K7" in str(answer.url)
    assert "opt." not in str(answer.url)
    assert "opt.issues=all" in str(client.get("/what-if?opt.issues=all&low:x=1").url)
    emptied = client.get(f"/what-if?has:{path}=1")
    assert quote("=[]") in str(emptied.url)


def test_reset_leads_to_the_case_on_file_and_not_to_the_address(client) -> None:
    page = client.get(f"/what-if?{EDIT}").text
    assert 'id="reset" href="/what-if"' in page


def test_wrong_values_are_refused_in_words(client) -> None:
    for query, words in (
        ("set=preferences.RUS.line.salience=500", "leaves the scale"),
        ("set=nowhere=3", "there is no `nowhere`"),
        ("lens=nonsense", "there is no question"),
        ("opt.issues=nonsense", "cannot use"),
        ("opt.nonsense=1", "no option"),
        ("low:no_deal.worth.RUS.shift=abc&high:no_deal.worth.RUS.shift=3", "must be"),
    ):
        answer = client.get(f"/what-if?{query}")
        assert answer.status_code == 400, query
        assert words in answer.text, query
        assert "Traceback" not in answer.text
    assert client.get("/what-if.json?set=nowhere=3").json()["problems"]
    assert client.get("/nowhere").status_code == 404
    assert "no option" in client.get("/deals?deal.line=zzz").text
    assert "no issue" in client.get("/deals?deal.zzz=line").text


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "set",
                    "lens",
                    "opt.issues",
                    "show",
                    "v",
                    "q",
                    "deal.line",
                    "actor",
                    "pair.form.line",
                    "swing.line",
                    "ask",
                ]
            ),
            st.text(max_size=20),
        ),
        max_size=4,
    ),
    st.sampled_from([p for p in READ if p != "/brief"]),
)
def test_no_address_breaks_a_page(client, pairs: list[tuple[str, str]], path: str) -> None:
    from urllib.parse import urlencode

    try:
        query = urlencode(pairs)
    except UnicodeEncodeError:
        return
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in (200, 400, 404)


def test_what_moved_it_is_said_edit_by_edit(client) -> None:
    second = "set=" + quote("preferences.UKR.line.salience=[10,20]")
    lines = client.get(f"/what-if/moved.json?{EDIT}&{second}").json()["moved"]
    assert len(lines) == 3
    assert "on file" in lines[0]
    assert "Russia: worth of no deal, shift: alone" in lines[1]
    assert "without it" in lines[2]
    still = client.get("/what-if/moved.json?set=" + quote("actors.CHN.capability.low=1")).json()["moved"]
    assert still == ["No headline number moved: what decides the answer is not touched by these changes."]


def test_a_preview_says_so_and_is_never_exported(client) -> None:
    page = client.get(f"/what-if?{EDIT}&preview=1").text
    assert "Preview" in page
    data = client.get(f"/what-if.json?{EDIT}&preview=1").json()
    assert data["options"]["draws"] == Options().draws


def test_saving_shows_the_difference_and_the_case_stays(client, desk) -> None:
    before = load_case("alaska-2025").digest
    form = [
        ("set", "no_deal.RUS.shift=[-30,-20]"),
        ("name", "harder"),
        ("title", "Harder <b>sanctions</b>"),
        ("why:no_deal.worth.RUS.shift", "tariffs"),
        ("source:no_deal.worth.RUS.shift", "F045"),
        ("who", "A"),
    ]
    answer = client.post("/variants", form)
    assert answer.status_code == 200
    assert "Russia: worth of no deal, shift: −10 to 10 → −30 to −20" in answer.text
    text = (desk.variants / "harder.yaml").read_text()
    assert "why: tariffs" in text
    assert "source: [F045]" in text
    assert load_case("alaska-2025").digest == before
    assert "already" in client.post("/variants", form).text
    page = client.get("/compare?v=harder").text
    assert "Harder &lt;b&gt;sanctions" in page
    assert "What moved" in page
    assert client.get("/compare.json?v=harder").json()["columns"][1].startswith("Harder")
    assert "nothing is changed" in client.post("/variants", [("name", "x")]).text


def test_variants_are_held_against_another_variant(client) -> None:
    for name, value in (("base-down", "[-30,-20]"), ("base-up", "[5,15]")):
        kept = [("set", f"no_deal.RUS.shift={value}"), ("name", name), ("title", name.upper())]
        assert client.post("/variants", [*kept, ("replace", "yes")]).status_code == 200
    page = client.get("/compare?v=base-up&v=base-down&base=base-down").text
    assert "BASE-UP beside the variant BASE-DOWN" in page
    assert "case on file" not in page.split('class="lead"')[1].split("</p>")[0]
    both = client.get("/compare.json?v=base-up&base=base-down").json()
    assert both["columns"] == ["BASE-DOWN", "BASE-UP"]
    turned = client.get("/compare.json?v=base-down&base=base-up").json()
    moves = {m["name"]: m["deltas"][0] for m in both["measures"] if m["deltas"][0]}
    assert moves
    back = {m["name"]: m["deltas"][0] for m in turned["measures"] if m["deltas"][0]}
    assert back == pytest.approx({name: -delta for name, delta in moves.items()})
    assert "there is no variant" in client.get("/compare?base=nowhere").text
    assert f"/what-if?set={quote('no_deal.worth.RUS.shift=[5,15]', safe='.')}" in page


def test_a_served_brief_leads_back_to_the_assumptions_behind_it(client) -> None:
    page = client.get(f"/brief?{EDIT}").text
    link = page.split('<nav aria-label="Sections">')[1].split('href="')[1].split('"')[0]
    assert link.startswith("/what-if?set=")
    assert "against the case on file" in client.get(link.replace("&amp;", "&")).text
    assert "What if" not in to_html(compose(load_case("minsk-2015"), draws=50).document)


def test_weights_are_elicited_and_kept_beside_others(client, desk) -> None:
    data = client.get(
        "/weights.json?actor=RUS&way=pairs&pair.form.line=-9&pair.form.status=9&pair.line.status=-9"
    ).json()
    assert data["ratio"] > 0.1
    page = client.get(
        "/weights?actor=RUS&way=pairs&pair.form.line=-9&pair.form.status=9&pair.line.status=-9"
    ).text
    assert "contradict each other" in page
    assert "you said" in page
    swing = client.get("/weights.json?actor=RUS&swing.line=100&swing.form=40").json()["weights"]
    assert next(w for w in swing if w["issue"] == "form")["weight"] == 40
    for who, span in (("Ann", "10,20"), ("Bo", "60,80")):
        sent = client.post("/estimates/keep", [("analyst", who), ("actor", "RUS"), ("salience.line", span)])
        assert sent.status_code == 200
    page = client.get("/estimates").text
    assert "apart" in page
    assert "10 to 80" in page
    drawn = page.split("<figure")[1].split("</figure>")[0]
    assert [label for label in ("the case", "Ann", "Bo") if f">{label}<" not in drawn] == []
    assert (desk.estimates / "ann.yaml").is_file()
    rows = client.get("/estimates.json").json()
    assert [r["analyst"] for r in rows] == ["Ann", "Bo"]
    bad = client.post("/estimates/keep", [("analyst", "C"), ("actor", "RUS"), ("salience.line", "90,200")])
    assert bad.status_code == 400


def test_a_package_is_put_together(client) -> None:
    answer = client.get("/deals?start=reported")
    assert "deal.line=" in str(answer.url)
    assert "Put a package together" in answer.text


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    from tests.unit.web.conftest import Client

    from detente.case.template import write_template
    from detente.web.app import make_app
    from detente.web.desk import Desk

    folder = tmp_path / "talks"
    write_template(folder, "talks")
    file = folder / "case.yaml"
    bad = "<script>alert(1)</script>\\\"'><img src=x onerror=alert(2)>"
    text = file.read_text()
    lines = [
        f'{line.split(":")[0]}: "{bad}"'
        if line.strip().startswith(("name:", "title:", "text:", "decides:", "short:", "note:"))
        and ": " in line
        and not line.rstrip().endswith((">-", ">", "|"))
        else line
        for line in text.split("\n")
    ]
    file.write_text("\n".join(lines))
    hostile = Client(make_app(Desk(folder, folder / "variants", edit=True)))
    for path in READ:
        answer = hostile.get(path)
        assert answer.status_code in (200, 202), path
        assert "<script>alert" not in answer.text, path
        assert "<img" not in answer.text, path


def test_spreadsheets_are_given_no_formulas() -> None:
    from detente.web.forms import table

    body = bytes(table(("a",), [("=cmd()",), (-5,), ("-5 to 3",)], "x").body).decode()
    assert body.split("\n")[1:3] == ["'=cmd()", "-5"]
