"""No request writes a column that it does not name: what a body does not know is refused, and nothing is changed."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from shuke.platform.db import metadata
from tests.authorization.calls import ROUTES, Call, UnknownName, call_of
from tests.authorization.ground import Ground, browser
from tests.authorization.matrix import differing
from tests.authorization.names import NotTheirs

COLUMNS = sorted({column.name for table in metadata.sorted_tables for column in table.columns})


def models_of(kind: Any) -> Iterator[type[BaseModel]]:
    """Every model in a type, through lists, choices and fields."""
    waiting, seen = [kind], set()
    while waiting:
        here = waiting.pop()
        if get_origin(here) in {Union, UnionType, Annotated, list, tuple, dict, set}:
            waiting += get_args(here)
        elif isinstance(here, type) and issubclass(here, BaseModel) and here not in seen:
            seen.add(here)
            waiting += [info.annotation for info in here.model_fields.values()]
            yield here


def bodies() -> dict[str, Any]:
    return {
        name: route.body_field.field_info.annotation
        for name, route in ROUTES.items()
        if route.body_field is not None and not route.body_field.field_info.annotation.__name__.startswith("Body_")
    }


def test_every_shape_of_a_request_refuses_what_it_does_not_know():
    open_shapes = {
        f"{name}: {model.__name__}"
        for name, kind in bodies().items()
        for model in models_of(kind)
        if model.model_config.get("extra") != "forbid"
    }

    assert open_shapes == set()


def with_more(call: Call, more: dict[str, Any]) -> Call:
    return Call(**{**vars(call), "body": {**call.body, **more}})


@pytest.mark.parametrize("value", [1, "x", None])
async def test_a_body_with_columns_of_tables_is_refused_and_changes_nothing(ground: Ground, value: Any):
    before, answered = await ground.digest(), {}
    async with browser(ground.app, ground.second) as client:
        for name, kind in bodies().items():
            try:
                call = call_of(name, ground, "ann")
            except (UnknownName, NotTheirs):
                continue
            known = {info.alias or field for field, info in kind.model_fields.items()}
            more = {column: value for column in COLUMNS if column not in known}
            answer = await with_more(call, more).send(client)
            answered[name] = answer.status_code

    assert {name: status for name, status in answered.items() if status != 422} == {}
    assert differing(before, await ground.digest()) == set()
