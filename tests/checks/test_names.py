"""Which words of a text are taken for a person's first name."""

from __future__ import annotations

import pytest
from faker.providers.person.en_GB import Provider

from omi_build.checks.names import HARDLY_EVER_NAMES, ORDINARY_WORDS, PLACES, first_names, people

ROWS = [
    ("Peter was 21.", ["Peter"]),
    ("When Peter came, staff helped Peter.", ["Peter"]),
    ("His plan was Peter’s own, and Sarah's too.", ["Peter", "Sarah"]),
    ("With Jean-Paul and Anne-Marie.", ["Jean", "Anne"]),
    ("Staff asked Anthony Rice.", ["Anthony"]),
    ("Staff asked Anthony Lawrence.", ["Anthony"]),
    ("Mr Peter Smith came.", ["Peter"]),
    ("In May Peter left. On Monday Simon did.", ["Peter", "Simon"]),
    ("The PO Peter saw knew.", ["Peter"]),
    ("It helped.\n\nPeter said so.", ["Peter"]),
    ("They were:\n- Peter\n- Paul", ["Peter", "Paul"]),
    ("‘Peter did well.’ (Paul did too.)", ["Peter", "Paul"]),
    ("The case of *Peter*.", ["Peter"]),
    # ordinary words, places
    ("Mark each case. Grace was shown.", []),
    ("Mark Smith did. The plan was for Grace.", ["Mark", "Grace"]),
    ("He worked in Jordan, near Leigh.", []),
    ("Jordan was 19.", ["Jordan"]),
    ("In June the Dean, a Christian, saw the Norman tower.", []),
    # bodies
    ("The Howard League and Lawrence House helped.", []),
    ("The Butler Simon Trust and Burdett Lodge.", []),
    ("St John Ambulance, St. Peter's and HMP Leigh.", []),
    ("The Butler Trust, Broomfield Hall and DeMontfort University.", []),
    # no names
    ("MacDonald, O'Brian, mid-June, O’Neil.", []),
    ("Will, May, Derby and Hope.", []),
    ("PETER and peter.", []),
]


@pytest.mark.parametrize(("text", "found"), ROWS, ids=range(len(ROWS)))
def test_people_are_told_from_places_bodies_and_words(text: str, found: list[str]) -> None:
    """A name is reported once, unless the words beside it say that it is something else."""
    assert list(people(text)) == found


def test_every_exception_is_a_name() -> None:
    """No word stands among the exceptions that the list of names doesn't have, and none in two places."""
    groups = (ORDINARY_WORDS, PLACES, HARDLY_EVER_NAMES)
    assert frozenset().union(*groups) <= first_names()
    assert sum(map(len, groups)) == len(frozenset().union(*groups))


def test_the_names_are_all_that_the_package_has() -> None:
    """They are read from its source, and are what it says when it is loaded."""
    assert first_names() == {*Provider.first_names_male, *Provider.first_names_female}
