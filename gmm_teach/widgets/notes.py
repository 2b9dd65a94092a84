"""The equation of a half-step, and the line of this package's own source that computes it."""

from functools import cache
from inspect import getsourcelines

from .. import loops, vectorized

EQUATIONS = {
    "E": "E-step:  r_nk = π_k N(x_n | μ_k, Σ_k) / Σ_j π_j N(x_n | μ_j, Σ_j)",
    "M": "M-step:  π_k = N_k / N,  μ_k = Σ_n r_nk x_n / N_k,  Σ_k = Σ_n r_nk (x_n - μ_k)(x_n - μ_k)ᵀ / N_k",
}
LINES = {
    ("loops", "E"): (loops.e_step, "responsibilities[i, k] /= "),
    ("loops", "M"): (loops.m_step, "means[k, a] += "),
    ("arrays", "E"): (vectorized.e_step, "responsibilities = "),
    ("arrays", "M"): (vectorized.m_step, " means = "),
}


@cache
def note(kind, code) -> str:
    """The equation of a half-step, and the line of this package's source that is it; nothing for "off"."""
    if kind == "start" or code == "off":
        return ""
    function, marker = LINES[code, kind]
    lines, first = getsourcelines(function)
    at = next(i for i, line in enumerate(lines) if marker in line)
    where = function.__module__.rpartition(".")[2]
    return f"{EQUATIONS[kind]}\n{where}.py, line {first + at}: {lines[at].strip()}"
