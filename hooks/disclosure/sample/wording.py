"""The words of invented reports: sentences with gaps, and what may fill each gap.

``{us}`` is what the office calls itself, ``{place}`` its short name, ``{year}`` the year; ``{few}``, ``{some}`` and
``{many}`` are numbers that no table has. All other gaps are drawn from ``WORDS``.
"""

from __future__ import annotations

from disclosure.fictional import NOTICE

WORDS: dict[str, tuple[str, ...]] = {
    "when": (
        "年初以来", "按照年度计划", "结合本地实际", "根据上级部署", "围绕中心工作", "在往年基础上", "针对薄弱环节",
        "按月", "每季度", "上半年", "下半年", "汛期之前", "换届以后", "对照任务清单", "借助例会", "在规定时限内",
    ),
    "who": (
        "党政综合办", "信息公开专班", "各村和各站所", "便民服务中心", "分管负责人", "政务公开小组", "档案室",
        "财政所", "宣传办", "各科室", "各社区", "纪检监察办", "综合执法队", "司法所", "网格员", "农业服务中心",
        "党建办", "规划建设办",
    ),
    "how": (
        "逐项梳理", "集中更新", "定期核查", "重新编排", "分批整理", "专题研究", "及时补充", "逐条校对", "统一归档",
        "按类编目", "对外公示", "抽样检查", "交叉审核", "补录", "清理", "汇总上报",
    ),
    "what": (
        "惠农补贴台账", "项目建设信息", "办事指南和流程图", "村级财务公示", "应急预案目录", "会议纪要", "民生实事清单",
        "低保对象名册", "危房改造名单", "义务教育招生信息", "防汛责任人名单", "征地补偿方案", "公益岗位安置情况",
        "食品抽检结果", "环境整治进展", "权责清单", "财政预决算", "行政执法公示信息", "残疾人两项补贴", "医保缴费说明",
        "垃圾分类点位", "老旧小区改造计划", "河长巡查记录", "消防检查结果", "高标准农田项目", "公共文化活动安排",
    ),
    "result": (
        "群众查阅更加方便", "内容与实际保持一致", "过期栏目都已撤下", "问题当月整改到位", "答复时间明显缩短",
        "来电询问有所减少", "台账做到一事一档", "栏目设置更加清楚", "公开时限得到保证", "错别字和失效链接基本消除",
        "重点领域没有遗漏", "居民代表表示认可", "经办人员职责明确",
    ),
    "channel": (
        "门户网站", "微信公众号", "村务公开栏", "电子显示屏", "便民服务大厅", "政务新媒体", "广播", "社区公告栏",
        "档案馆查阅点", "图书馆查阅点", "网格微信群",
    ),
    "topic": (
        "乡村振兴", "就业创业", "社会救助", "安全生产", "生态环境", "公共卫生", "教育", "养老服务", "财政资金",
        "工程建设", "土地征收", "城市管理", "优化营商环境", "防灾减灾", "户籍办理", "基层治理",
    ),
    "training": (
        "《中华人民共和国政府信息公开条例》", "保密审查要求", "公文写作", "答复文书格式", "网站内容管理办法",
        "基层政务公开标准目录", "个人隐私保护", "典型案例",
    ),
    "lack": (
        "公开内容还不够丰富", "主动公开的意识有待加强", "解读形式比较单一", "个别栏目更新不够及时", "经办人员变动较多",
        "与群众的互动不足", "网站检索不够方便", "业务培训次数偏少", "重点领域公开深度不够", "档案数字化程度不高",
        "村级公开水平参差不齐", "新媒体影响力有限",
    ),
    "remedy": (
        "充实公开目录", "把公开纳入日常办文流程", "增加图解和问答", "建立更新提醒制度", "固定专人负责",
        "开设意见征集栏目", "优化检索和分类", "每季度组织一次学习", "对照标准目录逐项补齐", "加快旧档扫描",
        "结对指导村级公开", "整合现有账号", "完善考核办法", "邀请居民代表评议",
    ),
    "where": (
        "东河", "石桥", "柳林", "南湖", "新桥", "大营", "双庙", "朝阳", "幸福", "红旗", "前进", "龙泉", "北关", "西岭",
    ),
    "unit": ("村", "社区", "站所", "科室", "网格"),
}  # fmt: skip
NUMBERS = {"few": (2, 12), "some": (13, 300), "many": (300, 6000)}
"""From and to."""

