"""What bin/demo, bin/test and bin/simpul share: a Python that runs, the house's own .venv, the locked packages.

Standard library only, and old syntax on purpose: this file is read by whatever `python3` a machine has, and has to
say so politely where that one is too old. Nothing here imports Simpul.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "simpul-locks.json"
LOWEST = (3, 11)
IS_WINDOWS = os.name == "nt"


def speaks_english():
    chosen = os.environ.get("SIMPUL_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "id"
    return chosen.lower().startswith("en")


def tell(indonesian, english):
    """One line for the person who waits; on stderr, because stdout may be read by a machine."""
    sys.stderr.write((english if speaks_english() else indonesian) + "\n")
    sys.stderr.flush()


def stop(indonesian, english):
    tell(indonesian, english)
    sys.exit(1)


def venv_python():
    return VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")


def answers(command, *arguments):
    """What the program prints, or None where it cannot be run: a shim or a broken link exists and does not run."""
    try:
        done = subprocess.run(command + list(arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              stdin=subprocess.DEVNULL, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


def pythons():
    """Commands that may start a Python, best first. The running one counts unless it lives in a .venv, which
    would be deleted under its own feet."""
    if sys.prefix == sys.base_prefix:
        yield [sys.executable]
    else:
        yield [getattr(sys, "_base_executable", None) or sys.executable]
    for name in ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"):
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            found = shutil.which(name, path=folder) if folder else None
            if found and not _is_inside_venv(found):
                yield [found]
    if IS_WINDOWS:
        yield ["py", "-3"]


def _is_inside_venv(path):
    return VENV in Path(path).parents


def find_python():
    """(executable, has_venv) of the first Python that runs, is new enough and can make environments; one that
    cannot comes last, since uv may still help it."""
    probe = "import sys\ntry:\n import ensurepip, venv; v = 1\nexcept ImportError:\n v = 0\n" \
            "print(sys.version_info[0], sys.version_info[1], v, sys.executable)"
    bare, seen = None, set()
    for command in pythons():
        if command[0] in seen:
            continue
        seen.add(command[0])
        answer = answers(command, "-c", probe)
        if not answer:
            continue
        major, minor, has_venv, executable = answer.split(" ", 3)
        if (int(major), int(minor)) < LOWEST or _is_inside_venv(executable):
            continue
        if has_venv == "1":
            return executable, True
        bare = bare or executable
    if bare:
        return bare, False
    stop("Simpul memerlukan Python 3.11 atau yang lebih baru, dan tidak ada yang dapat dijalankan di komputer ini.\n"
         "Pasanglah, misalnya dengan: sudo apt install python3 python3-venv   (Windows: https://www.python.org)",
         "Simpul needs Python 3.11 or newer, and none on this machine can be run.\n"
         "Install one, for example with: sudo apt install python3 python3-venv   (Windows: https://www.python.org)")


def find_uv():
    for place in (shutil.which("uv"), Path.home() / ".local/bin/uv", Path.home() / ".cargo/bin/uv"):
        if place and answers([str(place)], "--version"):
            return str(place)
    return None


def digest(name):
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def stamped():
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def alone():
    """One at a time: two first calls at once must not build one .venv together. Freed by the system on a kill."""
    (ROOT / "build").mkdir(exist_ok=True)
    with open(str(ROOT / "build" / "venv.lock"), "a+") as lock:
        if IS_WINDOWS:
            import msvcrt

            while True:
                try:
                    lock.seek(0)
                    msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    time.sleep(0.2)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment(*locks):
    """The python of a .venv that holds the packages of these lock files; made or completed where it does not."""
    wanted = {name: digest(name) for name in locks}
    if not _lacks(wanted):
        return venv_python()
    with alone():
        missing = _lacks(wanted)  # another call may have done the work meanwhile
        if missing:
            _build(missing, list(locks))
            STAMP.write_text(json.dumps(dict(stamped(), **wanted), indent=1))
    return venv_python()


def _lacks(wanted):
    if not venv_python().exists():
        return list(wanted)
    held = stamped()
    return [name for name in wanted if held.get(name) != wanted[name]]


def _build(missing, all_of_them):
    started = time.monotonic()
    uv, locks = find_uv(), missing
    if answers([str(venv_python())], "-c", "import sys; assert sys.version_info >= (3, 11)") is None:
        _make_venv(uv)
        locks = all_of_them
    tell("Memasang paket yang diperlukan …", "Installing the packages it needs …")
    if not (uv and _uv_install(uv, locks)):
        _pip_install(locks)
    tell(f"Paket terpasang dalam {time.monotonic() - started:.0f} detik.",
         f"Packages installed in {time.monotonic() - started:.0f} seconds.")


def _make_venv(uv):
    if VENV.exists():
        shutil.rmtree(str(VENV))
    python, has_venv = find_python()
    tell(f"Menyiapkan lingkungan Python di {VENV} …", f"Preparing a Python environment in {VENV} …")
    if uv and subprocess.run([uv, "venv", "-q", "--python", python, str(VENV)], env=_calm()).returncode == 0:
        return
    if not has_venv:
        version = (answers([python], "-c", "import sys; print('%d.%d' % sys.version_info[:2])") or "3")
        stop("Python di komputer ini tidak dapat membuat lingkungan sendiri. Pasanglah paketnya, lalu ulangi:\n"
             f"  sudo apt install python{version}-venv",
             "The Python of this machine cannot make environments. Install the package, then try again:\n"
             f"  sudo apt install python{version}-venv")
    _run([python, "-m", "venv", str(VENV)])


def _calm():
    """uv trusts the certificates of the system; no package tool asks or advertises."""
    return dict(os.environ, UV_SYSTEM_CERTS="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1",
                PIP_ROOT_USER_ACTION="ignore")


def _uv_install(uv, locks):
    command = [uv, "pip", "install", "-q", "--python", str(venv_python()), "--require-hashes"]
    for name in locks:
        command += ["-r", str(ROOT / name)]
    if subprocess.run(command, env=_calm()).returncode == 0:
        return True
    tell("uv tidak berhasil; mencoba dengan pip …", "uv did not succeed; trying pip …")
    return False


def _pip_install(locks):
    python = str(venv_python())
    if answers([python], "-m", "pip", "--version") is None:
        _run([python, "-m", "ensurepip", "--upgrade"])
    command = [python, "-m", "pip", "install", "-q", "--require-hashes"]
    for name in locks:
        command += ["-r", str(ROOT / name)]
    _run(command)


def _run(command):
    if subprocess.run(command, env=_calm()).returncode != 0:
        stop("Pemasangan tidak berhasil. Periksa sambungan internet dan ruang disk, lalu ulangi.\nPerintah: {}".format(
            " ".join(command)),
            "The installation did not succeed. Check the internet connection and the disk space, then try again.\n"
            "Command: {}".format(" ".join(command)))


def become(python, *arguments):
    """Go on as the .venv's python in the caller's folder; a process of its own where the system cannot exchange one."""
    child = dict(os.environ)
    child["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), child.get("PYTHONPATH")]))
    command = [str(python), *list(arguments)]
    if not IS_WINDOWS:
        os.execve(command[0], command, child)
    try:
        sys.exit(subprocess.call(command, env=child))
    except KeyboardInterrupt:
        sys.exit(130)
