"""What the benchmarks share: interleaved timing, a table, and a line about the machine."""

import platform
import statistics
import time

import numpy as np


def medians(functions, rounds):
    """Median seconds of each function, {name: seconds}; called in turn, so all meet the same noise."""
    seconds = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            begun = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(some) for name, some in seconds.items()}


def against_goal(value, goal, unit="", most=False):
    """The figure with its goal: "13.1x (goal 12x)", with a ! where it misses."""
    if goal is None:
        return f"{value:.3g}{unit}"
    missed = value > goal if most else value < goal
    return f"{value:.3g}{unit} ({'<=' if most else '>='} {goal:g}{unit}{' !' if missed else ''})"


def print_table(title, header, rows):
    """Print rows of texts under a header, in columns."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    print(f"\n{title}\n")
    for row in [header, ["-" * width for width in widths], *rows]:
        print("  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)))


def machine():
    """CPU, numpy, and the instructions that its exp runs with, in one line."""
    return f"{_cpu()}; Python {platform.python_version()}; numpy {np.__version__}; exp runs with {_exp()}"


def _cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


def _exp():
    try:
        found = np.lib.introspect.opt_func_info(func_name="^exp$", signature="float64")
        current = found["exp"]["dd"]["current"]
    except (AttributeError, KeyError):
        return "unknown instructions"
    has_avx512 = "AVX512" in current.upper() or "X86_V4" in current
    return f"{current} ({'AVX512' if has_avx512 else 'no AVX512'})"
