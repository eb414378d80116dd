"""A made-up programme of inspections, whole, as the files of a content folder: for demonstrations and for tests of size.

Everything is a function of the seed: the same seed gives the same bytes, and area k with its reports is the same
however many areas there are. `areas`, `cases`, `findings` and `report` make the parts up, from the words in the YAML
files here; the framework and the themes are those of the project's own content.
"""

from __future__ import annotations

from omi_build.synth.programme import FRAMEWORK, Basis, basis_of, programme

__all__ = ["FRAMEWORK", "Basis", "basis_of", "programme"]
