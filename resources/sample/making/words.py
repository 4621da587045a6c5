"""What applicants write of themselves, put together from phrases that fit their field and their kind."""

from __future__ import annotations

from random import Random

from resources.sample.making.cases import Case

FIELDS = {
    "计算机学院": ("人工智能与国产软件", "红芯领航"), "材料学院": ("先进合金与新能源材料", "百炼成钢"),
    "机械工程学院": ("高端装备与智能制造", "匠心筑梦"), "电气工程学院": ("新型电力系统", "电亮初心"),
    "化学化工学院": ("绿色化工", "红色催化剂"), "物理学院": ("量子信息与光学", "追光先锋"),
    "数学科学学院": ("应用数学与数据科学", "数说信仰"), "生命科学学院": ("生物育种与生态保护", "生生不息"),
    "土木工程学院": ("城市更新与防灾减灾", "基石先锋"), "环境与资源学院": ("流域治理", "碧水红帆"),
    "信通学院": ("卫星通信与芯片设计", "信达四方"), "经管学院": ("数字经济与乡村产业", "经世先锋"),
    "法学院": ("基层法治", "法治红帆"), "外国语学院": ("国际传播", "译心向党"),
    "人文学院": ("地方文献与非遗传承", "文以载道"), "马克思主义学院": ("理论宣讲", "真理星火"),
    "医学院": ("基础医学与健康科普", "仁心向党"), "药学院": ("创新药物", "本草先锋"),
    "艺术与设计学院": ("红色美育", "艺路同行"), "教育学院": ("基础教育帮扶", "启明先锋"),
    "农业与食品学院": ("粮食安全", "稻田党课"), "机关党委": ("作风建设与流程再造", "一站到底"),
    "离退休党工委": ("银龄助教与关心下一代", "银杏余晖"), "附属第一医院": ("急危重症救治", "生命守护"),
    "后勤集团": ("平安食堂与节能降耗", "暖心后勤"),
}  # fmt: skip  # unit → its field of work and the name of its brand

FOUNDATION = (
    "近三年累计开展主题党日{n}次，“三会一课”落实率100%，党员参加率保持在95%以上。",
    "建立“月计划、季点评、年述职”制度，把{field}中的难题列为支部攻关清单，三年办结{n}项。",
    "支部班子健全，书记落实“双带头人”培养要求，近三年发展党员{few}名，其中高层次人才{two}名。",
    "坚持理论学习与{field}同谋划、同部署，编印学习案例{few}期，形成可复制的学习流程。",
    "依托实验平台设立党员先锋岗{few}个、责任区{two}个，党员带头承担急难任务。",
)
FEATURES = (
    "打造“{brand}”党建品牌，以{field}为切入点，组建党员突击队{two}支，服务基层单位{few}家。",
    "与行业龙头企业、街道社区的党组织结对共建，把党课开到生产一线和田间地头，听众超过{n}0人次。",
    "探索“支部建在项目上”的做法，党员骨干牵头承担省级以上任务{few}项，相关经验在全校交流。",
    "推行“导师+辅导员+党员骨干”三级联系制度，覆盖全部学业困难和家庭困难学生。",
    "建立党员量化考评办法，从学习、育人、科研、服务四个维度按季度公示，形成比学赶超的氛围。",
)
GOALS = (
    "建设周期内对标“七个有力”逐项整改提升，形成制度文件{two}项，力争年度考核等次为“好”。",
    "一年内建成“{brand}”工作室1个，围绕{field}开展专题党课{few}场，带动同类支部{two}个。",
    "完善学习教育、组织生活、联系群众三张清单，党员参与志愿服务人均不少于{few}小时。",
    "到建设期满，把{field}方面的党员攻关机制固化为工作手册，在全院推广。",
)
OUTCOMES = (
    "形成1套支部工作法和典型案例{two}个，在校级以上平台发布推文{few}篇。",
    "发表党建研究论文{two}篇，制作“{brand}”微视频1部，汇编成果资料1本。",
    "培育校级思政工作品牌1个，建成线上学习专栏1个，年访问量超过{n}00次。",
    "经验在校内外推广不少于{two}次，辐射共建单位{few}家。",
)
UNIT_WORDS = (
    "党委落实第一议题制度，党委会会议和党政联席会议议事规则健全，所属党支部“七个有力”达标率100%。",
    "实施“头雁工程”，党支部书记“双带头人”比例达到100%，组织员、辅导员按规定配齐配强。",
)


def answers(case: Case, rng: Random) -> tuple[str, str, str]:
    """特色做法, 建设目标 and 预期成果 of an application: two to five sentences each."""
    practice = [*rng.sample(FOUNDATION, 2), *rng.sample(FEATURES, 2)]
    if not case.branch:
        practice[:1] = UNIT_WORDS
    return (
        "".join(_filled(phrase, case, rng) for phrase in practice),
        "".join(_filled(phrase, case, rng) for phrase in rng.sample(GOALS, rng.randint(2, 3))),
        "".join(_filled(phrase, case, rng) for phrase in rng.sample(OUTCOMES, rng.randint(2, 3))),
    )


def _filled(phrase: str, case: Case, rng: Random) -> str:
    field, brand = FIELDS[case.unit]
    return phrase.format(
        field=field, brand=brand, n=rng.randint(18, 60), few=rng.randint(4, 12), two=rng.randint(2, 3)
    )
