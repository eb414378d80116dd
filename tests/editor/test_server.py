"""What the editor's service answers, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from desk import Served, served
from small_world import INSPECTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATH = f"content/{INSPECTION}/findings/1-1.yaml"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An editor whose page has been loaded, for tests that change no file."""
    with served(tmp_path_factory.mktemp("editor")) as made:
        assert made.ask("GET", "/settings.json")[0] == 200
        yield made


@pytest.fixture
def editor(running: Served) -> Served:
    """That editor, with a storage that has not been asked yet."""
    running.storage.asked.clear()
    return running


def persist(*paths: str, **more: Any) -> dict[str, Any]:
    """Return a request of Decap's to save files."""
    files = [{"path": path, "slug": "1-1", "raw": "text"} for path in paths]
    return {"branch": "main", "action": "persistEntry", "params": {"branch": "main", "dataFiles": files, **more}}


def test_an_unsaved_text_is_checked_by_every_rule(editor: Served) -> None:
    """The answer names place, words and what to do, as `omi check` would; the file on disk is not touched."""
    before = (editor.root / PATH).read_text()
    text = before.replace("It was clear.", "In 79% of the 50 reports it was clear.")
    status, answer, _ = editor.ask("POST", "/check", {"path": PATH, "text": text})
    assert status == 200
    (problem,) = answer["problems"]
    assert problem == {
        "severity": "error",
        "code": "OMI301",
        "message": "79% of 50 can't be: 39 is 78%, 40 is 80%",
        "hint": "Check the percentage against the count, or name the number that it was taken of.",
        "pointer": ["strengths", 1, "text"],
        "quote": "79% of the 50",
        "line": 8,
        "text": "text: In 79% of the 50 reports it was clear.",
    }
    assert (editor.root / PATH).read_text() == before
    assert editor.ask("POST", "/check", {"path": PATH, "text": before})[1] == {"problems": []}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("criterion: [", "OMI001"),
        ("criterion: '1.1'\ncriterion: '1.1'\n", "OMI002"),
        ("a\x00b: 1\n", "OMI006"),
        ("", None),
    ],
)
def test_whatever_is_sent_as_a_text_gives_problems(editor: Served, text: str, code: str | None) -> None:
    """A text that is no YAML, or holds what no text may hold, is told like any other mistake."""
    status, answer, _ = editor.ask("POST", "/check", {"path": PATH, "text": text})
    assert status == 200
    assert answer["problems"]
    assert code is None or answer["problems"][0]["code"] == code


def test_a_file_that_somebody_else_changed_is_not_overwritten(tmp_path: Path) -> None:
    """Where the file says something else than the page knows, the person is told to load it again."""
    with served(tmp_path) as editor:
        editor.ask("GET", "/settings.json")
        before = (tmp_path / PATH).read_text()
        known = {"path": PATH, "text": before, "known": [before]}
        assert editor.ask("POST", "/check", known)[0] == 200
        (tmp_path / PATH).write_text(before + "# another hand\n")
        status, answer, _ = editor.ask("POST", "/check", known)
        assert (status, answer["error"][:42]) == (409, "Somebody else has changed this file since ")


def test_in_git_the_page_may_know_a_branch_that_the_folder_does_not(tmp_path: Path) -> None:
    """With a branch for each file, what the page knows is another branch than the folder's."""
    with served(tmp_path, workflow=True) as editor:
        editor.ask("GET", "/settings.json")
        text = (tmp_path / PATH).read_text()
        assert editor.ask("POST", "/check", {"path": PATH, "text": text, "known": ["of a branch"]})[0] == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8400", "127.0.0.1", "localhost.evil.example", ""])
def test_no_other_name_of_this_machine_is_answered(editor: Served, method: str, host: str) -> None:
    """A name elsewhere that is made to point to this machine gets nothing, whatever it asks for."""
    origin = f"http://{host}"
    status, answer, _ = editor.ask(method, "/settings.json", {}, {"Host": host or "x", "Origin": origin})
    assert (status, set(answer)) == (403, {"error"})


