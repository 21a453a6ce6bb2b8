#!/usr/bin/env python3
"""Lists public symbols without documentation, from the symbol graphs of the compiler.

    python3 Scripts/undocumented.py FOLDER MODULE...

FOLDER is searched for the graphs of the modules, `MODULE.symbols.json` and `MODULE@OTHER.symbols.json`. A symbol counts as
documented where it has a comment of its own or its protocol's; what the compiler makes by itself is left out. Exit status 1
where a symbol lacks documentation, or a module its graph.
"""
import json
import pathlib
import sys
from urllib.parse import unquote, urlparse


def graphs(folder, modules):
    """The newest graph of each file name, and the modules that have none."""
    newest = {}
    for path in pathlib.Path(folder).rglob("*.symbols.json"):
        module = path.name.removesuffix(".symbols.json").split("@")[0]
        if module in modules:
            known = newest.get(path.name)
            if known is None or known.stat().st_mtime < path.stat().st_mtime:
                newest[path.name] = path
    missing = [module for module in modules if f"{module}.symbols.json" not in newest]
    return sorted(newest.values()), missing


def is_written(symbol):
    """Whether somebody wrote the symbol for others: it has a place, and no extension or copy stands for it."""
    return (
        symbol.get("accessLevel") in ("public", "open")
        and "location" in symbol
        and "::SYNTHESIZED::" not in symbol["identifier"]["precise"]
        and symbol["kind"]["identifier"] != "swift.extension"
    )


def place(symbol):
    """File and line, relative to the working directory."""
    file = pathlib.Path(unquote(urlparse(symbol["location"]["uri"]).path))
    line = symbol["location"]["position"]["line"] + 1
    try:
        file = file.relative_to(pathlib.Path.cwd())
    except ValueError:
        pass
    return f"{file}:{line}"


def main(folder, *modules):
    paths, missing = graphs(folder, modules)
    total, undocumented = 0, set()
    for path in paths:
        module = path.name.removesuffix(".symbols.json").split("@")[0]
        for symbol in json.loads(path.read_text())["symbols"]:
            if not is_written(symbol):
                continue
            total += 1
            lines = symbol.get("docComment", {}).get("lines", [])
            if not any(line["text"].strip() for line in lines):
                name = ".".join([module, *symbol["pathComponents"]])
                undocumented.add(f"{place(symbol)}: {name} has no documentation")
    for sentence in sorted(undocumented):
        print(sentence)
    for module in missing:
        print(f"there is no symbol graph of {module} below {folder}; build it first")
    print(f"{total} public symbols in {len(modules)} modules, {len(undocumented)} without documentation", file=sys.stderr)
    return 1 if undocumented or missing else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
