"""How fast is the assistant with many people at once, and how soon is it there?

    python benchmarks/web_load.py [--documents 1000] [--people 20] [--clicks 12] [--pause 5.0] [--base FILE]

Makes a base of so many documents by varying the sample notices (or takes FILE), starts the server, and measures the time from its
start (`kb serve`) to the first page drawn whole (aim 2 s). Then so many people, each with a connection of their own as a browser has, click
through searches, sources, ledgers, enterprises and the library with a pause of --pause seconds on the mean between two clicks
(whoever reads what a click brought takes ten seconds and more; 5 is twice as busy, 1 is a stress test); prints the median and the 95th
percentile of the time from click to the end of the answer (aim 0.5 s), beside that of a single person in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
QUERIES = ("养老服务", "食品安全 责任单位", "消防 演练", "学校食堂", "经费保障", "监督检查", "覆盖率", "补贴标准", "台账", "应急预案")
TRADES = ("养老机构", "餐饮业", "乳制品制造", "药品零售", "房地产开发", "道路货物运输")


def fill(path: Path, documents: int) -> None:
    """A base of so many documents, by varying the sample notices: their numbers, dates and places."""
    from kb.ingestion import prepare_search, use_overlay
    from kb.store import open_store

    use_overlay(ROOT / "corpus" / "overlay.toml")
    from extractors.pipeline import extract
    from kb.reading import read_source

    texts = [read_source(str(file)).text for file in sorted((ROOT / "corpus" / "notices").glob("*.*"))]
    rng = random.Random(7)
    with open_store(path) as store, tempfile.TemporaryDirectory() as folder:
        from ingest.limits import DEFAULT_LIMITS
        from ingest.sources import read_one

        for number in range(documents):
            text = texts[number % len(texts)]
            lines = text.split("\n")
            head, body = lines[:12], lines[12:]
            kept = [line for line in body if rng.random() < 0.7]
            file = Path(folder) / f"示例{number}.txt"
            file.write_text("\n".join([*head, *kept, f"示例第{number}号。"]).replace("号", f"{number}号", 1), encoding="utf-8")
            document = read_one(str(file), str(file), DEFAULT_LIMITS)
            store.put(document, extract(document))
        prepare_search(store)


class Person:
    """One browser: a session of the server, whose clicks are the messages that the page would send."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: Any = None
        self.page = ""

    async def open(self, path: str) -> float:
        """Load a page; seconds until it is drawn."""
        from websockets.asyncio.client import connect

        begun = time.perf_counter()
        self.socket = await connect(f"ws://127.0.0.1:{self.port}/_stcore/stream", origin=f"http://127.0.0.1:{self.port}", max_size=None)
        await self._ask(path)
        return time.perf_counter() - begun

    async def click(self, path: str) -> float:
        """Go to an address inside the assistant; seconds until it is drawn."""
        begun = time.perf_counter()
        await self._ask(path)
        return time.perf_counter() - begun

    async def _ask(self, path: str) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        name, _, query = path.partition("?")
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = "" if name == "asking" else name
        await self.socket.send(message.SerializeToString())
        drawn = 0
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(self.socket.recv(), 60))
            kind = answer.WhichOneof("type")
            drawn += kind == "delta"
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                raise SystemExit(f"{path}: {answer.delta.new_element.exception.message}")
            if kind == "script_finished" and drawn:
                return


def ways(documents: Sequence[str], rng: random.Random) -> str:
    """An address that somebody clicks on."""
    some = rng.choice(documents)
    return rng.choice(
        (
            f"asking?{urlencode({'q': rng.choice(QUERIES)})}",
            f"asking?{urlencode({'q': rng.choice(QUERIES), 'kind': 'duty'})}",
            f"source?doc={some}&at=300-340",
            f"source?doc={some}",
            f"ledger?p={rng.randrange(1, 20)}",
            f"ledger?as=timeline&day=2021-0{rng.randrange(1, 9)}-01",
            f"ledger?as=calendar&month=2020-0{rng.randrange(1, 9)}",
            f"library?p={rng.randrange(1, 15)}",
            f"library?view=graph&center={some}",
            f"enterprise?{urlencode({'industry': rng.choice(TRADES)})}",
        )
    )


async def visit(port: int, documents: Sequence[str], clicks: int, seed: int, pause: float, taken: list[tuple[float, str]]) -> None:
    """One person's session."""
    rng = random.Random(seed)
    await asyncio.sleep(rng.random() * 2)
    person = Person(port)
    await person.open("asking")
    for _ in range(clicks):
        await asyncio.sleep(rng.expovariate(1 / pause))
        way = ways(documents, rng)
        taken.append((await person.click(way), way))
    await person.socket.close()


async def crowd(port: int, documents: Sequence[str], people: int, clicks: int, pause: float) -> list[tuple[float, str]]:
    """All people at once; seconds and address of each click."""
    taken: list[tuple[float, str]] = []
    await asyncio.gather(*(visit(port, documents, clicks, seed, pause, taken) for seed in range(people)))
    return taken


def start(base: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The server, and the seconds from its start to the first page drawn."""
    environment = os.environ | {"KB_OVERLAY": str(ROOT / "corpus" / "overlay.toml"), "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "kb", "serve", "--db", str(base), "--port", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            asyncio.run(_first(port))
            return server, time.perf_counter() - begun
        except OSError:
            if server.poll() is not None or time.perf_counter() - begun > 60:
                raise SystemExit("the server does not start") from None
            time.sleep(0.02)


async def _first(port: int) -> None:
    person = Person(port)
    await person.open("asking")
    await person.socket.close()


def report(name: str, taken: Sequence[tuple[float, str]]) -> float:
    """Print the median, 95th percentile and worst click; gives the 95th percentile."""
    seconds = sorted(second for second, _ in taken)
    high = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    print(f"{name:>12}  {len(seconds):5} clicks  median {statistics.median(seconds):.3f} s  p95 {high:.3f} s  worst {seconds[-1]:.3f} s ({max(taken)[1][:60]})")
    return high


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=int, default=1000)
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--clicks", type=int, default=12)
    asked.add_argument("--pause", type=float, default=5.0)
    asked.add_argument("--base", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = given.base or Path(folder) / "kb.db"
        if not base.exists():
            fill(base, given.documents)
        from kb.store import open_store

        with open_store(base) as store:
            documents = [document["id"] for document in store.documents()]
            print(f"{len(documents)} documents, {store.count_obligations()} obligations, {os.cpu_count()} cores")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server, first = start(base, port)
        try:
            import psutil

            spent = psutil.Process(server.pid).cpu_times()
            print(f"first page {first:.2f} s after the server's start (aim 2 s), of which {spent.user + spent.system:.2f} s of one core's time")
            asyncio.run(crowd(port, documents, 1, 3, given.pause))
            one = report("one person", asyncio.run(crowd(port, documents, 1, 2 * given.clicks, given.pause)))
            many = report(f"{given.people} people", asyncio.run(crowd(port, documents, given.people, given.clicks, given.pause)))
            used = psutil.Process(server.pid).cpu_times()
            clicks = 3 + 2 * given.clicks + given.people * given.clicks
            print(f"{1000 * (used.user + used.system - spent.user - spent.system) / clicks:.0f} ms of a core's time a click; load of the machine {os.getloadavg()[0]:.1f}")
            print(f"p95 {many:.3f} s with {given.people} people (aim 0.5 s), {many / one:.1f} times that of one")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
