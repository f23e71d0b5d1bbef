"""A full disk, a broken one, a kill at any moment: the cache opens, and holds one vintage whole."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("faults.py")
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder():
    """A folder in memory where there is one: a true fsync takes as long as the disk likes."""
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="upriver-", dir=where) as found:
        yield Path(found)


def run(*arguments: object) -> dict:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *(str(one) for one in arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_every_call_to_the_disk_may_fail_in_every_way(folder):
    found = run("exhaustive", folder)
    assert found["problems"] == []
    assert found["calls"]["write"] >= 8
    assert found["calls"]["fsync"] >= 12
    assert found["calls"]["rename"] >= 5
    assert found["seen"]["old"] > 50
    assert found["seen"]["new"] > 0
    assert found["seen"]["old"] + found["seen"]["new"] == found["tried"]


def test_two_hundred_kills_at_random_leave_the_old_or_the_new_vintage(folder):
    found = run("kills", folder, 200)
    assert found["problems"] == []
    assert found["seen"]["old"] + found["seen"]["new"] == 200
    assert found["seen"]["old"] > 0
    assert found["seen"]["new"] > 0
