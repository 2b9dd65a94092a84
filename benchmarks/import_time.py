"""What `import gmm_teach` costs over `import numpy`: run `uv run python benchmarks/import_time.py`.

Fresh processes, in turn, with byte code in a cache of their own. The first line is the whole process's
time; the second is measured inside it, after numpy is there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import against_goal, machine, print_table

MOST_MS = 10
PROGRAMS = {
    "import numpy": "import numpy",
    "import numpy, gmm_teach": "import numpy, gmm_teach",
    "gmm_teach after numpy": (
        "import numpy, time; begun = time.perf_counter(); import gmm_teach; "
        "print(time.perf_counter() - begun)"
    ),
}


def main(quick=False):
    """Print the table."""
    print(machine())
    rounds = 2 if quick else 15
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for program in PROGRAMS.values():
            run(program, environment)
        found = {name: [] for name in PROGRAMS}
        for _ in range(rounds):
            for name, program in PROGRAMS.items():
                found[name].append(run(program, environment))
    milliseconds = {name: 1e3 * statistics.median(seconds) for name, seconds in found.items()}
    goals = {"gmm_teach after numpy": MOST_MS}
    rows = [
        [name, against_goal(one, goals.get(name), " ms", most=True)] for name, one in milliseconds.items()
    ]
    print_table(f"Medians of {rounds} processes", ["program", "time"], rows)


def run(program, environment):
    """Seconds of a process, or those that it prints."""
    begun = time.perf_counter()
    printed = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=Path(__file__).parents[1],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return float(printed) if printed else time.perf_counter() - begun


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:])
