"""The rules that the stages before this one apply: they report a ``Note`` by the name of one of these."""

from __future__ import annotations

from disclosure.check.registry import noted
from disclosure.model import Kind, Severity


@noted("文件是空的", Severity.ERROR, Kind.READING)
def empty_file() -> None:
    """什么：文件里没有任何可见的文字。

    为什么：空文件没有可以公布的内容。其他机关的报告照常发布。
    错：2021.txt 的大小是 0，或只有空格和空行。
    对：2021.txt 载有报告全文。
    怎么办：重新下载或复制原文，再放到同一位置。
    """


@noted("文字编码读不出", Severity.ERROR, Kind.READING)
def unreadable_encoding() -> None:
    """什么：文件的文字编码不是本站认得的几种，或其中有损坏的字节。

    为什么：编码认错，汉字会变成乱码，数字也可能出错。本站不猜测。
    错：文件中间混有两种编码，或有被截断的字节。
    对：文件以 UTF-8 或 GB18030 编码保存。
    怎么办：用文本编辑器打开原文，另存为 UTF-8 编码。
    """


@noted("文件格式不支持", Severity.ERROR, Kind.READING)
def unsupported_format() -> None:
    """什么：文件的后缀不是本站能读的格式。

    为什么：读不了的文件，其中的数字本站一个也不公布。
    错：2021.docx（本站目前读纯文本）。
    对：2021.txt，内容是从原文复制的正文和表格。
    怎么办：用原来的软件打开，把正文连同表格复制到纯文本里，另存为 UTF-8 编码的 .txt 文件。
    """


@noted("后缀与内容不符", Severity.ERROR, Kind.READING)
def wrong_suffix() -> None:
    """什么：文件的内容不是后缀所说的格式。

    为什么：按错误的格式读，会读不出内容，或读错。
    错：2021.txt 的内容其实是一份 PDF。
    对：2021.txt 的内容是纯文本。
    怎么办：用原来的软件打开，把正文连同表格复制到纯文本里，另存为 UTF-8 编码的 .txt 文件。
    """


@noted("没有文字层", Severity.ERROR, Kind.READING)
def no_text_layer() -> None:
    """什么：PDF 只有扫描的图片，没有可以复制的文字。

    为什么：从图片认字容易认错数字，本站不做图片识别。
    错：一份用扫描仪生成的 PDF。
    对：从网页或办公软件复制、另存为 2021.txt 的正文。
    怎么办：在机关网站上找网页版或 Word 版，或者请该机关提供文字版。
    """


@noted("文件过大", Severity.ERROR, Kind.READING)
def file_too_large() -> None:
    """什么：文件超过本站读取的上限。

    为什么：年度报告通常只有几十 KB。过大的文件多半混入了图片或其他内容，读取会拖慢整个网站的生成。
    错：一个 30 MB 的 2021.txt。
    对：一个 20 KB 的 2021.txt。
    怎么办：只保留报告的文字和表格。
    """


@noted("文件打不开", Severity.ERROR, Kind.READING)
def unreadable_file() -> None:
    """什么：文件存在，但打不开。

    为什么：可能是没有读取的权限，或者路径指向了别处。打不开的文件，其中的数字一个也读不到。
    错：一个没有读取权限的 2021.txt。
    对：一个可以正常打开的 2021.txt。
    怎么办：检查路径和文件权限。
    """


@noted("不像年度报告", Severity.ERROR, Kind.READING)
def not_an_annual_report() -> None:
    """什么：文件能读，但其中没有年度报告的标题、章节或表格。

    为什么：把新闻或通知当作年度报告发布，会误导读者。
    错：一篇关于政务公开培训会的新闻。
    对：一份有六个部分、三张表的政府信息公开工作年度报告。
    怎么办：核对是否放错了文件。
    """


@noted("没有标题", Severity.NOTICE, Kind.READING)
def title_missing() -> None:
    """什么：文件中没有找到写明机关和年份的标题。

    为什么：没有标题，就要靠前言或存放位置来判断这是谁的、哪一年的报告。
    错：文件从“本报告由某街道办事处编制”开始。
    对：文件从“某街道办事处2021年政府信息公开工作年度报告”开始。
    """


@noted("表格中有不认识的行", Severity.NOTICE, Kind.READING)
def unknown_row() -> None:
    """什么：表格中有一行，名称不在国家统一的表格之内。

    为什么：有的地方在统一表格之外加了行。这些数字照原文保留在源文件页，不并入统一的项目。
    错：表二多出一行“行政征收”。
    对：表二只有统一表格规定的各行。
    """


@noted("表格名称有误", Severity.NOTICE, Kind.SOURCE)
def label_misprint() -> None:
    """什么：表格中某一行或某一列的名称，与国家统一表格的写法不同，但看得出是哪一项。

    为什么：名称写错不影响数字，本站仍按这一项收录，并在此说明。
    错：“本年度止件数”。
    对：“本年废止件数”。
    """


