"""The kinds of question by name: the one place that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.quizzes.domain.kinds.kind import Kind
from app.quizzes.domain.kinds.matching import Matching
from app.quizzes.domain.kinds.multiple import Multiple
from app.quizzes.domain.kinds.numeric import Numeric
from app.quizzes.domain.kinds.ordering import Ordering
from app.quizzes.domain.kinds.short_answer import ShortAnswer
from app.quizzes.domain.kinds.single import Single
from app.quizzes.domain.kinds.true_false import TrueFalse

_ALL: tuple[Kind, ...] = (
    Single(),
    Multiple(),
    TrueFalse(),
    Matching(),
    Ordering(),
    ShortAnswer(),
    Numeric(),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
