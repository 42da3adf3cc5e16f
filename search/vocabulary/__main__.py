"""Explains a text, or writes the documentation: `python -m search.vocabulary TEXT | --document`."""

import sys
from typing import Final

from search.errors import VocabularyError
from search.vocabulary.documentation import PAGE, page
from search.vocabulary.explanation import explanation

USAGE: Final = "usage: python -m search.vocabulary TEXT… | --document"


def main(arguments: list[str]) -> int:
    """Explain each text, or write docs/vocabulary.md."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        sys.stderr.write(f"{USAGE}\n")
        return 0 if arguments else 2
    try:
        if arguments == ["--document"]:
            PAGE.write_text(page(), encoding="utf-8")
        else:
            sys.stdout.write("\n\n".join(map(explanation, arguments)) + "\n")
    except VocabularyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
