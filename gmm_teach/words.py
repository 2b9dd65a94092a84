"""Numbers, components and counts in words, as every repr, caption and error says them."""


def letter(k) -> str:
    """Name component k: A, B, C, ... as in every picture."""
    return chr(ord("A") + k) if k < 26 else f"#{k}"


def number(value) -> str:
    """Four significant digits, in whatever unit: "0.02137", "1.2e-07", "4202"."""
    return f"{value:.0f}" if 1000 <= abs(value) < 1e7 else f"{value + 0.0:.4g}"


def nats(value) -> str:
    """A log-likelihood with one decimal: "-4202.1"; where that says little, as `number` has it."""
    return f"{value:.1f}" if 1 <= abs(value) < 1e9 else number(value)


def vector(values, most=6) -> str:
    """Numbers in brackets, as `number` has them; of many, the first `most`."""
    words = [number(value) for value in values]
    if len(words) > most:
        words[most:] = [f"... {len(words)} numbers"]
    return f"({', '.join(words)})"


def count(n, noun) -> str:
    """ "1 value", "2 values"."""
    return f"{n} {noun}{'' if n == 1 else 's'}"


def listed(names) -> str:
    """ "A", "A and B", "A, B and C"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def short(value, most=80) -> str:
    """Any value as Python writes it, cut to about `most` characters."""
    try:
        text = repr(value)
    except Exception:  # a whole number of 5000 digits, or an object that cannot say what it is
        return f"something of type {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 20]} ... {text[-15:]}"
