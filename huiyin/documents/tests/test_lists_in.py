"""CSV, lines of JSON and piles of documents."""

from __future__ import annotations

import io
import json

import pytest

from huiyin.documents import workbooks
from huiyin.documents.tests.files import docx, zipped, zipped_in_gbk
from huiyin.documents.workbooks import Kind

CSV = "编号,标题,代表\r\n001,关于农村饮水安全的建议,林晓岚\r\n"


def read(content, name):
    return workbooks.read(io.BytesIO(content), name=name)


def values(table):
    return [row.values for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_is_read_in_each_encoding_of_the_country(encoding):
    table = read(CSV.encode(encoding), "清单.csv")
    assert table.kind is Kind.CSV
    assert [column.name for column in table.columns] == ["编号", "标题", "代表"]
    assert values(table) == [("001", "关于农村饮水安全的建议", "林晓岚")]
    assert table.place(table.rows[0], 1) == "B2（标题）"


@pytest.mark.parametrize("name", ["㙍", "联通", "镕", "𠮷"])
def test_names_that_fool_a_guess_are_read_in_gb18030(name):
    """In GBK "联通" looks like damaged UTF-8, and 𠮷 needs four bytes."""
    table = read(f"编号,姓名\n1,{name}\n2,林晓岚\n".encode("gb18030"), "清单.csv")
    assert values(table)[0] == ("1", name)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_may_be_separated_by_what_the_computer_prefers(separator):
    table = read(CSV.replace(",", separator).encode(), "清单.csv")
    assert len(table.columns) == 3


def test_csv_keeps_quotes_and_lines_within_a_cell_and_counts_rows_as_a_sheet_does():
    table = read('标题,正文\n"引“号”,""一""","第一行\r\n第二行"\n\n末,行\n'.encode(), "清单.csv")
    assert values(table) == [('引“号”,"一"', "第一行\n第二行"), ("末", "行")]
    assert [row.number for row in table.rows] == [2, 4]


def test_csv_values_kept_as_text_by_other_programs_are_text():
    table = read('编号,证号\n1,"=""007"""\n2,\t430102196501010011\n'.encode(), "清单.csv")
    assert values(table) == [("1", "007"), ("2", "430102196501010011")]


def test_separators_of_lines_that_are_no_line_ends_stay_in_the_text():
    table = read("标题,正文\n甲\u2028乙,丙\x0c丁\n".encode(), "清单.csv")
    assert values(table) == [("甲\u2028乙", "丙\x0c丁")]


def test_json_lines_become_rows_under_their_keys():
    lines = [
        {
            "id": "a1",
            "subject": "关于饮水的建议",
            "year": 2020,
            "co_units": ["省水利厅", "省财政厅"],
        },
        {"id": "b2", "score": 1.5, "open": True, "note": None, "co_units": []},
    ]
    content = "\ufeff" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    table = read(content.encode(), "rows.jsonl")

    assert [column.name for column in table.columns] == [
        "id", "subject", "year", "co_units", "score", "open", "note",
    ]  # fmt: skip
    assert values(table) == [
        ("a1", "关于饮水的建议", 2020, "省水利厅；省财政厅", None, None, None),
        ("b2", None, None, None, 1.5, True, None),
    ]
    assert table.place(table.rows[1], 4) == "第 2 行“score”"


def test_json_may_hold_what_other_readers_take_for_line_ends():
    table = read('{"a": "一\u2028二\x85三"}\n'.encode(), "rows.jsonl")
    assert values(table) == [("一\u2028二\x85三",)]


SUGGESTION = ("关于农村饮水安全的建议", "一、情况", "水源不足。", "二、建议", "加大投入。")


def test_each_document_of_a_zip_file_is_a_row():
    file = zipped(
        {
            "岳川/": "",
            "岳川/2 医疗.docx": docx("关于基层医疗的建议", "缺少医生。").getvalue(),
            "岳川/1 饮水.docx": docx(*SUGGESTION).getvalue(),
            "__MACOSX/岳川/._1 饮水.docx": b"litter",
            "岳川/~$1 饮水.docx": b"litter",
            "岳川/.DS_Store": b"litter",
        }
    )
    table = workbooks.read(file, name="建议.zip")
    assert table.kind is Kind.DOCX
    assert [(column.name, column.part) for column in table.columns] == [
        ("文件", "file"),
        ("标题", "title"),
        ("正文", "body"),
    ]
    assert values(table) == [
        ("1 饮水.docx", SUGGESTION[0], "\n".join(SUGGESTION[1:])),
        ("2 医疗.docx", "关于基层医疗的建议", "缺少医生。"),
    ]
    assert table.place(table.rows[1], 1) == "“2 医疗.docx”的标题"


def test_names_in_a_zip_file_from_chinese_windows_are_read():
    table = workbooks.read(
        zipped_in_gbk({"关于饮水的建议.docx": docx().getvalue()}), name="建议.zip"
    )
    assert table.rows[0].source == "关于饮水的建议.docx"


def test_a_folder_is_read_like_a_zip_file(tmp_path):
    outside = tmp_path / "outside.docx"
    outside.write_bytes(docx("机密").getvalue())
    folder = tmp_path / "建议"
    (folder / "一组").mkdir(parents=True)
    (folder / "一组" / "饮水.docx").write_bytes(docx(*SUGGESTION).getvalue())
    (folder / "link.docx").symlink_to(outside)

    table = workbooks.read(folder, name="建议")
    assert [row.source for row in table.rows] == ["饮水.docx"]
    assert len(table.sha256) == 64


def test_a_single_document_is_a_list_of_one():
    table = workbooks.read(docx(*SUGGESTION), name="饮水.docx")
    assert [row.values[1] for row in table.rows] == [SUGGESTION[0]]


def test_the_fields_of_a_form_become_columns():
    form = [
        ["领衔代表：", "林晓岚", "代表证号", "0123"],
        ["联系电话", "", "代表团", "岳阳代表团"],
        ["建议内容"],
        ["一、水源不足。"],
        ["此件由工作人员代为登记，如有修改请与联工委联系后再行提交，谢谢配合。"],
    ]
    document = docx("关于饮水的建议", "谨提交。", table=form)
    table = workbooks.read(zipped({"a.docx": document.getvalue()}), name="建议.zip")
    assert dict(
        zip([column.name for column in table.columns], table.rows[0].values, strict=True)
    ) == {
        "文件": "a.docx",
        "标题": "关于饮水的建议",
        "正文": f"谨提交。\n{form[4][0]}",
        "领衔代表": "林晓岚",
        "代表证号": "0123",
        "代表团": "岳阳代表团",
        "建议内容": "一、水源不足。",
    }


def test_a_list_of_signatories_is_read_by_its_headings():
    signatories = [["序号", "姓名", "证号"], ["1", "赵立新", "0124"], ["2", "周海平", "0125"]]
    document = docx("关于饮水的建议", table=signatories)
    table = workbooks.read(document, name="a.docx")
    named = {column.name: column.index for column in table.columns}
    assert table.rows[0].values[named["姓名"]] == "赵立新；周海平"


def test_the_styled_title_comes_before_a_line_that_only_looks_like_one():
    document = docx("农村饮水", "岳川省第十三届人民代表大会", "关于别的事", style="Title")
    assert workbooks.read(document, name="a.docx").rows[0].values[1] == "农村饮水"


def test_text_deleted_under_revision_is_not_read():
    body = (
        '<w:document xmlns:w="w"><w:body><w:p>'
        "<w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText><w:br/><w:t>次行</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "</w:p></w:body></w:document>"
    )
    file = zipped({"word/document.xml": body})
    assert workbooks.read(file, name="a.docx").rows[0].values[1] == "保留\n次行"
