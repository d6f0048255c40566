"""Tables of printed pages: over page ends, merged, of one unit a line, in frames, without rules."""

from __future__ import annotations

from typing import Any

from ingest import read_bytes
from ingest.document import BlockKind, Document
from tests.render.drawn import TOP, body, grid, pdf_of, put

HEAD: list[str | None] = ["序号", "重点任务", "责任单位", "完成时限"]


def cells(document: Document) -> list[list[str]]:
    return [[cell.span.of(document.text) for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


def heads(document: Document) -> list[list[str]]:
    return [[cell.column for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


def tables(*pages: list[list[str | None]], high: float = 24) -> Document:
    """Pages that hold nothing but their number and a table."""

    def draw(number: int, rows: list[list[str | None]]) -> Any:
        def page(sheet: Any) -> None:
            grid(sheet, rows, 90, high=high)
            put(sheet, f"— {number} —", 280, 790, 12)

        return page

    return read_bytes("表.pdf", pdf_of(*(draw(i + 1, rows) for i, rows in enumerate(pages))))


def test_a_row_cut_at_the_page_end_is_one_row() -> None:
    document = tables(
        [HEAD, ["1", "建设养老服务设施，完善", "市民政局、市财", "2025年6月底"]],
        [HEAD, ["", "监管平台", "政局", ""], ["2", "开展业务培训", "市人社局", "每年3月"]],
    )
    assert cells(document)[1:] == [["1", "建设养老服务设施，完善监管平台", "市民政局、市财政局", "2025年6月底"], ["2", "开展业务培训", "市人社局", "每年3月"]]
    assert heads(document)[2] == HEAD


def test_a_table_goes_on_without_its_head() -> None:
    document = tables([HEAD, ["1", "建设监管平台", "市数据局", "2025年6月底"]], [["2", "开展业务培训", "市人社局", "每年3月"]] * 2)
    assert heads(document)[2] == HEAD


def test_a_head_of_two_rows_is_repeated() -> None:
    top: list[list[str | None]] = [["序号", "重点任务", "责任分工", "责任分工"], ["序号", "重点任务", "牵头单位", "配合单位"]]
    document = tables([*top, ["1", "建设监管平台", "市数据局", "市财政局"]], [*top, ["2", "开展业务培训", "市人社局", "市教育局"]])
    assert [row[0] for row in cells(document)] == ["序号", "序号", "1", "2"]
    assert heads(document)[3] == ["序号", "重点任务", "牵头单位", "配合单位"]


def test_a_cell_that_spans_the_page_end_stands_in_each_row() -> None:
    head: list[str | None] = ["序号", "类别", "重点任务", "责任单位"]
    document = tables(
        [head, ["1", "养老服务", "建设监管平台", "市数据局"], ["2", None, "开展业务培训", "市人社局"]],
        [head, ["3", "", "归集数据", "市税务局"], ["4", None, "开放数据", "市统计局"], ["5", "就业服务", "开展招聘", "市人社局"]],
    )
    assert [row[1] for row in cells(document)[1:]] == ["养老服务"] * 4 + ["就业服务"]


def test_another_table_begins_anew() -> None:
    document = tables([HEAD, ["1", "建设监管平台", "市数据局", "2025年6月底"]], [["序号", "项目名称", "建设地点", "备注"], ["", "养老院", "云溪县", ""]])
    assert heads(document)[3] == ["序号", "项目名称", "建设地点", "备注"]
    assert cells(document)[3] == ["", "养老院", "云溪县", ""]


def test_units_on_lines_of_their_own_stay_apart_and_cut_words_are_whole() -> None:
    document = tables([HEAD, ["1", "建设养老服务监管平台，\n开展检查", "市民政局\n市财政局\n市人力资源和社会保障\n局", "2025年6月底"]], high=56)
    assert cells(document)[1] == ["1", "建设养老服务监管平台，开展检查", "市民政局、市财政局、市人力资源和社会保障局", "2025年6月底"]


def test_a_frame_around_the_page_is_no_table() -> None:
    def framed(sheet: Any) -> None:
        sheet.rect(40, 40, 515, 760)
        sheet.rect(44, 44, 507, 752)
        sheet.line(40, TOP - 90, 555, TOP - 90)
        put(sheet, "云溪市工作简报", 200, 60, 22)
        body(sheet, "　　一、加强监管。各县（市、区）要把养老服务纳入规划，新建住宅", "小区要同步配建养老服务用房。", top=120)

    document = read_bytes("框.pdf", pdf_of(framed))
    assert not cells(document)
    assert "新建住宅小区" in document.text


def test_a_line_over_a_table_and_one_under_it_keep_their_places() -> None:
    def page(sheet: Any) -> None:
        put(sheet, "云溪市任务分工表", 200, 60, 18)
        grid(sheet, [HEAD, ["1", "建设监管平台", "市数据局", "2025年6月底"]], 100)
        put(sheet, "注：时限含当日。", 79, 170, 10)

    document = read_bytes("表.pdf", pdf_of(page))
    assert [block.kind is BlockKind.ROW for block in document.blocks] == [False, True, True, False]


def _columns(sheet: Any, top: float, *texts: str) -> None:
    for text, x in zip(texts, (79, 130, 330, 450), strict=True):
        put(sheet, text, x, top, 12)


def test_columns_without_rules_are_a_table() -> None:
    def page(sheet: Any) -> None:
        put(sheet, "云溪市任务分工表", 200, 60, 18)
        for top, row in zip((100, 130, 146, 170), (HEAD, ["1", "建设养老服务设施，完善监", "市民政局", "2025年6月底"], ["", "管平台", "市财政局", ""], ["2", "开展业务培训", "市人社局", "每年3月"]), strict=True):
            _columns(sheet, top, *(text or "" for text in row))
        body(sheet, "　　各单位要按照分工抓好落实，每季度末月报送进展情况，办公室要", "定期督查。", top=220)

    document = read_bytes("表.pdf", pdf_of(page))
    assert cells(document)[1:] == [["1", "建设养老服务设施，完善监管平台", "市民政局、市财政局", "2025年6月底"], ["2", "开展业务培训", "市人社局", "每年3月"]]
    assert heads(document)[1] == HEAD
    assert document.blocks[-1].span.of(document.text).endswith("办公室要定期督查。")


def test_words_set_apart_are_no_table() -> None:
    def page(sheet: Any) -> None:
        _columns(sheet, 100, "项目", "内容", "单位", "时间")
        body(sheet, "　　各单位要按照分工抓好落实，每季度末月报送进展情况，办公室要", "定期督查。", top=120)

    assert not cells(read_bytes("表.pdf", pdf_of(page)))
