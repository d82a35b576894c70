"""Memory of all processes of `bin/simpul serve` together, as proportional set size; JSON on standard output.

usage: python benchmarks/memory.py DATA_FOLDER [REQUESTS]

Serves an existing data folder (bin/simpul demo --build-only makes one), asks its public pages and the API
REQUESTS times (default 2000), and adds up Pss of /proc/*/smaps_rollup of the server and all its children.
Linux only.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

CODE = Path(__file__).resolve().parents[1]
MOST_MB = 300
PAGES = ["/", "/katalog/", "/katalog/?q=kue", "/katalog/?q=menjahit+anak", "/perpustakaan/", "/masuk/",
         "/api/v1/titles?q=sejarah", "/api/v1/libraries"]


def family(pid: int) -> list[int]:
    """The process and everything it started that still runs."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def pss_mb(pid: int) -> float:
    """Summed Pss of the family, in MB of 1,000,000 bytes."""
    total = 0
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue  # a short-lived child was faster
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(total * 1024 / 1e6, 1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(data: str, requests: int) -> None:
    port = free_port()
    environment = {**os.environ, "SIMPUL_DATA": data, "PORT": str(port), "SIMPUL_API_REQUESTS_PER_MINUTE": "0"}
    server = subprocess.Popen([sys.executable, "-m", "simpul", "serve"], cwd=CODE, env=environment,
                              stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/luring/")
                break
            except OSError:
                time.sleep(0.5)
        started = pss_mb(server.pid)
        peak = started
        for n in range(requests):
            with urllib.request.urlopen(base + PAGES[n % len(PAGES)]) as answer:
                answer.read()
            if n % 100 == 0:
                peak = max(peak, pss_mb(server.pid))
        after = pss_mb(server.pid)
        peak = max(peak, after)
        print(json.dumps({"started_mb": started, "after_mb": after, "peak_mb": peak, "requests": requests,
                          "processes": len(family(server.pid)), "holds": peak <= MOST_MB}, indent=2))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000)
