"""Scans: where lines of text and ruled lines are on the picture of a page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.scan_boxes import find_strips
from ingest.readers.scan_rules import as_edges, close_frames, find_rules

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2", reason="OCR is not installed")


def page_of_bars(*bars: tuple[int, int, int, int]):
    """Ink of a page in which each bar stands for a line of text: x0, top, x1, bottom."""
    ink = np.zeros((900, 700), np.uint8)
    for x0, top, x1, bottom in bars:
        for x in range(x0, x1, 10):
            ink[top:bottom, x : min(x + 7, x1)] = 255
    return ink


def quad(x0: int, top: int, x1: int, bottom: int) -> list[list[int]]:
    return [[x0, top], [x1, top], [x1, bottom], [x0, bottom]]


def test_a_line_that_the_engine_drops_is_found_by_its_ink():
    ink = page_of_bars((100, 100, 600, 140), (100, 170, 600, 210), (100, 240, 600, 280))
    strips = find_strips(np.array([quad(95, 95, 605, 145), quad(95, 235, 605, 285)], np.float32), ink, [])
    assert sorted((s.top, s.bottom, s.added) for s in strips) == [(100, 140, False), (170, 210, True), (240, 280, False)]


def test_a_red_head_of_narrow_letters_that_the_engine_drops_is_found():
    ink = page_of_bars((60, 40, 640, 170), (100, 300, 600, 340), (100, 400, 600, 440), (100, 500, 600, 540))
    strips = find_strips(np.array([quad(95, top - 5, 605, top + 45) for top in (300, 400, 500)], np.float32), ink, [])
    assert [(s.top, s.bottom) for s in strips if s.added] == [(40, 170)]


def test_a_frame_around_words_is_no_line_of_its_own():
    ink = page_of_bars((120, 108, 280, 142), (320, 108, 480, 142), (100, 300, 600, 334), (100, 400, 600, 434))
    cv2.rectangle(ink, (105, 100), (495, 150), 255, 3)
    quads = [quad(115, 104, 285, 146), quad(315, 104, 485, 146), quad(95, 296, 605, 338), quad(95, 396, 605, 438)]
    strips = find_strips(np.array(quads, np.float32), ink, [])
    assert sum(s.top < 160 for s in strips) == 2


def test_a_line_that_the_engine_cuts_short_is_carried_to_its_end():
    ink = page_of_bars((100, 100, 600, 140))
    strips = find_strips(np.array([quad(95, 95, 400, 145)], np.float32), ink, [])
    assert [(s.x0, s.x1) for s in strips] == [(100, 597)]


def test_a_box_over_two_lines_is_parted():
    ink = page_of_bars((100, 100, 600, 140), (100, 160, 600, 200), (100, 300, 600, 340), (100, 400, 600, 440), (100, 500, 600, 540))
    quads = [quad(95, 95, 605, 205), *(quad(95, top - 5, 605, top + 45) for top in (300, 400, 500))]
    strips = find_strips(np.array(quads, np.float32), ink, [])
    assert sorted(s.top for s in strips) == [100, 160, 300, 400, 500]


def test_rules_of_a_table_are_found_and_strokes_of_letters_are_not():
    ink = np.zeros((900, 1000), np.uint8)
    for y in (100, 200, 300):
        ink[y : y + 3, 100:800] = 255
    for x in (100, 400, 797):
        ink[100:303, x : x + 3] = 255
    ink[600:660, 200:204] = 255  # a tall stroke of a large letter
    rules = find_rules(ink, 200)
    assert sorted(rule.at for rule in rules if rule.level) == [101.5, 201.5, 301.5]
    assert sorted(rule.at for rule in rules if not rule.level) == [101.5, 401.5, 798.5]
    assert {edge["orientation"] for edge in as_edges(rules, 0.36)} == {"h", "v"}


def test_strokes_of_neighbouring_letters_in_large_type_are_no_rule():
    ink = np.zeros((400, 1000), np.uint8)
    for x in range(100, 700, 70):
        ink[130:135, x : x + 60] = 255  # one stroke a letter, as in 三 or 工
    ink[300:303, 100:700] = 255
    lines = np.array([quad(95, 100, 705, 165), quad(95, 250, 705, 310)], np.float32)
    assert [rule.at for rule in find_rules(ink, 200, lines)] == [301.5]
    assert sorted(rule.at for rule in find_rules(ink, 200)) == [132.5, 301.5]


def test_a_broken_rule_between_two_lines_of_a_cell_stays_one():
    ink = np.zeros((900, 1000), np.uint8)
    for y in (100, 160, 220):
        ink[y : y + 3, 100:800] = 255
    ink[160:163, 130:800:70] = 0
    for x in (100, 400, 797):
        ink[100:223, x : x + 3] = 255
    rules = find_rules(ink, 200, np.array([quad(110, 110, 390, 210)], np.float32))
    assert sorted(rule.at for rule in rules if rule.level) == [101.5, 161.5, 221.5]


def test_a_table_without_sides_or_with_an_open_foot_is_closed():
    ink = np.zeros((900, 1000), np.uint8)
    for y, x1 in ((100, 800), (200, 800), (300, 600)):
        ink[y : y + 3, 100:x1] = 255
    for x in (300, 600):
        ink[100:303, x : x + 3] = 255
    added = [rule for rule in close_frames(find_rules(ink, 200), 200) if min(rule.x1 - rule.x0, rule.bottom - rule.top) == 1]
    assert [(rule.level, round(rule.at)) for rule in added] == [(True, 302), (False, 100)]


def test_a_box_across_cells_is_cut_at_the_rule():
    ink = page_of_bars((100, 120, 380, 160), (420, 120, 700, 160))
    table = np.zeros_like(ink)
    table[100:103, 80:690] = table[180:183, 80:690] = 255
    table[100:183, 80:83] = table[100:183, 400:403] = 255
    strips = find_strips(np.array([quad(95, 115, 690, 165)], np.float32), ink, find_rules(table, 200))
    assert len(strips) == 2
    assert max(strips[0].x0, strips[1].x0) > 400 > min(strips[0].x1, strips[1].x1)


@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=25, deadline=None)
def test_boxes_of_any_picture_lie_in_it(seed, height, width):
    chance = np.random.default_rng(seed)
    ink = ((chance.random((height, width)) < chance.random() * 0.5) * 255).astype(np.uint8)
    quads = chance.uniform(-20, max(height, width) + 20, (5, 4, 2)).astype(np.float32)
    for strip in find_strips(quads, ink, find_rules(ink, 200)):
        assert 0 <= strip.x0 < strip.x1 <= width
        assert 0 <= strip.top < strip.bottom <= height
