"""Invented names: people, clients, products. Any likeness is chance."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Split ``pinyin/characters`` pairs."""
    return tuple((word.split("/")[0], word.split("/")[1]) for word in text.split())


#: Family names as (pinyin, characters).
CN_FAMILY: Final = _pairs(
    "wang/王 li/李 zhang/张 liu/刘 chen/陈 yang/杨 zhao/赵 huang/黄 zhou/周 wu/吴 xu/徐 sun/孙 hu/胡 zhu/朱 gao/高 "
    "lin/林 he/何 guo/郭 ma/马 luo/罗 liang/梁 song/宋 zheng/郑 xie/谢 han/韩 tang/唐 feng/冯 yu/于"
)
CN_GIVEN: Final = _pairs(
    "lei/磊 fang/芳 wei/伟 na/娜 qiang/强 min/敏 jing/静 yong/勇 yan/艳 jie/杰 tao/涛 ming/明 chao/超 xia/霞 "
    "ping/平 gang/刚 yuhan/雨涵 zixuan/子轩 siyu/思雨 haoran/浩然 jiayi/佳怡 xinyi/欣怡 bowen/博文 ruoxi/若曦"
)
FAMILY: Final = {
    "DE": _words(
        "Albrecht Brandt Dietrich Engel Fuchs Graf Huber Jansen Keller Lorenz Meier Otto Peters Roth Seidel Vogel"
    ),
    "JP": _words("Abe Endo Fujita Goto Hayashi Ishii Kato Kimura Maeda Mori Nakano Okada Saito Takagi Ueda Yamada"),
    "SG": _words("Ang Chua Goh Ismail Koh Kumar Lim Menon Neo Ong Pillai Rahman Sim Tan Teo Yeo"),
    "BR": _words(
        "Almeida Barbosa Cardoso Dias Esteves Ferreira Gomes Lima Machado Nunes Pereira Ramos Silva "
        "Souza Teixeira Vieira"
    ),
}

GIVEN: Final = {
    "DE": _words("Anke Bernd Clara David Elif Felix Greta Hannes Ines Jonas Katja Lukas Mira Nils Oliver Petra"),
    "JP": _words("Aiko Daichi Emi Haruto Kenta Mai Naoki Riko Sho Yui Takumi Yuna"),
    "SG": _words("Aisha Benjamin Cheryl Darren Farah Gopal Huiling Jason Kavitha Marcus Nadia Weiming"),
    "BR": _words("Ana Bruno Camila Diego Elisa Fabio Gabriela Hugo Isabel Joao Larissa Mateus"),
}

PRODUCTS: Final = ("erp", "crm", "hospital", "warehouse")
PRODUCT_TITLES: Final = ("ERP roll-out", "CRM", "Hospital information system", "Warehouse management")
PRODUCT_TITLES_CN: Final = ("ERP实施", "客户关系管理", "医院信息系统", "仓储管理")
INDUSTRIES: Final = (
    ("manufacturing", "chemicals", "automotive", "food"),
    ("retail", "insurance", "telecom", "tourism"),
    ("health care", "health care", "health care", "health care"),
    ("logistics", "retail", "pharma", "automotive"),
)
CLIENT_STEMS: Final = _words(
    "Brightwater Corvane Delmira Estelon Fairhaven Granlund Hollisch Isarwerk Jorvald Kestrane "
    "Lumenfeld Maristo Norvanta Ostrava-Lind Palmera Quintavo Riverglen Solanto Tarnbeck Ulvena "
    "Verdantia Westmarch Xanterra Yorvik Zelkova"
)
CLIENT_STEMS_CN: Final = _words(
    "星河 东泽 恒润 瑞禾 华屿 明川 远桥 金澜 博安 云杉 海棠 天穹 盛源 长岭 清源 万禾 绿野 嘉木 晨曦 泰和"
)
CLIENT_ENDS: Final = (
    ("Industries", "Works", "Components", "Group"),
    ("Insurance", "Stores", "Telecom", "Travel"),
    ("Hospital", "Clinics", "Medical Centre", "Children's Hospital"),
    ("Logistics", "Freight", "Pharma", "Parts"),
)
CLIENT_ENDS_CN: Final = (
    ("机械", "化工", "汽车零部件", "食品"),
    ("零售", "保险", "通信", "旅游"),
    ("医院", "人民医院", "妇幼保健院", "中医院"),
    ("物流", "供应链", "医药", "仓储"),
)
REQUESTERS: Final = ("Finance", "Purchasing", "Production", "Sales", "IT department", "Quality", "Head nurse", "Audit")
REQUESTERS_CN: Final = ("财务部", "采购部", "生产部", "销售部", "信息科", "质量部", "护理部", "审计部")
REQUEST_KINDS: Final = ("report", "interface", "workflow", "field", "form", "authorisation")
REQUEST_KINDS_CN: Final = ("报表", "接口", "流程", "字段", "单据", "权限")
