"""What other rooms and the faces do with people and programs."""

from ulak_server.people.actors import NOBODY, Caller, Standing
from ulak_server.people.keys import (
    LONGEST_LIFE,
    MadeKey,
    Presented,
    admit,
    authenticate_key,
    keys_of,
    make_key,
    presented,
    revoke_key,
)
from ulak_server.people.limits import Rate, bucket_of, take
from ulak_server.people.members import (
    Invited,
    Member,
    accept_invitation,
    add_member,
    change_part,
    invitations,
    invite,
    members,
    remove_member,
    revoke_invitation,
)
from ulak_server.people.permissions import ACTIONS, SCOPES, Permission, allowed, require, working_for
from ulak_server.people.problems import NotAllowed, NotFound, NotSignedIn, PeopleError, TooMany, Unfit
from ulak_server.people.rows import see
from ulak_server.people.sessions import SignedIn, authenticate_session, end_session, sessions_of, sign_out
from ulak_server.people.signing_in import (
    begin_second_factor,
    change_password,
    confirm_second_factor,
    give_code,
    remove_second_factor,
    sign_in,
)
from ulak_server.people.tidying import tidy
from ulak_server.people.users import find_user, id_of, let_in, new_user, shut_out

__all__ = [
    "ACTIONS",
    "LONGEST_LIFE",
    "NOBODY",
    "SCOPES",
    "Caller",
    "Invited",
    "MadeKey",
    "Member",
    "NotAllowed",
    "NotFound",
    "NotSignedIn",
    "PeopleError",
    "Permission",
    "Presented",
    "Rate",
    "SignedIn",
    "Standing",
    "TooMany",
    "Unfit",
    "accept_invitation",
    "add_member",
    "admit",
    "allowed",
    "authenticate_key",
    "authenticate_session",
    "begin_second_factor",
    "bucket_of",
    "change_part",
    "change_password",
    "confirm_second_factor",
    "end_session",
    "find_user",
    "give_code",
    "id_of",
    "invitations",
    "invite",
    "keys_of",
    "let_in",
    "make_key",
    "members",
    "new_user",
    "presented",
    "remove_member",
    "remove_second_factor",
    "require",
    "revoke_invitation",
    "revoke_key",
    "see",
    "sessions_of",
    "shut_out",
    "sign_in",
    "sign_out",
    "take",
    "tidy",
    "working_for",
]
