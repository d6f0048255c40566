"""DOCX and PDF: order, tables, pages, headings."""

from __future__ import annotations

from ingest import read_bytes
from ingest.document import BlockKind, Document
from tests.ingest.samples import docx_bytes, pdf_bytes

TABLE = [["序号", "重点任务", "责任单位", "完成时限"], ["1", "建设监管平台", "市数据局", "2025年6月底"], ["2", "开展业务培训", "市人社局", "每年3月"]]


def rows(document: Document) -> list[list[tuple[str, str]]]:
    return [[(cell.column, cell.span.of(document.text)) for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


def test_docx_keeps_tables_in_their_place() -> None:
    document = read_bytes("表.docx", docx_bytes(["云溪市数据工作方案", "一、重点任务", "|", "二、工作要求", "要按期完成。"], TABLE))
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING] * 2 + [BlockKind.ROW] * 3 + [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert rows(document)[1] == [("序号", "1"), ("重点任务", "建设监管平台"), ("责任单位", "市数据局"), ("完成时限", "2025年6月底")]
    assert document.path(3) == ("一、重点任务",)


def test_docx_numbers_that_word_generates_are_read() -> None:
    document = read_bytes("号.docx", docx_bytes(["云溪市工作要点", "主要做好以下工作：", "% 开展排查。", "% 落实整改。"]))
    assert [b.number for b in document.blocks][-2:] == ["1.", "2."]


def test_docx_styles_are_headings() -> None:
    document = read_bytes("题.docx", docx_bytes(["云溪市工作方案", "# 总体要求", "坚持安全第一。", "# 保障措施", "要加强领导。"]))
    assert document.path(len(document.blocks) - 1) == ("保障措施",)


PAGE_ONE = [
    "^云溪市人民政府办公室",
    "^关于加强养老服务的通知",
    "各县（市、区）人民政府，市政府各部门：",
    "　　为加强养老服务，经市政府同意，现就有关事项通知如下，请认真",
    "组织实施。",
    "　　一、加强设施建设。各县（市、区）要把养老设施纳入规划，新建住宅小",
    "区要同步配建养老服务用房，已建成的要通过购置、置换、租赁等方",
    "— 1 —",
]
PAGE_TWO = ["式逐步补齐。", "　　二、加强监管。民政部门要开展检查。", "　　　　　　　　　　云溪市人民政府办公室", "　　　　　　　　　　　　2020年5月6日", "— 2 —"]


def test_pdf_paragraphs_run_over_pages() -> None:
    document = read_bytes("页.pdf", pdf_bytes([PAGE_ONE, PAGE_TWO]))
    assert "通过购置、置换、租赁等方式逐步补齐。" in document.text
    assert "— 1 —" not in document.text
    assert document.pages == 2
    assert document.head.title is not None and document.head.title.endswith("关于加强养老服务的通知")
    assert document.page_at(document.text.index("式逐步")) == 2
    assert document.page_at(document.text.index("置换")) == 1
    pieces = [piece for block in document.blocks for piece in block.provenance]
    assert all(piece.box is not None and piece.box[0] < piece.box[2] for piece in pieces)


def test_pdf_table_is_rows_and_not_doubled() -> None:
    document = read_bytes("表.pdf", pdf_bytes([["^云溪市数据工作方案", "　　一、重点任务"], []], tables=[TABLE, [TABLE[0], ["3", "归集数据", "市税务局", "2025年9月底"]]]))
    assert [dict(row).get("责任单位") for row in rows(document)] == [None, "市数据局", "市人社局", "市税务局"]
    assert document.text.count("市数据局") == 1
    assert document.text.count("责任单位") == 1


MERGED = [
    ["序号", "重点任务", "责任分工", "责任分工", "完成时限"],
    ["序号", "重点任务", "牵头单位", "配合单位", "完成时限"],
    ["1", "建设监管平台", "市数据局", "市财政局", "2025年6月底"],
    ["2", "开展业务培训", "市数据局", "市人社局", "2025年6月底"],
    ["合计", "合计", "2项", "", ""],
]
SPANS = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)), ((2, 2), (3, 2)), ((2, 4), (3, 4)), ((4, 0), (4, 1))]


def test_docx_merged_cells_stand_in_each_row_and_heads_have_two() -> None:
    document = read_bytes("表.docx", docx_bytes(["云溪市数据工作方案", "|"], MERGED, SPANS))
    found = rows(document)
    assert [[column for column, _ in row] for row in found[:2]] == [[""] * 5] * 2
    assert found[3] == [("序号", "2"), ("重点任务", "开展业务培训"), ("牵头单位", "市数据局"), ("配合单位", "市人社局"), ("完成时限", "2025年6月底")]
    assert found[4][:3] == [("序号", "合计"), ("重点任务", ""), ("牵头单位", "2项")]


def test_pdf_cell_over_rows_stands_in_each() -> None:
    table = [["序号", "重点任务", "责任单位"], ["1", "建设监管平台", "市数据局"], ["2", "开展业务培训", None], ["3", "归集数据", "市税务局"]]
    document = read_bytes("表.pdf", pdf_bytes([["^云溪市数据工作方案", "　　一、重点任务"]], tables=[table]))
    assert [row[2][1] for row in rows(document)] == ["责任单位", "市数据局", "市数据局", "市税务局"]


def test_rows_between_tabs_are_a_table() -> None:
    text = "云溪市数据工作方案\n一、重点任务\n序号\t重点任务\t责任单位\n1\t建设监管平台。\t市数据局\n2\t开展业务培训。\t市人社局\n二、工作要求\n要按期完成。\n"
    document = read_bytes("表.txt", text.encode())
    assert rows(document)[2] == [("序号", "2"), ("重点任务", "开展业务培训。"), ("责任单位", "市人社局")]
    assert document.blocks[-1].kind is BlockKind.PARAGRAPH


def test_long_heads_of_columns_are_told_by_their_fellows() -> None:
    table = [["序号", "重点任务", "责任单位（排在第一位的为牵头单位，其余为配合单位）", ""], ["1", "建设监管平台", "市数据局", "省级"]]
    document = read_bytes("表.docx", docx_bytes(["云溪市数据工作方案", "|"], table))
    assert [column for column, _ in rows(document)[1]] == ["序号", "重点任务", table[0][2], ""]


def test_a_line_left_short_by_a_word_that_is_not_parted_goes_on() -> None:
    page = ["^云溪市工作通知", "　　各单位要按照要求认真做好有关工作，明确专人负责，及时报送情况和意见，", "并将联络员名单和联系方式发送至市政府办公室电子邮箱：", "lianluoyuan.yunxi@example.org。", "　　各单位要加强领导。"]
    document = read_bytes("页.pdf", pdf_bytes([page]))
    assert "电子邮箱：lianluoyuan.yunxi@example.org。" in document.text