@pytest.mark.parametrize("address", ["/check", "/api/v1"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://127.0.0.1"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
def test_a_page_from_elsewhere_can_ask_for_nothing(editor: Served, address: str, headers: Mapping[str, str]) -> None:
    """A page of another site, or a form, can neither save nor check."""
    status, answer, told = editor.ask("POST", address, persist(PATH), headers)
    assert status in {400, 403}
    assert set(answer) == {"error"}
    assert editor.storage.asked == []
    assert "Access-Control-Allow-Origin" not in told


def test_files_with_a_form_are_read_and_saved(editor: Served) -> None:
    """What Decap asks for its own files is passed on."""
    request = persist(PATH, assets=[], options={"commitMessage": "x"})
    assert editor.ask("POST", "/api/v1", request)[:2] == (200, {"message": "entry persisted"})
    assert editor.storage.asked == [request]


@pytest.mark.parametrize(
    "request_",
    [
        persist("content/areas.yaml"),
        persist(f"content/{INSPECTION}/case_scores.yaml"),
        persist(PATH, ".github/workflows/x.yml"),
        persist("../outside.yaml"),
        persist(f"content/{INSPECTION}/findings/../findings/1-1.yaml"),
        persist(PATH, assets=[{"path": PATH, "content": "", "encoding": "base64"}]),
        persist(entry={"path": PATH, "raw": ""}),
        {"action": "persistEntry", "params": {"dataFiles": [{"path": PATH, "newPath": "x", "raw": ""}]}},
        {"action": "persistEntry", "params": {"dataFiles": PATH}},
        {"action": "persistEntry", "params": {"dataFiles": [PATH]}},
        {"action": "persistEntry", "params": []},
        {"action": "getEntry", "params": {"path": "content/areas.yaml"}},
        {"action": "entriesByFiles", "params": {"files": [{"path": ".git/config"}]}},
        {"action": "entriesByFolder", "params": {"folder": ".", "extension": "", "depth": 9}},
        {"action": "deleteFiles", "params": {"paths": [PATH]}},
        {"action": "deleteFile", "params": {"path": PATH}},
        {"action": "publishUnpublishedEntry", "params": {}},
        {"action": "persistMedia", "params": {}},
        {"action": ["getEntry"], "params": {}},
        {"action": "getEntry", "params": {"path": [PATH]}},
        {},
    ],
    ids=str,
)
def test_nothing_else_is_passed_on(editor: Served, request_: dict[str, Any]) -> None:
    """Case answers, other files, pictures, removals and merges are refused before the storage hears of them."""
    status, answer, _ = editor.ask("POST", "/api/v1", request_)
    assert (status, set(answer)) == (403, {"error"})
    assert editor.storage.asked == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"[" * 100_000, b"\xff"])
def test_a_broken_request_is_refused(editor: Served, body: bytes) -> None:
    """Whatever bytes come, the answer is a sentence."""
    assert editor.ask("POST", "/check", body)[:2] == (400, {"error": "this is not a request of the editor"})


def test_the_page_may_load_nothing_from_elsewhere(editor: Served) -> None:
    """Each answer says that only this machine is asked, that no page may frame it, and that nothing of it is kept."""
    _, _, told = editor.ask("GET", "/")
    policy = dict(rule.split(" ", 1) for rule in told["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http" in rule for rule in policy.values())
    assert (told["X-Content-Type-Options"], told["Cache-Control"]) == ("nosniff", "no-store")


def test_a_project_that_is_broken_is_told_in_the_page(tmp_path: Path) -> None:
    """Where the content's folder has gone, the page gets a sentence and no traceback."""
    with served(tmp_path) as editor:
        editor.ask("GET", "/settings.json")
        (tmp_path / "content").rename(tmp_path / "gone")
        status, answer, _ = editor.ask("POST", "/check", {"path": PATH, "text": "a: b"})
        assert status == 500
        assert answer["error"].startswith("there is no folder")


def test_pages_that_are_not_there_are_not_found(editor: Served) -> None:
    """A path out of the page's own files leads nowhere."""
    for path in ("/../pyproject.toml", "/content/areas.yaml", "/x"):
        assert editor.ask("GET", path)[0] == 404
    assert editor.ask("POST", "/x", {})[0] == 404
    for path in ("content/areas.yaml", [PATH], None):
        assert editor.ask("POST", "/check", {"path": path, "text": ""})[0] == 404
