"""Files in, the licences whose texts they hold out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.cli.common import lang_option, put, rules_option, say

if TYPE_CHECKING:
    from licensecheck.identify import Identified


@click.command("identify", short_help="Say which licence a text is, and what was altered in it.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True, help="Form of the answer.")
@click.option("--output", "-o", metavar="FILE", help="Write the answer into a file, whole or not at all.")
@lang_option
@rules_option
def command(files: tuple[str, ...], format_: str, output: str | None, lang: str, rules: str | None) -> int:
    """Say which licence each FILE holds: the edition, the lines, and every section that somebody altered or left out.

    FILE is a text in any encoding, a model card, an Ollama Modelfile, a GGUF model, or - for standard input.
    """
    import os

    from licensecheck import knowledge
    from licensecheck.errors import InputError
    from licensecheck.identify import identify
    from licensecheck.recognise import load_fingerprints

    known = knowledge.load(rules)
    prints = load_fingerprints(os.path.join(known.rules, "fingerprints"))
    rows: list[Identified] = []
    code = 0
    for path in files:
        try:
            rows.append(identify(path, known, prints))
        except InputError as error:
            say(str(error))
            code = error.exit_code
    answer = _formatted(rows, format_, lang)
    if output is None or output == "-":
        put(answer)
    elif not code:
        from licensecheck.render.files import write_whole

        write_whole(output, answer.encode("utf-8", "backslashreplace"))
    return code


def _formatted(rows: list[Identified], format_: str, lang: str) -> str:
    if format_ == "json":
        import json

        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    from licensecheck.render.identified import identified

    return identified(rows, lang)
