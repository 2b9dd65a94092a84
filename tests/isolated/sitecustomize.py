"""A Python with this folder on its PYTHONPATH may not write below one folder, nor leave this machine.

Python asks an audit hook before it touches a file or a socket, and no code can take the hook away. It
needs no rights, and it binds root too, where a folder's own mode does not.
"""

import os
import sys

READ_ONLY = os.path.realpath(os.environ["GMM_TEACH_READ_ONLY"])
WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
CHANGED = {  # which arguments of a function of os name what it changes
    "os.chmod": slice(1),
    "os.link": slice(1, 2),
    "os.mkdir": slice(1),
    "os.remove": slice(1),
    "os.rename": slice(2),
    "os.rmdir": slice(1),
    "os.symlink": slice(1, 2),
    "os.truncate": slice(1),
    "os.utime": slice(1),
}


def guard(event, arguments):
    """Raise the error that a read-only disk, or a machine without a network, would raise."""
    if event == "open" and arguments[2] & WRITES:
        refuse_writing(arguments[:1])
    elif event in CHANGED:
        refuse_writing(arguments[CHANGED[event]])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        refuse_leaving(arguments[0])
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        refuse_leaving(arguments[1][0])


def refuse_writing(paths):
    for path in paths:
        if isinstance(path, str | bytes | os.PathLike):
            whole = os.path.realpath(os.fsdecode(path))
            if whole == READ_ONLY or whole.startswith(READ_ONLY + os.sep):
                raise PermissionError(f"guard: {os.path.basename(whole)} is read-only")


def refuse_leaving(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host and host not in ("localhost", "::1") and not host.startswith("127."):
        raise OSError(f"guard: no network, so no {host}")


sys.addaudithook(guard)
