"""A named tuple is what `typing.NamedTuple` would make."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from bot.core.named_tuple import NamedTuple


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 2
    """Upwards."""

    @property
    def total(self) -> int:
        return self.x + self.y


class Typed(typing.NamedTuple):
    """A point."""

    x: int
    y: int = 2


class Lone(NamedTuple):
    value: str


class Named(Point):
    """One with more to it."""

    def doubled(self) -> int:
        return 2 * self.total


@pytest.mark.parametrize("name", ["_fields", "_field_defaults", "__match_args__", "__doc__"])
def test_it_says_of_its_fields_what_the_other_one_does(name: str) -> None:
    assert getattr(Point, name) == getattr(Typed, name)


def test_values_are_made_of_values_by_place_and_by_name() -> None:
    assert Point(1) == Point(x=1) == Point(1, 2) == Point(y=2, x=1) == (1, 2)
    assert Point._make([3, 4]) == Point(3, 4)
    assert Lone("only") == ("only",)
    assert (Point(1).x, Point(1).y, Point(1).total) == (1, 2, 3)
    assert isinstance(Point(1), Point)
    assert not hasattr(Point(1), "__dict__")


def test_a_value_is_shown_and_taken_apart() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert repr(Lone("only")) == "Lone(value='only')"
    assert Point(1)._asdict() == {"x": 1, "y": 2}
    match Point(5, 6):
        case Point(x, y):
            assert (x, y) == (5, 6)


def test_a_value_is_replaced_copied_and_pickled() -> None:
    assert Point(1)._replace(y=7) == Point(1, 7)
    for other in (copy.copy(Point(1)), pickle.loads(pickle.dumps(Point(1)))):  # noqa: S301
        assert type(other) is Point
        assert other == Point(1)


def test_a_type_that_extends_one_has_its_fields() -> None:
    assert Named(1).doubled() == 6
    assert type(Named(1)._replace(x=2)) is Named
    assert repr(Named(3, 4)) == "Named(x=3, y=4)"
    assert type(Point(1)) is Point


@pytest.mark.parametrize(
    "arguments", [((), {}), ((1, 2, 3), {}), ((1,), {"z": 3}), ((1,), {"x": 1})]
)
def test_what_does_not_fit_is_refused(arguments: tuple[tuple[int, ...], dict[str, int]]) -> None:
    values, named = arguments
    for made in (Point, Typed):
        with pytest.raises(TypeError):
            made(*values, **named)


def test_changes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="unexpected field names"):
        Point(1)._replace(z=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Expected 2 arguments, got 1"):
        Point._make([1])
    with pytest.raises(AttributeError):
        Point(1).x = 5  # type: ignore[misc]


def test_a_refusal_names_the_type_and_the_field() -> None:
    for made in (Point, Typed):
        with pytest.raises(TypeError, match=rf"{made.__name__}\.__new__\(\) missing .* 'x'"):
            made()  # type: ignore[call-arg]