@noted("金额单位不同", Severity.NOTICE, Kind.READING)
def unit_differs() -> None:
    """什么：金额旁边印有单位，而表头规定的是另一个单位。

    为什么：单位不同的金额不能直接比较、相加。本站不换算，也不采用这个数字，只在源文件页保留原文。
    错：表头的单位是万元，表中印作“240元”。
    对：表头的单位是万元，表中印作“0.024”。
    """


@noted("数字无法辨认", Severity.WARNING, Kind.READING)
def unreadable_number() -> None:
    """什么：应填数字的地方印有文字，但读不出一个确定的数。

    为什么：“约11”不是 11，“1O”也许是 10，本站不猜。这一行写作“未见”，所印的文字列在机关页面上。
    错：行政许可：约11。
    对：行政许可：11。
    """


@noted("栏目次序不同", Severity.WARNING, Kind.READING)
def columns_exchanged() -> None:
    """什么：表头的栏目次序与统一格式不同。

    为什么：栏目和数字一起换了位置，合计仍然成立，读错了也看不出来。本站不采用这张表的数字。
    错：表三的表头依次是“自然人、社会公益组织、科研机构、商业企业……”。
    对：表三的表头依次是“自然人、商业企业、科研机构、社会公益组织……”。
    怎么办：对照原文。如果是转换文件时弄乱的，请提供次序正确的版本。
    """


@noted("重复的行被去掉", Severity.ERROR, Kind.READING)
def lines_removed() -> None:
    """什么：文件里没有任何两行相同，而表格的表头本应多次出现。

    为什么：有的程序提取文字时会去掉重复的行。相同的数字也会丢失，剩下的数字不知道属于哪一行哪一列，本站都不采用。
    错：“信息内容”应出现四次，文件里只有一次；许多行后面没有数字。
    对：从原件完整复制的文字，表头和数字该重复的都重复。
    怎么办：换成原件（Word、PDF 或网页），或重新复制全文。
    """


@noted("每行只有一个总计", Severity.NOTICE, Kind.READING)
def lone_totals() -> None:
    """什么：表三每行只印出一个数，其余各栏是空的。

    为什么：空的栏目在提取文字时会消失，剩下的一个数紧挨着行名，看起来像第一栏“自然人”。
    这些数作为“总计”符合表内全部关系，本站按总计收录，其他栏目写作“未填”。
    错：本年新收：44（其余六栏没有数字）。
    对：本年新收：40、4、0、0、0、0、44。
    """


@noted("按次序归位的行", Severity.NOTICE, Kind.READING)
def rows_by_order() -> None:
    """什么：表三有的行没有读到名称，只有数字。

    为什么：从 PDF 提取文字时，行名和数字会分开。数字的行数与表格相同、次序不与读到的行名冲突，
    而且表内全部关系都成立时，本站按次序归位，并标明“归位”；否则不采用。
    错：一行只有“0 0 0 0 0 0 0”，不知道是哪一项。
    对：“（一）予以公开 0 0 0 0 0 0 0”。
    """


@noted("同一张表出现两次", Severity.WARNING, Kind.READING)
def table_printed_twice() -> None:
    """什么：同一张表在文件里不止一处，而且数字不同。

    为什么：可能正文引用了上一年的表，也可能一个文件里有两份报告。取哪一处都可能张冠李戴，本站都不采用。
    错：总体情况里附有上一年的申请情况表，后面又有本年的表。
    对：每张表只有一处；或者两处的数字完全相同。
    怎么办：如果是两份报告，请分成两个文件；如果引用了旧表，请提供只有本年表格的版本。
    """


@noted("有数字没有归处", Severity.WARNING, Kind.READING)
def unplaced_number() -> None:
    """什么：表格附近有数字，但不能确定它属于哪一行哪一列。

    为什么：归错位置的数字比没有数字更糟。这些数字留在源文件页，不进入表格。
    错：一行印出 9 个数，而这一行只有 7 列。
    对：一行印出 7 个数，与 7 列一一对应。
    """


@noted("原文的数字不全", Severity.WARNING, Kind.READING)
def numbers_lost() -> None:
    """什么：表格中一行或几行的数字少于应有的个数。

    为什么：数字可能在转换格式时丢失。能由勾稽关系确定的，本站标明“归位”或“推得”；不能确定的，写作“不定”，不当作 0。
    错：一行应有 7 个数，只印出 6 个。
    对：一行印出 7 个数。
    """


@noted("机关未登记", Severity.ERROR, Kind.FILING)
def unknown_office() -> None:
    """什么：文件所在的文件夹没有 office.yml，不知道是哪个机关。

    为什么：每份报告都要归到一个机关名下，网页地址由机关的编号决定。
    错：reports/河南省/某市/某县/某镇人民政府/ 之下只有 2021.txt。
    对：同一文件夹之下有 2021.txt 和 office.yml。
    怎么办：在文件夹中加入 office.yml，写法见“参与”页。
    """


@noted("同一年有两个文件", Severity.ERROR, Kind.FILING)
def duplicate_report() -> None:
    """什么：同一机关同一年有两个文件。

    为什么：本站不能替读者决定以哪一个为准。
    错：同一文件夹之下有 2021.txt 和 2021.md。
    对：同一文件夹之下只有 2021.txt。
    怎么办：保留较完整的一个，把另一个移走。
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
