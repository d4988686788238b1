"""Fails where the program does not work once it is installed and its build folder is gone.

Installs what '.ci/build' has built into one folder, moves that to another, hides the build folder for
as long as the program is tried, and removes the program again.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(".build/release").resolve()
HIDDEN = BUILD.with_name("release.hidden")
SCENARIO = pathlib.Path("Examples/learned.yaml").resolve()
FLIGHT = ["--duration", "1", "--quiet"]
INSTALLED = [
    "bin/swiftlet", "share/man/man1/swiftlet.1", "share/bash-completion/completions/swiftlet",
    "share/zsh/site-functions/_swiftlet", "share/fish/vendor_completions.d/swiftlet.fish",
    "share/doc/swiftlet/LICENSE", "share/doc/swiftlet/LICENSE.Yams", "share/swiftlet/Drones/cf2x.urdf",
    "lib/swiftlet/libFirmwareClock.so",
]  # fmt: skip


def run(*words, code=0, folder=None):
    """What a program says that ends with a code."""
    outcome = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=folder)
    if outcome.returncode != code:
        sys.exit(f"error: {' '.join(map(str, words))}: exit code {outcome.returncode}\n{outcome.stderr}")
    return outcome.stdout + outcome.stderr


def expect(holds, what):
    if not holds:
        sys.exit(f"error: the installed program: {what}")


def check_files(root):
    for file in INSTALLED:
        expect((root / file).stat().st_size > 0, f"{file} is empty")
    run("bash", "-c", f"source {root}/share/bash-completion/completions/swiftlet && complete -p swiftlet")
    page = root / "share/man/man1/swiftlet.1"
    expect(r".SS swiftlet fly" in page.read_text(encoding="utf-8"), "its manual page says nothing of fly")
    if shutil.which("man"):
        shown = run("man", "--warnings", "-l", page)
        expect("swiftlet fly" in shown and "warning" not in shown, "its manual page is not well formed")


def check_program(program, flown):
    """Flies, draws, plays a policy that comes with it, and finds its own way to all of these."""
    folder = program.parent
    run(program, "fly", SCENARIO, *FLIGHT, "--out", "run", folder=folder)
    written = (folder / "run/trajectory.csv").read_bytes()
    expect(written == flown, "it flies otherwise than the one in the build folder")
    for picture in ["plots.svg", "replay.html"]:
        expect((folder / "run" / picture).exists(), f"it drew no {picture}")
    run(program, "evaluate", "hover", "--episodes", "1", folder=folder)
    link = folder / "elsewhere"
    link.symlink_to(program)
    expect("cf2x" in run(link, "models", folder="/"), "it knows no models when it is called by a link")


def check_firmware_clock(program):
    """Flies by a program that stands for Betaflight's firmware, whose clock only the installed library can be."""
    scenario = pathlib.Path("Examples/Betaflight/square.yaml").resolve()
    firmware = f"drones[0].controller.betaflight.program={HIDDEN / 'FakeBetaflight'}"
    run(program, "fly", scenario, *FLIGHT, "--set", firmware, "--out", "square", folder=program.parent)


def check_without_data(program, root):
    """One line, and no trap, where the data files are missing."""
    said = run(program, "models", code=3)
    beside, share = root / "bin/swiftlet_SwiftletAssets.resources", root / "share/swiftlet"
    expect(
        said == f"the data files of the program are neither in {beside} nor in {share}; set"
        " SWIFTLET_ASSETS to their folder, or install the program again\n",
        f"without its data files it says: {said}",
    )


def check(installed, root, flown):
    shutil.move(installed, root)
    check_files(root)
    program = root / "bin/swiftlet"
    check_program(program, flown)
    check_firmware_clock(program)
    data = root / "share/swiftlet"
    aside = shutil.move(data, root / "aside")
    check_without_data(program, root)
    shutil.move(aside, data)


def main():
    if HIDDEN.exists() and not BUILD.exists():
        HIDDEN.rename(BUILD)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch).resolve()
        run(BUILD / "swiftlet", "fly", SCENARIO, *FLIGHT, "--out", scratch / "built")
        flown = (scratch / "built/trajectory.csv").read_bytes()
        installed, root = scratch / "installed", scratch / "moved"
        run(".ci/install_program", installed)
        BUILD.rename(HIDDEN)
        try:
            check(installed, root, flown)
        finally:
            HIDDEN.rename(BUILD)
        size = (root / "bin/swiftlet").stat().st_size / 1e6
        for folder in ["run", "square"]:
            shutil.rmtree(root / "bin" / folder)
        (root / "bin/elsewhere").unlink()
        run(".ci/install_program", root, "--uninstall")
        left = [str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()]
        expect(not left, f"uninstalling leaves {', '.join(left)}")
    print(f"Installation: the program ({size:.0f} MB) runs from anywhere.")


if __name__ == "__main__":
    main()
