"""The demonstration city: Kota Tangerang with invented libraries, people and books, and a year of their days.

Everything is marked as demonstration and the same on every build of the same day (one seed). It is written in
bulk, since it tells of a past that nobody recorded; the last day goes through the desk's own actions, so that the
journal reads as it would.
"""

from simpul.operations.demonstration.build import build, is_built
from simpul.operations.demonstration.cast import SignIn, sign_ins

__all__ = ["SignIn", "build", "is_built", "sign_ins"]
