"""Which reports share an index: every one once, in order, none too large, and the same groups for the same ids."""

from __future__ import annotations

import pytest
from grouped import gathered

from omi_build.search.grouping import MOST, groups

IDS = [f"place-{n:04}-2040" for n in range(1000)]


def borders(ids: list[str]) -> set[str]:
    """Return the ids that begin a group."""
    return {run[0] for run in groups(ids)}


@pytest.mark.parametrize("number", [0, 1, MOST, MOST + 1, 1000])
def test_every_report_is_in_one_group(number: int) -> None:
    """The groups are the ids in order, cut; none holds more than it may."""
    ids = IDS[:number]
    found = groups(reversed(ids))
    assert [one for run in found for one in run] == ids
    assert all(0 < len(run) <= MOST for run in found)
    assert len(found) == 1 or number != MOST


def test_groups_are_few() -> None:
    """On the mean a group is half full."""
    assert len(groups(IDS)) < 3 * len(IDS) / MOST


def test_a_new_report_moves_borders_beside_it_alone() -> None:
    """Of a thousand reports, one more leaves nearly all groups as they are, wherever it comes in."""
    before = borders(IDS)
    for n in range(0, 1000, 25):
        after = borders([*IDS, f"place-{n:04}-2041"])
        assert len(before ^ after) <= 4, n
    same = [n for n in range(0, 1000, 25) if borders([*IDS, f"place-{n:04}-2041"]) == before]
    assert len(same) > 30


def test_the_site_itself_is_a_group_of_its_own() -> None:
    """The last one; but with few reports it stands with them, and a search asks one index."""
    of_reports = {one: {f"reports/{one}/1.html": one} for one in IDS[:10]}
    own = {"glossary/1.html": "term"}
    many = gathered(of_reports, own, most=4)
    assert len(many) > 2
    assert many[-1] == own
    assert {path: page for group in many[:-1] for path, page in group.items()} == {
        path: page for pages in of_reports.values() for path, page in pages.items()
    }
    assert gathered(of_reports, own, most=10) == ({path: page for group in many for path, page in group.items()},)
    assert gathered({}, own) == (own,)
    assert gathered({}, {}) == ()
