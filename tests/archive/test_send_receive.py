"""The commands `octome send` and `octome receive`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from octome.archive import storage
from octome.archive.receiver import Receiver
from octome.archive.storage import EachSent, Sent, send
from octome.cli.main import main


@pytest.fixture
def five(small_instance, tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "five" / f"{number}" for number in range(5)]
    paths[0].parent.mkdir()
    for number, path in enumerate(paths, 1):
        path.write_bytes(small_instance(uid=f"1.2.{number}"))
    return paths


def test_a_folder_is_sent(five: list[Path], tmp_path: Path) -> None:
    arrivals: list[object] = []
    with Receiver(tmp_path / "in", arrived=arrivals.append) as receiver:
        target = f"OCTOME@127.0.0.1:{receiver.port}"
        result = CliRunner().invoke(main, ["send", str(tmp_path / "five"), target])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{target}: 5 of 5 instances stored\n"
    assert len(arrivals) == 6  # five instances, and the end of the association


def test_failed_instances_are_listed_and_the_exit_status_is_2(
    five: list[Path], tmp_path: Path
) -> None:
    five[2].write_bytes(five[2].read_bytes()[:-10])
    with Receiver(tmp_path / "in") as receiver:
        words = ["send", str(tmp_path / "five"), f"127.0.0.1:{receiver.port}"]
        result = CliRunner().invoke(main, words)
        again = CliRunner().invoke(main, [*words, "--json"])
    assert result.exit_code == again.exit_code == 2
    assert "4 of 5 instances stored" in result.stdout
    assert f"not stored: {five[2]}: cannot read {five[2]}: it was cut short" in result.stdout
    assert result.stderr == "octome: 1 of 5 instances were not stored\n"
    listed = json.loads(again.stdout)["instances"]
    assert [each["stored"] for each in listed] == [True, True, False, True, True]
    assert json.loads(again.stderr)["code"] == "archive-refused"


def test_an_interrupted_run_says_what_was_stored(
    five: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(files: list[Path], _peer: object, *, each: EachSent) -> None:
        each(Sent(path=files[0], sop_instance="1.2.1", is_stored=True))
        raise KeyboardInterrupt

    monkeypatch.setattr(storage, "send_files", interrupted)
    result = CliRunner().invoke(main, ["send", str(tmp_path / "five"), "127.0.0.1:104"])
    assert result.exit_code == 130
    first, *rest = result.stdout.splitlines()
    assert first == "127.0.0.1:104: 1 of 5 instances stored"
    assert rest == [f"  not stored: {path}: stopped before it was stored" for path in five[1:]]


@contextmanager
def receiving(*words: object) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`octome receive` as a program, and the port that it listens on."""
    command = [sys.executable, "-m", "octome.cli", "receive", *map(str, words), "--port", "0"]
    pipe = subprocess.PIPE
    # A background process of a shell inherits that interrupts are ignored.
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, preexec_fn=listen
    ) as program:
        try:
            assert program.stderr is not None
            line = program.stderr.readline()
            assert line.startswith("listening as OCTOME on 127.0.0.1:"), line
            yield program, int(line.rpartition(":")[2])
        finally:
            program.kill()


def test_receive_stops_after_its_count_and_answers_stored_instances(
    five: list[Path], tmp_path: Path
) -> None:
    with receiving(tmp_path / "in", "--count", 5, "--seconds", 60) as (program, port):
        sent = send(five, "127.0.0.1", port)
        out, err = program.communicate(timeout=30)
    assert program.returncode == 0, err
    assert all(each.is_stored for each in sent)
    kept = [str(path) for path in (tmp_path / "in").rglob("*.dcm")]
    assert sorted(out.splitlines()) == sorted(kept)
    assert err == f"5 instances received into {tmp_path / 'in'}\n"


def test_an_instance_after_the_count_is_not_listed_as_stored(
    five: list[Path], tmp_path: Path
) -> None:
    with receiving(tmp_path / "in", "--count", 1, "--seconds", 60, "--json") as (program, port):
        sent = send(five, "127.0.0.1", port)
        out, err = program.communicate(timeout=30)
    assert program.returncode == 0, err
    assert sent[0].is_stored
    events = [json.loads(line) for line in out.splitlines()]
    printed = [each["file"] for each in events if each["event"] == "stored"]
    assert sorted(printed) == sorted(str(path) for path in (tmp_path / "in").rglob("*.dcm"))
    assert len(printed) == sum(each.is_stored for each in sent)


def test_receive_stops_at_an_interrupt_and_leaves_nothing_unfinished(
    five: list[Path], tmp_path: Path
) -> None:
    with receiving(tmp_path / "in") as (program, port):
        send(five[:2], "127.0.0.1", port)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=30)
    assert program.returncode == 0, err
    assert err == f"2 instances received into {tmp_path / 'in'}\n"
    assert len([path for path in (tmp_path / "in").rglob("*") if path.is_file()]) == 2


def test_receive_stops_after_its_time(tmp_path: Path) -> None:
    words = ["receive", str(tmp_path), "--port", "0", "--seconds", "0.2"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "0 instances received" in result.stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["send", "{tmp}/nowhere.dcm", "127.0.0.1:104"], "there is no such file"),
        (["send", "{tmp}/text", "127.0.0.1:104"], "it is not a DICOM file"),
        (["send", "{tmp}/empty", "127.0.0.1:104"], "there is no DICOM file in"),
        (["send", "{tmp}/five", "127.0.0.1"], "is not an address"),
        (["send", "{tmp}/five", "127.0.0.1:99999"], "is not an address"),
        (["send", "{tmp}/five", "a\\b@127.0.0.1:104"], "is not an Application Entity Title"),
        (["send", "{tmp}/five", "http://127.0.0.1:99999"], "is not an address"),
        (["receive", "{tmp}/in", "--ae-title", ""], "is not an Application Entity Title"),
        (["receive", "{tmp}/in", "--tls-key", "{tmp}/key"], "a key needs the certificate"),
        (
            ["receive", "{tmp}/in", "--ae-title", "longer than sixteen"],
            "is not an Application Entity",
        ),
        (["receive", "{tmp}/in", "--host", "192.0.2.1"], "cannot listen on"),
        (["receive", "{tmp}/in", "--port", "99999"], "99999 is not a port: 0 to 65535"),
        (["receive", "{tmp}/in", "--calling-ae", "back\\slash"], "is not an Application Entity"),
        (["receive", "{tmp}/text"], "text: it is a file"),
        (["receive", "/proc/in"], "cannot write into /proc/in: "),
        (
            ["receive", "{tmp}/in", "--tls-cert", "{tmp}/none"],
            "the key in it is not usable: No such file",
        ),
    ],
)
def test_an_impossible_command_gets_one_line(
    five: list[Path], tmp_path: Path, words: list[str], why: str
) -> None:
    (tmp_path / "text").write_text("text")
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(main, [word.replace("{tmp}", str(tmp_path)) for word in words])
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
