"""What the editor shows: a collection an inspection, in it a form for each of its files.

Case answers are not among them: they are about real people, come in by `omi import-cases`, and no form shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from omi_build.documents import is_published, read_content
from omi_build.editor.forms import Field, Fixed, Forms, Offer
from omi_build.model.build import build_programme
from omi_build.schemas import load_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from omi_build.documents import Document
    from omi_build.model.framework import Criterion, Framework
    from omi_build.model.programme import Programme
    from omi_build.project import Project

KINDS = {
    "inspection": "The inspection",
    "findings": "",
    "narrative": "Foreword, summaries and chapters",
    "good_practice": "Good practice",
    "recommendations": "Recommendations",
    "targets": "Targets",
}
"""The kinds of document that have a form, in the order in which they are shown, and what their files are called."""


SHARED = ("areas", "framework", "themes")
"""The kinds of document that the choices of the forms come from."""

FORMAT = "inspection"
"""The name under which the page registers how it reads and writes files."""


@dataclass(frozen=True)
class Backend:
    """Where the editor saves, as Decap's configuration names it."""

    settings: Mapping[str, Any]
    workflow: bool
    """Whether saving makes a branch for each file that is changed, to be merged by others."""


LOCAL = {"name": "proxy", "proxy_url": "/api/v1"}
"""The service that `omi edit` starts on the same machine."""


def github(repository: str, branch: str, auth_url: str) -> Backend:
    """Return the backend of a repository on GitHub: each entry saved is a branch with a pull request.

    `auth_url` is the address of the service that people sign in by, such as `https://sign-in.example/auth`.
    """
    base, _, endpoint = auth_url.rpartition("/")
    settings = {"name": "github", "repo": repository, "branch": branch, "base_url": base, "auth_endpoint": endpoint}
    return Backend(settings, workflow=True)


def editor_settings(project: Project, backend: Backend, *, checks: bool) -> dict[str, Any]:
    """Return what the page of the editor reads first: Decap's configuration, the schemas, and whether checks are there.

    A file of the configuration names its form, which many inspections share; the page puts it in its place.
    `checks` says that the service that served the page answers what is wrong in an unsaved file.
    """
    read = read_content(project.content, kinds={*KINDS, *SHARED}).documents
    # A translation has the form of the file that it translates, and no schema of its own.
    documents = tuple(document for document in read if not document.language)
    loaded = load_schemas(project.schemas)
    # A file that its schema refuses has a form all the same, to be mended in.
    programme, _ = build_programme([one for one in documents if loaded.accepts(one.kind, one.value)])
    schemas = loaded.by_name
    forms: dict[str, list[Field]] = {}
    collections = list(_collections(documents, _Shared(Forms(schemas), forms), programme))
    return {
        "config": {
            "backend": dict(backend.settings),
            "publish_mode": "editorial_workflow" if backend.workflow else "simple",
            "load_config_file": False,
            "locale": "en",
            # Decap asks for a folder of pictures; the forms have none.
            "media_folder": f"{project.content.name}/assets",
            "show_preview_links": False,
            "search": False,
            "editor": {"preview": False},
            "collections": collections,
        },
        "forms": forms,
        "schemas": {name: schemas[name] for name in ("common.schema.json", *(f"{kind}.schema.json" for kind in KINDS))},
        "checks": checks,
        "published": [
            inspection.id
            for inspection in programme.inspections
            if inspection.about.publication.status.value == "published"
        ],
    }


def editable_paths(settings: Mapping[str, Any]) -> frozenset[str]:
    """Return the paths of the files that the editor has a form for: it reads and writes no others."""
    return frozenset(file["file"] for collection in settings["config"]["collections"] for file in collection["files"])


class _Shared:
    """The forms made so far: files of one kind, criterion and framework share theirs."""

    def __init__(self, forms: Forms, made: dict[str, list[Field]]) -> None:
        self._forms, self._made = forms, made

    def name_of(
        self,
        document: Document,
        criterion: Criterion | None,
        framework: Framework,
        programme: Programme,
        *,
        draft: bool,
    ) -> str:
        """Return the name of the form for a document, making the form where there is none yet."""
        offer = replace(_offer(document, criterion, framework, programme), draft=draft)
        stage = "draft" if offer.draft else ""
        parts = (document.kind, framework.id, criterion.ref if criterion else "", stage, *sorted(offer.hidden))
        name = "/".join(filter(None, parts))
        if name not in self._made:
            self._made[name] = self._forms.fields(document.kind, offer)
        return name


