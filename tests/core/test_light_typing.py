"""The substitutes for `typing` that a fresh question loads keep what stands in brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin

from bot.core import light_typing
from bot.core.light_typing import Annotated, Generic, Literal, Protocol, TypeVar, cast

Item = TypeVar("Item")
Reading = Callable[[str], Item]


class Shelf(Protocol):
    def titles(self) -> list[str]: ...


class FullShelf(Shelf, Protocol):
    def is_full(self) -> bool: ...


class Kept(Generic[Item]):
    def __init__(self, item: Item) -> None:
        self.item = item


def test_type_checkers_alone_see_typing() -> None:
    assert vars(light_typing)["TYPE_CHECKING"] is False
    assert (Protocol.__module__, Generic.__module__) == 2 * (light_typing.__name__,)


def test_what_stands_in_brackets_can_be_read() -> None:
    choice, number = Literal["one", "two"], Annotated[int, "at least 1"]
    assert (get_origin(choice), get_args(choice)) == (Literal, ("one", "two"))
    assert (get_origin(number), get_args(number)) == (Annotated, (int, "at least 1"))


def test_a_type_with_a_variable_takes_another_type_for_it() -> None:
    reading: Any = Reading
    assert get_args(reading[int]) == ([str], int)
    assert Kept[int](3).item == 3


def test_a_protocol_can_extend_another() -> None:
    assert Shelf in FullShelf.__mro__


def test_a_cast_returns_the_value_itself() -> None:
    value: object = []
    assert cast("list[str]", value) is value
