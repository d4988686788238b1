"""Fails where a C or C++ source lets the compiler contract a product and a sum into one rounding.

Clang marks in its intermediate code, on every architecture, what it may contract (llvm.fmuladd). The
sources must forbid it themselves, so that every build gives the same bits whatever its flags.
"""

import pathlib
import subprocess
import sys

MODULES = ["CBullet", "CLearning", "CRendering"]
BULLET = subprocess.check_output(["pkg-config", "--cflags", "bullet-float64"], text=True).split()


def contracts(source):
    """Whether what Clang makes of a source, before any optimisation, has such a mark."""
    module = pathlib.Path(*source.parts[:2])
    standard = ["-std=c++17"] if source.suffix == ".cpp" else []
    code = subprocess.check_output(
        ["clang", "-S", "-emit-llvm", "-O1", "-Xclang", "-disable-llvm-passes", "-w"]
        + ["-ffp-contract=on", *standard, *BULLET, "-I", str(module / "include"), str(source)]
        + ["-o", "-"]
    )
    return b"llvm.fmuladd" in code


def main():
    sources = [
        source
        for module in MODULES
        for source in sorted(pathlib.Path("Sources", module).rglob("*.c*"))
    ]
    lines = [f"{source} may be contracted" for source in sources if contracts(source)]
    print("\n".join(lines) or f"Contraction: {len(sources)} sources forbid it.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
