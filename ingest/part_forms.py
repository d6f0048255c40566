"""The forms by which the parts of a notice are told: lines of 版头, 附件说明, 版记, lists of recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import DATE
from ingest.lines import Paragraph, split
from ingest.normalize import squeeze
from ingest.titles import ends_as_title

NUMBER = r"(?!的|发文字号|发文文号|发布文号|文号|字号)[\u4e00-\u9fffA-Za-z]{1,20}[〔〈《＜<](?:19|20)\d{2}[〕〉》＞>](?:第)?\d{1,5}(?:号|—\d{1,2}号)|(?!的|发文字号|文号)[\u4e00-\u9fff]{2,15}（(?:19|20)\d{2}）(?:第)?\d{1,5}号"
COPY = r"(?:份号：?|No\.?：?|NO\.?：?|№：?)?\d{6}"
SECRET = r"(?:绝密|机密|秘密)(?:[★☆＊*](?:\d{1,2}(?:年|个月|月|天)|[一二三四五六七八九十]{1,3}年|长期|启用前)?|\d{1,2}年|长期)?"
URGENT = r"特急|加急|特提|平急|急件|限时|紧急"
SMALL = rf"{COPY}|(?:密级：?)?{SECRET}|(?:紧急程度：?)?(?:{URGENT})(?:[·•]?明电)?"  # 份号, 密级, 紧急程度, one or several on a line
NUMBER_LINE = re.compile(rf"^(?:{SMALL})*（?({NUMBER})[，、]?(?:{DATE})?）?(?:签发人：?.{{2,20}}|{DATE})?$|^（?((?:(?:19|20)\d{{2}}年)?(?:令)?第[\d一二三四五六七八九十百〇零]{{1,7}}号)）?$|^([\u4e00-\u9fff]{{2,40}}(?:公告|通告)(?:19|20)\d{{2}}年第\d{{1,5}}号)$")
DATE_LINE = re.compile(rf"^（?({DATE})(?:印发|发布|公布)?）?$")
SIGNED = re.compile(rf"^([\u4e00-\u9fff（）]{{2,60}}?)({DATE})$")
PERSON = re.compile(r"^(?:代|副)?(?:省长|市长|县长|区长|州长|旗长|盟长|主席|主任|部长|局长|厅长|署长|行长|总理|乡长|镇长|院长|会长)[：:]?[\u4e00-\u9fff·]{2,8}$")
MARK = re.compile(r"^[\u4e00-\u9fff（）]{2,60}文件$|^文件$|^[\u4e00-\u9fff]{2,40}（(?:通知|函|批复|通报|令)）$")
HEADER = re.compile(
    rf"^(?:〔[\u4e00-\u9fff]{{2,8}}〕.+|份号.*|★{{1,5}}|(?:{SMALL})+|(?:内部|机要)?(?:明电|明传电报|传真电报|内部传真电报|电报)|发往：.*|(?:签批|审批)盖章.*|等级：?.*|发电(?:单位|机关).*|签发人.*|〔?索引号.*|主题分类.*|〔?(?:发文机关|制发机关|成文日期|发文日期|生成日期|印发日期|制发日期|发布日期|发文字号|发文文号|文号).*|标题：.*|主题词.*|来源.*|发布时间.*|信息来源.*|【法宝.*|〔法宝.*"
    rf"|字号.*|浏览次数.*|点击.*|https?.*|原文链接.*|当前位置.*|〔?打印〕?.*|公开方式.*|有效性.*|组配分类.*|〔?发布机构.*|(?:发文|发布)(?:单位|机关).*|(?:生效|施行|实施)日期.*|效力.*|作者：.*|.{{0,3}}字体.*|〔?(?:19|20)\d{{2}}〕?年?第\d{{1,4}}期(?:（总第?\d+期）)?|第\d{{1,4}}期|[\u4e00-\u9fff]{{2,30}}令（?(?:(?:19|20)\d{{2}}年)?第[\d一二三四五六七八九十百〇零]{{1,5}}号）?)$"
)
IMPRINT = re.compile(r"^(?:抄送|抄报|抄发|分送|主送：|主办|督办|承办|主题词|信息公开(?:选项|类别|属性|形式)|公开(?:方式|属性|选项)|校对|打字|打印|印发(?:机关|单位|日期|时间)：|共印|（?共印\d+份|印数|.{0,30}?" + DATE + "印[发制])[：:]?")
PRINTED = re.compile(rf"^([\u4e00-\u9fff（）]{{2,50}})?({DATE})印[发制].{{0,12}}$")
NUMBERED_TITLE = re.compile(rf"^([^。；]{{5,120}}?(?:通知|意见|决定|公告|通告|通报|批复|函|办法|方案|规定|细则|纪要|规划|计划|要点)(?:（[^（）]{{2,10}}）)?)(（(?:{NUMBER})）|(?:{NUMBER}))$")
ORDER = re.compile(r"^([\u4e00-\u9fff]{2,30}令)(（?(?:(?:19|20)\d{2}年)?第[\d一二三四五六七八九十百〇零]{1,5}号）?)$")  # 云溪市人民政府令（第52号）
PRINTED_DATE = re.compile(rf"^{DATE}印[发制]")
NOTE = re.compile(
    r"^（(?:此件|本文|此文|注：|联系人|联系电话|联系方式|信息公开|公开)[^（）]*(?:（[^（）]*）[^（）]*)*）$|^此件(?:主动|依申请|公开|不予)[^。]{0,20}$|^(?:信息|稿件|文章)?来源：.{2,30}$|^(?:责任)?编辑：.{2,12}$"
    r"|.*(?:ICP备|公网安备|网站标识码|网站地图).*|^(?:复制)?打印(?:本页)?(?:关闭(?:窗口|本页)?)?$|^扫一扫.{0,20}$|^主办(?:单位)?：.{2,30}承办(?:单位)?：.{2,30}$"
)
ATTACHED = re.compile(r"^(?:附件|附表|附录)(?:\d{1,2}(?:—\d{1,2})?|[一二三四五六七八九十]{1,3})?[：:]?$")
ATTACHMENT_NOTE = re.compile(r"^附(?:件)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[：:.、]")
CARRIES = re.compile(r"印发|转发|发布|公布|下发|通过|令$|批转|颁布|下达|执行")
CARRYING = re.compile(r"(?:印发|转发|下发|批转)给你们|予以(?:印发|公布|发布)|现(?:予)?(?:印发|公布|发布)")
LEAD_IN = re.compile(r"如下|以下|下列|为了?[^民]|根据|按照|依据|现[将就对]|决定|经研究|要求")
UNIT_END = re.compile(r"(?:[府门局会位室区县市构厅委院校业办团司社处部科所站长镇乡旗州盟省人户队中心园厂矿馆店坊港]|部门|单位|机构|同志|公民|群众|[）〕])$")


def is_bare_recipients(squeezed: str, following: str) -> bool:
    """Whether a line before the body lists recipients although its colon is missing."""
    if not squeezed.startswith("各") or len(squeezed) < 6 or re.search("[。：；]", squeezed) or len(following) < 20:
        return False
    return "，" in squeezed and is_recipients(squeezed + "：") and re.search("。|：$", following) is not None


def is_recipients(squeezed: str) -> bool:
    """Whether a paragraph is a list of recipients (主送机关): organs, a colon at its end."""
    if not squeezed.endswith("：") or len(squeezed) > 500 or "。" in squeezed or LEAD_IN.search(re.sub(r"（[^（）]*）", "", squeezed)):
        return False
    if re.match(r"各|有关", squeezed) and not re.search(r"[要应须]|做好|开展|完成", squeezed) and len(squeezed) <= 200:
        return True
    pieces = [p for p in re.split(r"[，、；]", re.sub(r"（[^（）]*）", "", squeezed[:-1])) if p]
    return bool(pieces) and sum(UNIT_END.search(p) is not None for p in pieces) >= 0.6 * len(pieces)


def part_head_lines(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Of the first paragraphs those parted that hold two things: title and number (…的通知（云政发〔2020〕1号）), an order and its number, recipients and body."""
    parted: list[Paragraph] = []
    for i, paragraph in enumerate(paragraphs):
        line = squeeze(paragraph.text)
        match = NUMBERED_TITLE.match(line.text) if i < 20 and not paragraph.cells else None
        order = ORDER.match(line.text) if i < 6 and not paragraph.cells else None
        if match and ends_as_title(match[1], strict=True):
            parted.extend(split(paragraph, line.offsets[match.start(2)]))
        elif order and not (parted and ends_as_title(squeeze(parted[-1].text).text, strict=True)):  # else it stands under the title of what it made known
            parted.extend(split(paragraph, line.offsets[order.start(2)]))
        elif i < 20 and not paragraph.cells and 4 < (colon := line.text.find("：")) < len(line.text) - 30 and line.text[0] == "各" and is_recipients(line.text[: colon + 1]):
            parted.extend(split(paragraph, line.offsets[colon + 1]))  # a lost line end
        else:
            parted.append(paragraph)
    return parted
