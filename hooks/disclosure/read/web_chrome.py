"""What stands on the pages of government websites around an article: the words that menus, heads and feet print.

A vocabulary, not a parser: to have another wording cut off, add it to one of the lists.
"""

from __future__ import annotations

import re


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words.split()))})"


_LONGEST = 160
"""Characters of a line that can be page chrome."""

_FIELD_WORDS = """
    作者 编辑 责任编辑 责编 审核 审稿 校对 发布人 录入 供稿 来源 标签 关键词 关键字 名称 信息名称 标题 文号 发文字号
    发文机关 发布机构 发布单位 制发机关 公开主体 公开责任部门 信息分类 分类 所属分类 主题分类 体裁分类 组配分类
    服务对象分类 主题词 公开方式 公开形式 公开时限 公开范围 公开程序 公开类别 有效性 时效性 效力状态 内容概述 语种
    载体类型 成文日期 分享 分享到 主办 主办单位 承办 承办单位 协办 协办单位 维护单位 技术支持 备案号 访问量
    浏览 浏览量 点击数 点击量 点击率 阅读量 访问人数 字体 字号 相关链接 相关信息 相关文章 相关阅读 相关新闻 相关附件
"""
"""Words that a report may use too: only before a colon, or alone, are they the name of a field."""
_FIRST_WORDS = """
    索引号 信息索引号 索取号 信息索取号 发布时间 发布日期 发文日期 生成日期 生成时间 更新时间 浏览次数 点击次数
    阅读次数 访问次数 信息来源 文章来源 稿件来源 字体大小 文字大小 视力保护色 当前位置 当前所在位置 您现在的位置
    您当前的位置 您的位置 您所在的位置 您当前所在位置 所在位置 上一篇 下一篇 上一条 下一条 上一页 下一页 友情链接
    网站链接 扫一扫 扫描二维码 微信扫 手机扫 网站标识码 政府网站标识码 版权所有 网站首页 设为首页 加入收藏 站内搜索
    热门搜索 今天是 您是第 本站访问 总访问 网站地图
"""
"""Words that begin no line of a report."""
_BUTTON_WORDS = """
    打印 打印本页 打印页面 打印文章 关闭 关闭窗口 关闭本页 关闭页面 收藏 收藏本页 分享 分享到 返回 返回顶部 返回首页
    回到顶部 回顶部 顶部 首页 大 中 小 特大 搜索 检索 查询 登录 注册 退出 无障碍 无障碍浏览 无障碍阅读 长者模式
    长者助手 长者版 适老化 关怀版 语音播报 繁体 繁體 简体 繁 简 English EN 手机版 移动版 电脑版 客户端 微信 微博
    小程序 RSS QQ空间 新浪微博 腾讯微博 朋友圈 微信好友 网站地图 站点地图 联系我们 关于我们 关于本站 网站声明
    隐私声明 免责声明 使用帮助 我要纠错 纠错 网站纠错 政府网站找错 收藏本站 复制链接 已失效 文件已失效 文件失效
    现行有效 有效 失效 废止 文件已废止 正文 文章正文 详细内容 下载 文字版下载 听全文 字体 字号 默认 更多 更多>> 展开
    收起 公众号 二维码
"""
"""A line of nothing but these is a row of buttons, or a mark that the website puts on a file."""
_CONTACT_WORDS = """
    地址 联系地址 办公地址 单位地址 电话 联系电话 值班电话 办公电话 咨询电话 传真 邮编 邮政编码 邮箱 电子邮箱 网址
    办公时间 相关文档 相关政策 相关解读 相关推荐 推荐阅读 热点推荐
"""
"""Words with which a report may begin a line of its own: they tell only outside the element that holds the report."""
_FIELD_NAMES = frozenset((*_FIELD_WORDS.split(), *_FIRST_WORDS.split()))
_BUTTONS = frozenset(_BUTTON_WORDS.split())
_FIELD = re.compile(f"{_any_of(_FIRST_WORDS)}|{_any_of(_FIELD_WORDS)}(?:[:：]|$)|首页[>＞»›→/-]")
"""The first words of a line, its blanks taken out: a field of the page, or the path to it."""
_CONTACT = re.compile(f"{_any_of(_CONTACT_WORDS)}(?:[:：]|$)")
_ANYWHERE = re.compile(
    r"ICP备|公网安备|网站标识码|Copyright|©|版权所有|All Rights Reserved|分辨率|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)[:：]|字(?:体|号)(?:大小)?[:：]?.{0,3}大.{0,3}中.{0,3}小|"
    r"(?:发布|更新)(?:时间|日期)[:：]|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d{2}",
    re.IGNORECASE,
)
"""What makes a line chrome wherever it stands in it."""
_FEWEST_FIELDS = 2
_PARTS = re.compile(r"[\s|｜/／·•>＞»\[\]【】()（）:：,，、]+")
_OPENING = " \t[【(（<《|·•>"
_SENTENCE_END = "。"
_ALWAYS = re.compile(r"ICP备|公网安备|网站标识码|版权所有|Copyright", re.IGNORECASE)


def is_chrome(line: str) -> bool:
    """Whether a line by its words belongs to the website, not to the article.

    >>> is_chrome("发布时间：2024-01-20 浏览次数：12"), is_chrome("【打印】 【关闭】"), is_chrome("2024年1月20日")
    (True, True, False)
    """
    if len(line) > _LONGEST:
        return False
    if _SENTENCE_END in line:
        return _ALWAYS.search(line) is not None
    parts = [part for part in _PARTS.split(line) if part]
    if parts and _BUTTONS.issuperset(parts):
        return True
    return _FIELD.match("".join(line.lstrip(_OPENING).split())) is not None or _ANYWHERE.search(line) is not None


def is_chrome_outside(line: str) -> bool:
    """Whether a line outside the element that holds the report belongs to the website: also by how to reach it.

    >>> is_chrome_outside("联系电话：010-00000000 传真：010-00000001"), is_chrome("联系电话：010-00000000")
    (True, False)
    """
    plain = _SENTENCE_END not in line and len(line) <= _LONGEST
    return is_chrome(line) or (plain and _CONTACT.match("".join(line.lstrip(_OPENING).split())) is not None)


def is_fact_sheet(rows: tuple[str, ...]) -> bool:
    """Whether the rows, cells between tabs, are the sheet of facts that websites put above an article (索引号 …)."""
    cells = [part.strip("：: ") for row in rows for part in row.split("\t")]
    named = ["".join(cell.split()) for cell in cells]
    return sum(name in _FIELD_NAMES or _FIELD.match(name) is not None for name in named) >= _FEWEST_FIELDS
