"""Rows out of a CSV file with a header line and into one, or an error that names line and column."""

import csv
import io
import os
from difflib import get_close_matches

import numpy as np

from .words import short

MISSING = ("refuse", "drop")  # what becomes of a row with a missing value
GAPS = ("", "na", "n/a", "nan", "null", "none")  # how files write a missing value, in small letters
SEPARATORS = (",", ";", "\t", "|")


def read_rows(path, columns=None, *, separator=",", encoding="utf-8-sig") -> tuple:
    """Return the header and [(line number, row as a dict), ...]; a wrong file or name is a ValueError."""
    _check_path(path)
    if not isinstance(separator, str) or len(separator) != 1:
        raise ValueError(f"separator must be one character, such as ',' or ';'; got {short(separator)}")
    try:
        with open(path, newline="", encoding=encoding) as file:
            reader = csv.reader(file, delimiter=separator)
            lines = [(reader.line_num, fields) for fields in reader if fields]
    except UnicodeError as error:
        raise ValueError(
            f"{os.fspath(path)} is not in the encoding {encoding.removesuffix('-sig')}: {short(str(error))}; "
            'try encoding="cp1252" or encoding="utf-16"'
        ) from None
    except LookupError:
        raise ValueError(
            f"encoding must be one that Python knows, such as 'utf-8'; got {encoding!r}"
        ) from None
    except csv.Error as error:
        raise ValueError(f"{os.fspath(path)} is not a CSV file in the encoding {encoding}: {error}") from None
    if not lines:
        raise ValueError(f"{os.fspath(path)} is empty; its first line must name the columns")
    header = [name.strip() for name in lines[0][1]]
    _check_header(header, columns, separator)
    return header, [(line, _row(header, fields, line, separator)) for line, fields in lines[1:]]


def write_rows(path, header, rows) -> None:
    """Write a CSV file of a header and rows of numbers; ValueError for names that `read_rows` refuses."""
    _check_path(path)
    names = [name.strip() for name in header]
    if "" in names or len(set(names)) < len(names):
        raise ValueError(f"columns of a CSV file must have names of their own, got {few(header)}")
    text = io.StringIO()
    csv.writer(text).writerows([names, *rows])
    written = text.getvalue().encode("utf-8")  # what fails here has not touched an older file
    with open(path, "wb") as file:
        file.write(written)


def to_number(text, line, column, decimal=".") -> float:
    """The number that stands in a line and column, or a ValueError that names both."""
    if text is None:
        raise ValueError(f"line {line}, column {column!r}: the line is too short")
    number = _number(text, decimal)
    if number is None:
        hint = '; missing="drop" leaves such lines out' if is_gap(text) else ""
        if "," in text and decimal != "," and _number(text, ",") is not None:
            hint = '; decimal="," reads decimal commas'
        raise ValueError(f"line {line}, column {column!r}: {short(text)} is not a number{hint}")
    return number


def names_of(columns) -> list:
    """The column names that a caller gave: one, or a list of them."""
    if isinstance(columns, str):
        return [columns]
    try:
        columns = list(columns)
    except TypeError:
        raise TypeError(f"columns must be a list of column names, got {short(columns)}") from None
    if not columns:
        raise ValueError("columns must name at least one column, got none")
    return columns


def few(names, most=20) -> str:
    """Names in words; of many, the first."""
    more = [f"... {len(names)} columns"] if len(names) > most else []
    return ", ".join([*map(str, names[:most]), *more])


def absent_name(name, names, have) -> ValueError:
    """The error for a column that is not there, which lists those that are, and the nearest."""
    near = get_close_matches(str(name), [str(one) for one in names], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return ValueError(f"no column named {name!r}; {have} {few(names)}{hint}")


def _check_path(path):
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"path must be the path of a CSV file, got {type(path).__name__}")


def _number(text, decimal):
    """A finite number, or None; without the underscores and words that Python's float takes."""
    text = text.strip()
    if decimal != ".":
        text = text.replace(".", "x").replace(decimal, ".")
    if not text or set(text) - set("0123456789+-.eE"):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def is_gap(text) -> bool:
    """Is this how files write a missing value?"""
    return text is None or text.strip().lower() in GAPS


def reads_as_number(text) -> bool:
    """Is this text a number?"""
    return _number(text, ".") is not None


def holds_numbers(entries, decimal) -> bool:
    """Are most entries numbers? One that is not is then an error to be told, not a reason to skip them."""
    given = [entry for entry in entries if not is_gap(entry)]
    numbers = [entry for entry in given if {_number(entry, decimal), _number(entry, ",")} != {None}]
    return not entries or 2 * len(numbers) > len(given)


def check_once(name, names, of="") -> None:
    """Raise a ValueError where several columns have this name; of says of what they are columns."""
    if names.count(name) > 1:
        raise ValueError(f"{names.count(name)} columns{of} are named {name!r}; give each its own name")


def _check_header(header, columns, separator):
    """Raise a ValueError for a wrong separator, a name that is not there, or one that is there twice."""
    wanted = [name for name in header if name] if columns is None else names_of(columns)
    absent = [name for name in wanted if name not in header]
    other = next((one for one in SEPARATORS if one != separator and one in header[0]), None)
    if other and len(header) == 1 and (absent or columns is None):
        raise ValueError(f"the header is one field, {short(header[0])}; is it separator={other!r}?")
    if absent:
        raise absent_name(absent[0], header, "the file has")
    for name in wanted:
        check_once(name, header)
    if columns is None and all(_number(name, ".") is not None for name in header):
        raise ValueError(
            f"the first line must name the columns, got the numbers {few(header)}; "
            "if they are names, give them as columns"
        )


def _row(header, fields, line, separator):
    """The fields of a line by their columns, None where the line is too short."""
    if any(field.strip() for field in fields[len(header) :]):
        raise ValueError(
            f"line {line} has {len(fields)} fields, the header has {len(header)}: "
            f"a field that holds {separator!r} must stand in quotes"
        )
    return dict(zip(header, fields + [None] * (len(header) - len(fields)), strict=False))
