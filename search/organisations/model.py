"""An organisation 机构 as a value."""

from pydantic import BaseModel, ConfigDict


class Organisation(BaseModel):
    """The organisation 机构 that a document is of, whatever the document calls it.

    `region` is the path of its place, province first; `kind` is an id of the kinds in `organs`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    region: tuple[str, ...] = ()
    kind: str = "other"
