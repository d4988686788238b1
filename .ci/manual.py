"""Renders the manual page of the command from what '--experimental-dump-help' says, as man(7).

Reads the dump on standard input and writes the page to standard output.
"""

import json
import re
import sys

GENERAL = {"--help", "--version"}


def escaped(text):
    """A text that troff takes as it stands."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def names(argument):
    """How an option may be written, as '-h, --help'."""
    kinds = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    return [kinds[name["kind"]] + name["name"] for name in argument.get("names", [])]


def title(argument):
    """The line that stands above what an argument means."""
    value = f"\\fI{escaped(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value
    title = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names(argument))
    return title if argument["kind"] == "flag" else f"{title} {value}"


def synopsis(path, command):
    """How a command is written."""
    parts = [f"\\fB{escaped(' '.join(path))}\\fR"]
    for argument in shown(command):
        part = title({**argument, "names": [argument["preferredName"]]} if "names" in argument else argument)
        part += "..." if argument["isRepeating"] else ""
        parts.append(f"[{part}]" if argument["isOptional"] else part)
    if command.get("subcommands"):
        parts.append("\\fIsubcommand\\fR")
    return ".PP\n" + " ".join(parts)


def shown(command):
    """The arguments that only this command has."""
    return [
        argument
        for argument in command.get("arguments", [])
        if argument["shouldDisplay"] and not GENERAL & set(names(argument))
    ]


def meaning(argument):
    """What an argument is for, and what it is by default."""
    text = argument.get("abstract", "")
    if "defaultValue" in argument:
        text += f" By default {argument['defaultValue']}."
    return escaped(text.strip())


def section(command, path):
    """What is said about a command and those below it."""
    yield f".SS {escaped(' '.join(path))}"
    yield escaped(command.get("abstract", ""))
    yield synopsis(path, command)
    for argument in shown(command):
        yield f".TP\n{title(argument)}\n{meaning(argument)}"
    yield from discussion(command)
    for child in command.get("subcommands", []):
        if child["shouldDisplay"] and child["commandName"] != "help":
            yield from section(child, [*path, child["commandName"]])


def discussion(command):
    """What else is said: sentences as paragraphs, and what is laid out line by line as it stands."""
    for paragraph in filter(None, command.get("discussion", "").split("\n\n")):
        text = escaped(paragraph)
        yield f".PP\n.nf\n{text}\n.fi" if "EXAMPLE" in text or "\n " in text else f".PP\n{text}"


def page(command, version):
    name = command["commandName"]
    yield f'.TH {name.upper()} 1 "" "{name} {version}" "User Commands"'
    yield f".SH NAME\n{name} \\- {escaped(command['abstract'])}"
    yield f".SH SYNOPSIS\n\\fB{name}\\fR \\fIsubcommand\\fR [\\fIoptions\\fR]"
    yield ".SH DESCRIPTION"
    yield from discussion(command)
    yield ".PP\nEvery subcommand takes \\fB\\-h\\fR or \\fB\\-\\-help\\fR, and \\fB\\-\\-version\\fR."
    yield ".SH SUBCOMMANDS"
    for child in command["subcommands"]:
        if child["shouldDisplay"] and child["commandName"] != "help":
            yield from section(child, [name, child["commandName"]])
    yield ".SH ENVIRONMENT\n.TP\n\\fBSWIFTLET_ASSETS\\fR"
    yield (
        "The folder of drone models, policies and the page that shows flights. By default the one\n"
        "beside the program, or ../share/swiftlet from there."
    )


def main():
    dump = json.load(sys.stdin)
    version = sys.argv[1] if len(sys.argv) > 1 else ""
    print("\n".join(page(dump["command"], version)))


if __name__ == "__main__":
    main()
