"""What a wrong command line is told: one line, Vietnamese first, Click's English in brackets."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click


def run(cli: click.Command, name: str, words: Sequence[str] | None = None) -> None:
    """Run the command line and end the process: 0 done, 1 not done, 2 wrongly asked.

    :param name: of the program, as its user types it
    :param words: of the command line; None: those of this process
    """
    try:
        status = cli.main(words, prog_name=name, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.UsageError as error:
        click.echo(usage_line(error, name), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"Lỗi (error): {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Đã dừng. (Stopped.)", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def usage_line(error: click.UsageError, name: str) -> str:
    """Return the line for a command line that cannot be understood."""
    path = error.ctx.command_path if error.ctx else name
    english = " ".join(error.format_message().split()).rstrip(".")
    return f"Lỗi: {_reason(error)}. Xem: {path} --help (Error: {english}. See the help.)"


def _reason(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption() if error.ctx is not None and error.ctx.parent is None:
            reason = f"tùy chọn {error.option_name} không đứng trước tên lệnh; hãy ghi sau tên lệnh"
        case click.NoSuchOption():
            reason = f"lệnh này không có tùy chọn {error.option_name}"
        case click.exceptions.NoSuchCommand():
            reason = f"không có lệnh “{error.command_name}”"
        case click.BadOptionUsage():
            reason = f"tùy chọn {error.option_name} thiếu hoặc thừa giá trị"
        case click.MissingParameter():
            reason = f"thiếu {_names(error)}"
        case click.BadParameter():
            reason = f"giá trị của {_names(error)} không dùng được"
        case _:
            reason = "dòng lệnh có chỗ thừa hoặc không hiểu được"
    return reason


def _names(error: click.BadParameter) -> str:
    """Return how the parameter is written on the command line."""
    if error.param is None:
        return "một tham số"
    hint = error.param.get_error_hint(error.ctx)
    return hint.replace("'", "")