def _collections(documents: Sequence[Document], forms: _Shared, programme: Programme) -> Iterator[dict[str, Any]]:
    folders = sorted({document.folder for document in documents if document.folder})
    for folder in folders:
        own = [document for document in documents if document.folder == folder and document.kind in KINDS]
        about: Any = next((document.value for document in own if document.kind == "inspection"), {})
        framework = _framework(about, programme)
        if framework is None or not own:
            continue
        own.sort(key=lambda document: (list(KINDS).index(document.kind), _ref(document, framework)))
        yield {
            "name": folder,
            "label": _label(folder, about, programme),
            "description": "One form for each part of the report. What you change is checked when you save it.",
            "format": FORMAT,
            "delete": False,
            # Others look at what is saved before it is published; nobody publishes from here.
            "publish": False,
            "editor": {"preview": False},
            "files": [_file(document, forms, framework, programme, draft=not is_published(about)) for document in own],
        }


def _framework(about: Any, programme: Programme) -> Framework | None:
    named = about.get("framework") if isinstance(about, dict) else None
    first = next(iter(programme.frameworks), None)
    return programme.framework_by_id.get(str(named), first)


def _label(folder: str, about: Any, programme: Programme) -> str:
    name, _, year = folder.rpartition("-")
    area = programme.area_by_id.get(name)
    return f"{area.title if area else name} {year}{'' if is_published(about) else ' (draft)'}"


def _ref(document: Document, framework: Framework) -> tuple[int, str]:
    """Return where a criterion stands in its framework."""
    refs = list(framework.criteria)
    ref = _criterion_named(document)
    return (refs.index(ref) if ref in refs else len(refs), document.source.path)


def _criterion_named(document: Document) -> str:
    value = document.value
    return str(value.get("criterion", "")) if document.kind == "findings" and isinstance(value, dict) else ""


def _file(
    document: Document, forms: _Shared, framework: Framework, programme: Programme, *, draft: bool
) -> dict[str, Any]:
    criterion = framework.criteria.get(_criterion_named(document))
    name = document.source.path.rpartition("/")[2].removesuffix(".yaml")
    label = KINDS[document.kind]
    if document.kind == "findings":
        label = f"{criterion.ref} {criterion.title}" if criterion else f"Findings {name}"
    return {
        "name": name.replace("_", "-"),
        "label": label,
        "file": document.source.path,
        "form": forms.name_of(document, criterion, framework, programme, draft=draft),
    }


def _offer(document: Document, criterion: Criterion | None, framework: Framework, programme: Programme) -> Offer:
    """Return the choices that the framework and the lists of the site give for the keys of a document."""
    asked = criterion.questions if criterion else ()
    questions: dict[str | int, str] = {question.ref: f"{question.ref} {question.text}" for question in asked}
    criteria: dict[str | int, str] = {ref: f"{ref} {one.title}" for ref, one in framework.criteria.items()}
    choices: dict[str, Mapping[str | int, str]] = {
        "themes": {theme.id: theme.title for theme in programme.themes.themes},
        "conclusion": {band.conclusion: band.title for band in framework.bands},
        "rating": {rating.rating: rating.title for rating in framework.ratings},
        "thread": {thread.thread: thread.title for thread in framework.threads},
        "section": {section.number: f"{section.number} {section.title}" for section in framework.sections},
        "evidence": questions,
        "criteria": criteria,
        "criterion": criteria,
    }
    fixed: dict[str, Fixed] = {}
    if criterion:
        more = (criterion.statement.text, *(f"{question.ref} {question.text}" for question in criterion.questions))
        fixed["criterion"] = Fixed({criterion.ref: f"{criterion.ref} {criterion.title}"}, more, "What it asks for")
    if document.kind == "inspection":
        fixed["area"] = Fixed({area.id: area.title for area in programme.areas.areas})
        fixed["year"] = Fixed()
        fixed["framework"] = Fixed({one.id: one.title for one in programme.frameworks})
    present = document.value if isinstance(document.value, dict) else {}
    hidden = _unsuited(criterion, framework) - set(present) | {"synthetic"}
    return Offer({key: offered for key, offered in choices.items() if offered}, fixed, hidden)


def _unsuited(criterion: Criterion | None, framework: Framework) -> frozenset[str]:
    """Return the keys that a criterion can't have: a rated one has no score, a scored one no rating."""
    assessment = framework.section_of[criterion.ref].assessment.value if criterion else ""
    unsuited = {
        "scored": {"rating"},
        "rated": {"published_score", "score_not_available", "conclusion"},
        "described": {"rating", "published_score", "score_not_available", "conclusion"},
    }
    return frozenset(unsuited.get(assessment, ()))
