"""The site's absolute address stands once, in mkdocs.yml, and both doors read it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omi_build.doors import configured_address, project_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("site_url: https://a.example/\n", "https://a.example/"),
        ("site_url: https://a.example/sub\n", "https://a.example/sub/"),
        ("site_url: 'https://a.example'\nplugins: [{x: !!python/name:os.system }]\n", "https://a.example/"),
        ("site_url: !ENV [ADDRESS, 'https://a.example/']\n", ""),
        ("site_url:\n", ""),
        ("site_name: Reports\n", ""),
        ("- a list\n", ""),
        ("site_url: [\n", ""),
        ("", ""),
    ],
)
def test_the_address_is_read_as_it_stands(tmp_path: Path, text: str, address: str) -> None:
    """It ends in a slash; what only MkDocs can work out, or is no text, gives none, and relative addresses."""
    (tmp_path / "mkdocs.yml").write_text(text)
    assert project_of(tmp_path).site_url == address


def test_a_folder_without_a_configuration_has_no_address(tmp_path: Path) -> None:
    """The command line works without one."""
    assert configured_address(tmp_path) == ""
    assert project_of(tmp_path, site_url="https://a.example").site_url == "https://a.example/"
