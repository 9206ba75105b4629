"""The rules of notes on how files are filed, and how those of one report compare; see ``notes.py``."""

from __future__ import annotations

from disclosure.check.registry import noted
from disclosure.model import Kind, Severity


@noted("几份来源的数字不同", Severity.WARNING, Kind.READING)
def sources_differ() -> None:
    """什么：同一份报告的几个文件，同一格印的数不同；或者一个文件里有、另一个文件里没有的数，与其余的数合不上。

    为什么：机关可能更正过报告，转换格式时也可能出错。如果只有一个文件的数满足表内的加总关系，本站采用它；
    加总关系只容许其中一个数的，也采用。其余写作“不定”，列出各个文件所印的数，不替读者选。
    错：2021.pdf 的“本年新收”总计是 5，2021.txt 是 7。
    对：两个文件都是 5；或者其中一个文件缺了这一格，由另一个补足。
    怎么办：对照机关网站上的原文，删去有误的文件。
    """


@noted("几份来源没有合并", Severity.WARNING, Kind.READING)
def sources_apart() -> None:
    """什么：同一年的几个文件，表格的版本不同，或者标题和前言写的年份不同。

    为什么：这样的文件多半不是同一份报告。把它们的数字合在一起，会张冠李戴。本站只采用读得最完整的一份。
    错：2021.pdf 用 2021 年版表格，2021.txt 用 2019 年版表格。
    对：两个文件是同一年的报告，用同一版表格。
    怎么办：核对原文，把放错年份的文件移走。
    """


@noted("机关未登记", Severity.ERROR, Kind.FILING)
def unknown_office() -> None:
    """什么：文件所在的文件夹没有 office.yml，不知道是哪个机关。

    为什么：每份报告都要归到一个机关名下，网页地址由机关的编号决定。
    错：reports/河南省/某市/某县/某镇人民政府/ 之下只有 2021.txt。
    对：同一文件夹之下有 2021.txt 和 office.yml。
    怎么办：在文件夹中加入 office.yml，写法见“参与”页。
    """


@noted("同一份文件放了两次", Severity.ERROR, Kind.FILING)
def duplicate_report() -> None:
    """什么：同一机关同一年的两个文件内容相同，或者名称只有大小写不同。

    为什么：一年可以有几份来源，如 2021.pdf 和 2021.txt，本站逐一读取，互相核对。内容相同的两个文件核对不出什么，
    反而让人以为数字有两处佐证。名称只有大小写不同的文件，在有的系统上会互相覆盖。
    错：同一文件夹之下有 2021.txt 和 2021.md，文字完全相同。
    对：同一文件夹之下有 2021.pdf 和从网页复制的 2021.txt。
    怎么办：按提示删去或改名。
    """


@noted("机关登记文件有误", Severity.ERROR, Kind.FILING)
def bad_office_file() -> None:
    """什么：office.yml 读不出，缺少必填的项目，或有不认识的项目。

    为什么：机关的名称、编号和地区都由这个文件决定，写错会影响网页地址。
    错：naem: 某镇人民政府。
    对：name: 某镇人民政府。
    怎么办：按提示改正所指的一行。
    """


@noted("文件名有误", Severity.ERROR, Kind.FILING)
def bad_file_name() -> None:
    """什么：reports/ 之下的文件名不是“年份.后缀”。

    为什么：本站由文件名得知报告的年份。
    错：2021年年报.txt。
    对：2021.txt。
    怎么办：把文件改名为四位年份加后缀。
    """


@noted("名称在别的系统上用不了", Severity.ERROR, Kind.FILING)
def unportable_name() -> None:
    """什么：reports/ 之下的文件夹或文件的名称，在 Windows、macOS 或 Linux 上存不下，或者会与另一个合成一个。

    为什么：仓库要在任何系统上都取得出来。有一个名称取不出，别人就拿不到全部报告；两个名称合成一个，会丢掉其中一份。
    错：文件夹叫“甲镇: 人民政府”“aux”“甲镇人民政府.”；同一个县之下既有“A镇人民政府”又有“a镇人民政府”。
    对：文件夹叫“甲镇人民政府”。
    怎么办：按提示改名。
    """


@noted("机关编号重复", Severity.ERROR, Kind.FILING)
def duplicate_office_id() -> None:
    """什么：两个 office.yml 写了同一个编号。

    为什么：编号就是网页地址，两个机关不能共用一个地址。
    错：两个机关的 id 都是 410481100。
    对：一个是 410481100，另一个是 410481101。
    怎么办：核对行政区划代码，改正其中一个。
    """


@noted("地区与文件夹不符", Severity.ERROR, Kind.FILING)
def region_mismatch() -> None:
    """什么：office.yml 的编号所属的地区，与文件夹所在的省、市、县不一致。

    为什么：机关会被归到错误的地区，地区合计也会出错。
    错：编号 410481100（河南省舞钢市）的机关放在山东省的文件夹之下。
    对：编号 410481100 的机关放在 reports/河南省/平顶山市/舞钢市/ 之下。
    怎么办：核对编号和文件夹，改正其中一个。
    """


@noted("答复没有对应的发现", Severity.WARNING, Kind.FILING)
def stale_answer() -> None:
    """什么：office.yml 的 answers 答复了一条发现，而这条发现现在没有了，或者在别的行。

    为什么：答复登在发现旁边。换了原文，或者本站的读法改了，发现可能消失，答复就不知道说的是什么。不影响发布，
    但应当有人看一看。
    错：答复的是 2021 年的“横向合计不符”，换成更正后的报告以后，各行合计都对得上。
    对：答复的是 2021 年的“横向合计不符”，这一年的报告有这条发现。
    怎么办：打开机关的页面，看这一年的核对结果。发现没有了的，删去这条答复；在别的行的，改正 place。
    """


@noted("答复对应不止一条发现", Severity.WARNING, Kind.FILING)
def unclear_answer() -> None:
    """什么：office.yml 的一条答复可以对应几条发现，或者同一条发现有两条答复。

    为什么：答复登在发现旁边，登错地方会让人误解。分不清的，本站不登。不影响发布。
    错：2021 年有两行“横向合计不符”，答复没有写明是哪一行。
    对：答复写有 place: 37，第 37 行只有一条“横向合计不符”。
    怎么办：用 place 写明发现所在的行号；答复重复的，只留一条。
    """
