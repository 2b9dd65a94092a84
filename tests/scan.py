"""Finds in Python code and in pages what executes text, unpickles, starts a process or loads from a network.

It finds slips and careless changes; it would not find what somebody hides.
"""

import ast
import re

NAMES = {"eval", "exec", "compile", "__import__", "__builtins__", "get_ipython"}
ATTRIBUTES = {"eval", "system", "popen", "startfile", "fork", "read_pickle", "to_pickle", "__globals__"}
PROCESSES = r"exec[lv]?p?e?|spawn[lv]p?e?|posix_spawnp?"  # of os
MODULES = {
    *("pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"),
    *("subprocess", "multiprocessing", "pty", "ctypes", "cffi", "builtins", "importlib", "runpy", "code"),
    *("socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "webbrowser"),
}
FILES = {"open", "Path", "read_text", "read_bytes", "write_text", "write_bytes", "loadtxt", "from_csv"}
TEXTS = (  # what no text may hold, in Python or in a page
    r"http|//cdn|://",
    r"\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]|\bjavascript:",
    r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bsrcdoc\b|\bdocument\.write",
    r"\bimport\s*[(\"'{*]|\bimport\s.*\bfrom\b|\bimportScripts\b|@import\b|\burl\s*\(",
    r"\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\bnew\s+\w*Worker\b",
    r"<(?:script|link|iframe|object|embed|base)\s[^>]*(?:src|href|data)\s*=",
)


def python_faults(source, files=True):
    """What is wrong with Python code, "line 3: eval"; with files=False, also where a function uses a file."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [f"line {error.lineno}: not plain Python"]
    found = {(node.lineno, fault) for node in ast.walk(tree) for fault in node_faults(node)}
    if not files:
        functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        inside = [
            node for outer in ast.walk(tree) if isinstance(outer, functions) for node in ast.walk(outer)
        ]
        found |= {(node.lineno, last_name(node)) for node in inside if last_name(node) in FILES}
    return [f"line {line}: {fault}" for line, fault in sorted(found)]


def node_faults(node):
    """What is wrong with one node of a syntax tree, without its children."""
    name = last_name(node)
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name.split(".")[0] in MODULES]
    if isinstance(node, ast.ImportFrom) and not node.level:
        names = [alias.name for alias in node.names]
        whole = node.module.split(".")[0] in MODULES
        return [node.module] if whole else [one for one in names if one in NAMES | ATTRIBUTES]
    if isinstance(node, ast.Name) and name in NAMES:
        return [name]
    if isinstance(node, ast.Attribute) and (name in ATTRIBUTES or re.fullmatch(PROCESSES, name)):
        return [name]
    if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
        return ["allow_pickle"]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return text_faults(node.value)
    return []


def last_name(node):
    """The name that an expression ends in: "open" for open and for path.open."""
    return getattr(node, "attr", None) or getattr(node, "id", None)


def text_faults(text):
    """The parts of a text that load or execute something."""
    return [match.group() for pattern in TEXTS for match in re.finditer(pattern, text, re.IGNORECASE)]
