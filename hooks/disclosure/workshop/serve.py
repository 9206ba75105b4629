"""Show the site while it is being written: a change to a report, a page or the theme appears without a restart."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence

from disclosure.errors import DisclosureError
from disclosure.settings import PREVIEW
from disclosure.workshop import ROOT, environment, run_command

_DESCRIPTION = """准备运行环境，在本机预览网站：报告、手写页面和主题一有改动，页面即自动更新。
改动 hooks/disclosure/ 中的 Python 之后须重新启动（MkDocs 在一个进程中只读一次）。
报告归档有错时，这里会说明错在哪里，页面要等改正之后才显示。
其余参数原样交给 mkdocs serve。"""


class AddressInUseError(DisclosureError):
    """Something else listens where the preview was to be shown."""


def _parse(argv: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="scripts/serve", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址（默认 127.0.0.1，只有本机能看）")
    parser.add_argument("--port", type=int, default=8000, help="监听的端口（默认 8000）")
    return parser.parse_known_args(argv)


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"不能在 {host}:{port} 上预览（{error.strerror}）。请用 --port 换一个端口。"
            raise AddressInUseError(message) from error


def _serve(arguments: argparse.Namespace, others: Sequence[str]) -> None:
    _require_free(arguments.host, arguments.port)
    python = environment.ensure(ROOT)
    address = f"{arguments.host}:{arguments.port}"
    print(f"预览：http://{address}/ （Ctrl+C 结束）", flush=True)
    # --livereload is the default in name only: with click 8.3 and later MkDocs 1.6.1 starts without it.
    command = ["mkdocs", "serve", "--livereload", "--config-file", f"{ROOT / 'mkdocs.yml'}", "--dev-addr", address]
    os.execve(python, [str(python), "-m", *command, *others], {**environment.variables(ROOT), PREVIEW: "1"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``scripts/serve``; return its exit code, unless the preview takes the place of this process."""
    arguments, others = _parse(argv)
    return run_command(lambda: _serve(arguments, others))


if __name__ == "__main__":
    sys.exit(main())
