"""Places to ask for in Python: `place("OH")`, and `places()`, which lists them."""

from upriver.core.errors import unknown_name
from upriver.core.listing import Listing
from upriver.evidence.places import STATES, state_code

from .own import own_files, own_place, own_title
from .place import Place
from .states import state


def place(code: str) -> Place:
    """What is recorded of a place: deaths by month, people, care, laws, each with its source.

    Args:
        code: two letters or the name of a state (`OH`, `Ohio`), or the name of a file in the
            folder that UPRIVER_PLACES names.

    Raises:
        UnknownName: there is no such place; the nearest is suggested.
        InputError: a file of the user's folder is not right; the message says where.
    """
    own = own_files()
    if code in own:
        return own_place(own[code])
    found = state_code(code)
    if found in STATES:
        return state(str(found))
    names = STATES.values() if len(code) > 2 else ()
    raise unknown_name("place", code, [*STATES, *own, *names])


def places() -> Listing[Place]:
    """The places by code: 50 states and DC, and those of the folder that UPRIVER_PLACES names.

    Raises:
        InputError: a file of the user's folder is not right; the message says where.
    """
    titles = {**STATES, **{name: own_title(file) for name, file in own_files().items()}}
    return Listing("place", titles, place)
