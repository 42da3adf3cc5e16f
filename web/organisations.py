"""The API of organisations: whose documents an index holds, under which names."""

from typing import Final

from flask import Blueprint, abort, request

from search.organisations.listing import (
    ListedOrganisation,
    Organisations,
    organisation,
    organisations,
)
from web import current
from web.endpoints import PREFIX, Parameter, endpoint

LONGEST: Final = 200
"""Characters of a name."""

api = Blueprint("organisations_api", __name__, url_prefix=PREFIX)

_TEXT: Final = {"type": "string", "maxLength": LONGEST}


@endpoint(
    api,
    "/organisations",
    Organisations,
    Parameter("name", "机构的名称，可用简称", _TEXT),
    Parameter("region", "省、市或县（区），连同其下各级", _TEXT),
)
def listed() -> Organisations:
    """机构：各有哪些名称、哪些公开文件。"""
    name, region = (request.args.get(key, "").strip()[:LONGEST] for key in ("name", "region"))
    return organisations(current.index().reader, name=name, region=region)


@endpoint(
    api,
    "/organisations/<organisation_id>",
    ListedOrganisation,
    Parameter("organisation_id", "机构的编号，见 organisations", _TEXT),
)
def one(organisation_id: str) -> ListedOrganisation:
    """一个机构：它的名称、地区、种类和全部公开文件。"""
    found = organisation(current.index().reader, organisation_id)
    if found is None:
        abort(404)
    return found
