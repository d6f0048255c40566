"""A language model's words: kept where the evidence bears them, dropped where not, and never needed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from kb.errors import KbError
from kb.rephrase import rephrase

ANSWER: dict[str, Any] = {
    "question": "合格率要达到多少？",
    "answer": "原文：“学校食堂抽检合格率稳定在98%以上。”[1]",
    "answered": True,
    "evidence": [{"passage": "学校食堂抽检合格率稳定在98%以上。"}],
}


class Model(BaseHTTPRequestHandler):
    words = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = "学校食堂抽检合格率稳定在98%以上" in asked["messages"][1]["content"] and self.path == "/v1/chat/completions"
        body = json.dumps({"choices": [{"message": {"content": self.words}}]} if known else {}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("KB_LLM_URL", f"http://127.0.0.1:{server.server_port}/v1/")
    yield ""
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("学校食堂抽检合格率要稳定在98%以上[1]。", "学校食堂抽检合格率要稳定在98%以上[1]。"),
        ("学校食堂抽检合格率稳定在98%以上。[1]违者罚款2万元[1]。", "学校食堂抽检合格率稳定在98%以上。[1]"),
        ("合格率要达到99%[1]。", ""),
        ("合格率稳定在98%以上。", ""),
        ("合格率稳定在98%以上[2]。", ""),
        ("", ""),
    ],
)
def test_a_sentence_stays_that_its_passage_bears(address: str, monkeypatch: pytest.MonkeyPatch, words: str, kept: str) -> None:
    monkeypatch.setattr(Model, "words", words)
    found = rephrase(ANSWER)
    assert found["answer"] == (f"{kept}\n" if kept else "") + ANSWER["answer"]
    assert found["rephrased"] is bool(kept)


def test_without_an_address_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KB_LLM_URL", raising=False)
    assert rephrase(ANSWER) == ANSWER


@pytest.mark.parametrize("wrong", ["http://127.0.0.1:9/v1", "file:///etc/passwd", "nonsense"])
def test_a_model_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("KB_LLM_URL", wrong)
    with pytest.raises(KbError, match="gives no answer"):
        rephrase(ANSWER)
