"""Makes the libraries that the page carries: `data/vendor/` in the package. Needs Node and npm.

    python tools/vendor/make.py            write them
    python tools/vendor/make.py --check    make them again and exit 1 if a byte differs

Only a maintainer who updates a library runs this. Whoever uses Upriver, or builds a page with it,
needs no Node: the outputs are committed.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src" / "upriver" / "data" / "vendor"
INPUTS = ("package.json", "package-lock.json", "entry.js", ".npmrc")
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=vendor",
    "--target=es2020",
    "--legal-comments=none",
    "--charset=ascii",
)


def main(arguments: list[str]) -> int:
    """Write the outputs, or check them; gives the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python tools/vendor/make.py [--check]")
        return 2
    made = outputs()
    if arguments:
        wrong = [name for name, data in made.items() if read(OUT / name) != data]
        for name in wrong:
            print(f"{name} is not what the lock and entry.js give; run `{sys.argv[0]}`.")
        return 1 if wrong else 0
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (OUT / name).write_bytes(data)
        print(f"{len(data):>7} {name}")
    return 0


def read(file: Path) -> bytes | None:
    """What a file holds; None if there is none."""
    return file.read_bytes() if file.is_file() else None


def outputs() -> dict[str, bytes]:
    """Every output by name, made in a new folder so that nothing of an older install counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in INPUTS:
            shutil.copy(HERE / file, folder)
        run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        code, bundled = bundle(folder)
        lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        packages = [
            {
                "name": package,
                "version": lock[f"node_modules/{package}"]["version"],
                "licence": lock[f"node_modules/{package}"]["license"],
                "integrity": lock[f"node_modules/{package}"]["integrity"],
            }
            for package in sorted(bundled)
        ]
        account(lock, {package["name"] for package in packages})
        made = {
            "page.js": banner(packages) + code,
            "LICENSES.txt": licences(folder, packages),
        }
        made["manifest.json"] = manifest(made, packages, lock["node_modules/esbuild"]["version"])
        return made


def bundle(folder: Path) -> tuple[bytes, set[str]]:
    """The bundle, and the names of the packages with code in it."""
    esbuild = "node_modules/esbuild/bin/esbuild"
    run(folder, "node", esbuild, "entry.js", *OPTIONS, "--outfile=page.js", "--metafile=meta.json")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    used = meta["outputs"]["page.js"]["inputs"]
    files = [file for file in used if file.startswith("node_modules/")]
    found = {package_of(file) for file in files if used[file]["bytesInOutput"]}
    return (folder / "page.js").read_bytes(), found


def package_of(file: str) -> str:
    """The package of a file below node_modules; a nested second copy stops the build."""
    parts = file.split("/")
    if parts.count("node_modules") > 1:
        raise SystemExit(f"{file}: a second copy of a library; see 'overrides' in package.json.")
    return "/".join(parts[1:3]) if parts[1].startswith("@") else parts[1]


def account(lock: dict[str, Any], listed: set[str]) -> None:
    """Stop if a library is installed for the page and is not in the bundle."""
    installed = {package_of(path) for path, entry in lock.items() if path and not entry.get("dev")}
    if installed != listed:
        names = ", ".join(sorted(installed ^ listed))
        raise SystemExit(f"{names}: installed, and not in the bundle, or the reverse.")


def banner(packages: list[dict[str, str]]) -> bytes:
    """The first line of the bundle: what is in it."""
    names = [f"{p['name']} {p['version']}" for p in packages]
    return f"/* {', '.join(names)}; see LICENSES.txt */\n".encode("ascii")


def licences(folder: Path, packages: list[dict[str, str]]) -> bytes:
    """The licence files of all packages, one after the other."""
    text = "Licences of the libraries in page.js.\n"
    for p in packages:
        found = sorted((folder / "node_modules" / p["name"]).glob("LICEN[SC]E*"))
        if len(found) != 1:
            raise SystemExit(f"{p['name']}: {len(found)} licence files, one is needed.")
        title = f"{p['name']} {p['version']} ({p['licence']})"
        body = found[0].read_text(encoding="utf-8").strip()
        text += f"\n{'=' * 80}\n{title}\n{'=' * 80}\n\n{body}\n"
    return text.encode("utf-8")


def manifest(made: dict[str, bytes], packages: list[dict[str, str]], esbuild: str) -> bytes:
    """Checksums of the other outputs, and where each package came from."""
    files = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in made.items()
    }
    record = {"schema": 1, "made_with": {"esbuild": esbuild}, "files": files, "packages": packages}
    return (json.dumps(record, indent=1) + "\n").encode("ascii")


def run(folder: Path, program: str, *arguments: str) -> None:
    """Run a program in a folder; its own words are shown only if it fails."""
    path = shutil.which(program)
    if path is None:
        raise SystemExit(f"{program} is not installed; making the bundle needs Node and npm.")
    done = subprocess.run([path, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{program} {arguments[0]} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
