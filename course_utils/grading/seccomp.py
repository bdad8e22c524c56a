"""A filter on the system calls of a submission: what no exercise needs is refused, whatever the sandbox around it."""

import ctypes
import os
import struct

from course_utils.grading import syscalls

EPERM, ENOSYS = 1, 38
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
PROCESSORS = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# name -> (number on x86_64, number on aarch64)
NEVER = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsmount": (432, 432), "mount_setattr": (442, 442),
    "kexec_load": (246, 104), "init_module": (175, 105), "finit_module": (313, 273), "pidfd_getfd": (438, 438),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
}  # fmt: skip
# where no namespace of processes stands between a submission and the other processes of the same user
SIGNALS = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
           "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
           "setpriority": (141, 140), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119), "ioprio_set": (251, 30)}  # fmt: skip
SOCKET, CLONE, CLONE3, PRLIMIT = (41, 198), (56, 220), (435, 435), (302, 261)
NEW_NAMESPACES = 0x7E020000


def install(alone):
    """Install the filter; `alone` says that the process has its own namespaces of processes and network."""
    if os.uname().machine not in PROCESSORS:
        return False
    audit, column = PROCESSORS[os.uname().machine]
    program = [_load(4), _unless_equal(audit, 0, 1), _return(ALLOW), _load(0)]
    # where the architecture is another one (32-bit calls on a 64-bit kernel), everything is refused
    program[1:3] = [struct.pack("HBBI", 0x15, 1, 0, audit), _return(REFUSE | EPERM)]
    if column == 0:
        program += [struct.pack("HBBI", 0x35, 0, 1, 0x40000000), _return(REFUSE | EPERM)]  # the x32 calls
    never = dict(NEVER) if alone else {**NEVER, **SIGNALS, "socket": SOCKET}
    for numbers in never.values():
        program += [_unless_equal(numbers[column], 0, 1), _return(REFUSE | EPERM)]
    program += [_unless_equal(CLONE3[column], 0, 1), _return(REFUSE | ENOSYS)]
    program += [_unless_equal(CLONE[column], 0, 3), _load(16), struct.pack("HBBI", 0x45, 0, 1, NEW_NAMESPACES), _return(REFUSE | EPERM),
                _load(0)]  # fmt: skip
    # sockets of the kind AF_UNIX only: the others may lead out of the machine (AF_VSOCK knows no namespaces)
    program += [_unless_equal(SOCKET[column], 0, 3), _load(16), struct.pack("HBBI", 0x15, 1, 0, 1), _return(REFUSE | EPERM), _load(0)]
    if not alone:
        program += [_unless_equal(PRLIMIT[column], 0, 3), _load(16), struct.pack("HBBI", 0x15, 1, 0, 0), _return(REFUSE | EPERM), _load(0)]
    program.append(_return(ALLOW))
    code = b"".join(program)
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    syscalls.no_new_privileges()
    found = Program(len(program), ctypes.addressof(buffer))
    syscalls.prctl(22, 2, ctypes.addressof(found))
    return True


def _load(offset):
    return struct.pack("HBBI", 0x20, 0, 0, offset)


def _unless_equal(value, then, otherwise):
    return struct.pack("HBBI", 0x15, then, otherwise, value)


def _return(value):
    return struct.pack("HBBI", 0x06, 0, 0, value)
