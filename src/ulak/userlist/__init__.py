"""User lists: who is registered for e-Fatura, e-İrsaliye and e-Arşiv under which aliases, and whose accounts ended.

Lists of any size are read and written in bounded memory, from strangers too.
"""

from __future__ import annotations

from ulak.userlist.archive import archive_csv, archive_list, read_archive_csv, read_archive_list
from ulak.userlist.closures import closure_list, read_closures
from ulak.userlist.limits import Limits
from ulak.userlist.problems import UserListError
from ulak.userlist.reading import read_users
from ulak.userlist.sources import role_of_file
from ulak.userlist.values import (
    AccountType,
    Alias,
    ArchiveUser,
    Closure,
    Documents,
    DocumentType,
    ListRole,
    User,
    UserType,
    active_aliases,
    is_active,
    is_registered,
    was_archive_user,
)
from ulak.userlist.writing import user_list
from ulak.userlist.zipping import Zipped, write_zip

__all__ = [
    "AccountType",
    "Alias",
    "ArchiveUser",
    "Closure",
    "DocumentType",
    "Documents",
    "Limits",
    "ListRole",
    "User",
    "UserListError",
    "UserType",
    "Zipped",
    "active_aliases",
    "archive_csv",
    "archive_list",
    "closure_list",
    "is_active",
    "is_registered",
    "read_archive_csv",
    "read_archive_list",
    "read_closures",
    "read_users",
    "role_of_file",
    "user_list",
    "was_archive_user",
    "write_zip",
]