OPENING = (
    "{year}年，{us}坚持以公开为常态、不公开为例外，认真贯彻落实《中华人民共和国政府信息公开条例》，{who}牵头，{how}{what}。",
    "{year}年，{place}围绕{topic}和{topic}，把政府信息公开作为联系群众的重要工作来抓，{result}。",
    "{year}年，在上级的指导下，{us}按照“谁制作、谁公开、谁负责”的原则推进政府信息公开，{when}{how}{what}。",
    "一年来，{us}对照{year}年政务公开工作要点，{when}{how}{what}，{result}。",
    "{year}年度，{place}政府信息公开工作以{topic}为重点，坚持依法、及时、准确，{who}{how}{what}。",
)
ACTIVE = (
    "{when}，{who}{how}{what}，{result}。",
    "通过{channel}公开{topic}信息{some}条，其中{what}{few}条。",
    "全年更新{channel}内容{many}条，涉及{topic}、{topic}等方面。",
    "在{where}{unit}和{where}{unit}新设公开栏{few}处，张贴{what}。",
    "{when}组织政务公开日活动{few}次，{some}名居民到场了解{topic}。",
    "围绕{topic}制作图解{few}篇，在{channel}发布，阅读{many}次。",
    "{what}由{who}负责，{when}{how}，并在{channel}同步发布。",
    "公开财政预决算和{what}，{where}{unit}的居民可以随时查阅。",
)
MANAGEMENT = (
    "{when}，{who}{how}{what}，{result}。",
    "落实信息发布审核制度，{who}初审、分管负责人复审，全年退回修改{few}次。",
    "对{what}实行动态管理，{when}{how}，失效内容及时标注。",
    "建立{what}更新台账，{who}{when}核对，{result}。",
    "规范公文属性认定，拟稿时明确{what}是否公开，{who}把关。",
)
PLATFORM = (
    "维护{channel}和{channel}，{when}{how}{what}，{result}。",
    "{channel}开设“{topic}”专栏，发布{what}等内容{some}条。",
    "在{where}{unit}设立查阅点，配备电脑{few}台，由{who}值守。",
    "{who}{when}检查{channel}的链接和附件，{result}。",
    "整合{channel}，停用旧账号{few}个，{result}。",
)
SUPERVISION = (
    "举办培训{few}期，学习{training}和{training}，参加{some}人次。",
    "把{topic}信息公开纳入{unit}年度考核，{who}{when}通报结果。",
    "{when}对{where}{unit}开展检查，发现问题{few}个，{result}。",
    "公布监督电话，{who}负责记录，群众对{what}的意见{few}条都已回应。",
    "邀请{some}名居民代表评议{what}，{result}。",
)
SHARED = (
    "本机关严格落实信息发布审核制度，做到先审查后公开。",
    "下一步将加强业务培训，提高工作人员的能力和水平。",
    "进一步拓宽公开渠道，主动接受社会各界的监督。",
)
"""Sentences that every office writes: templates, which the comparison of texts has to see through."""
TOPICS = (
    (("主动公开情况", "主动公开", "主动公开政府信息情况"), ACTIVE),
    (("依申请公开情况", "依申请公开", "依申请公开办理情况"), ()),
    (("政府信息管理情况", "政府信息管理", "政府信息资源规范化管理情况"), MANAGEMENT),
    (("平台建设情况", "平台建设", "政府信息公开平台建设情况"), PLATFORM),
    (("监督保障情况", "监督保障", "监督管理情况"), SUPERVISION),
)
"""The parts of section one: headings to choose from, and sentences. What is said of requests has numbers of its own."""
REQUESTS = (
    "全年新收政府信息公开申请{received}件，上年结转{carried_in}件，办结{handled}件，结转下年度{carried_out}件。",
    "{year}年，{us}新收政府信息公开申请{received}件，均按期答复，{who}{how}答复文书。",
    "本年度收到政府信息公开申请{received}件，主要涉及{topic}和{topic}，{result}。",
    "{us}共收到政府信息公开申请{received}件，涉及{topic}的由{who}承办，{when}回访申请人。",
)
NO_REQUESTS = (
    "{year}年，{us}未收到政府信息公开申请。",
    "本年度没有收到政府信息公开申请，{channel}公布的申请渠道保持畅通。",
    "全年未收到政府信息公开申请，{who}{when}检查了受理邮箱和电话。",
)
DISPUTES = (
    "因政府信息公开引起的行政复议{reconsideration}件。",
    "{year}年，政府信息公开行政复议{reconsideration}件，{us}按要求提交了证据材料。",
)
NO_DISPUTES = (
    "未发生因政府信息公开引起的行政复议。",
    "全年没有因政府信息公开提起的行政复议。",
)
PROBLEMS = (
    "{year}年，{us}的政府信息公开工作取得一定成效，但仍有不足：一是{lack}；二是{lack}。",
    "存在的主要问题：一是{lack}；二是{lack}；三是{lack}。",
    "对照{year}年的要求，{us}还有差距，主要是{lack}，{lack}。",
    "工作中仍存在{lack}、{lack}等问题，在{topic}方面比较明显。",
)
REMEDIES = (
    "改进措施：{remedy}，{remedy}，由{who}负责落实。",
    "下一步，{us}将{remedy}，{when}{how}{what}。",
    "针对上年指出的{lack}，{who}已经{how}{what}，{result}。",
    "今后将{remedy}，重点公开{topic}和{topic}信息，{remedy}。",
    "在{where}{unit}试行的做法将推广到其他{unit}，{remedy}。",
)
OTHER = (
    "本年度没有收取信息处理费，没有其他需要报告的事项。",
    "无其他需要报告的事项。",
    "{year}年度没有收取政府信息公开信息处理费。除此以外，没有其他需要报告的事项。",
    "按照《政府信息公开信息处理费管理办法》，{year}年没有收取信息处理费。没有其他需要报告的事项。",
)
INVENTED = f"（本报告是{NOTICE}。）"
"""The last words of every report: whoever sees no more than its text sees what it is."""
PREAMBLES = (
    (
        "本报告由{name}按照《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》要求编制。"
        "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    ),
    "根据《中华人民共和国政府信息公开条例》第五十条之规定，制作本报告。",
    (
        "本报告由{name}编制，数据统计期限为{year}年1月1日至{year}年12月31日。"
        "如对本报告有疑问，请与{name}联系（地址：{place}{where}路{some}号）。"
    ),
)
TITLES = (
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{year}年{name}政府信息公开工作年度报告",
    "{name}政府信息公开工作{year}年度报告",
    "{name}政府信息公开工作年度报告（{year}年度）",
    "{name}\n{year}年政府信息公开工作年度报告",
)
"""The last is broken over two lines."""
