"""A city just large enough to read tables for: four kinds, four titles, four areas, two enterprises."""

from __future__ import annotations

from duixian.credit_code import make_code
from duixian.rules.policy import City
from duixian.rules.region import Area, AreaKind, Region
from duixian.rules.vocabulary import FactKind, Field, FieldType, Round, Title, TitleAlias, Vocabulary

EAST = make_code("91", "320706", 1)
WEST = make_code("91", "320707", 2)
TRADER = make_code("92", "320706", 3)
EAST_NAME, WEST_NAME = "连云港东海样例装备有限公司", "连云港西海样例电气股份有限公司"


def _kind(name: str, *fields: Field, is_subject: bool = False) -> FactKind:
    return FactKind(name, {field.name: field for field in fields}, is_subject=is_subject)


_CODE = Field("统一社会信用代码", FieldType.CREDIT_CODE, is_required=True, aliases=("信用代码",))
_NAME = Field("企业名称", FieldType.TEXT, aliases=("单位名称", "企业"))
_ID = Field("编号", FieldType.IDENTIFIER, is_required=True, aliases=("认定编号", "序号"))

ENTERPRISE = _kind(
    "企业",
    _CODE,
    Field("企业名称", FieldType.TEXT, is_required=True, aliases=("单位名称",)),
    Field("曾用名", FieldType.TEXT),
    Field("所属地区", FieldType.AREA, aliases=("县区",)),
    Field("规上类别", FieldType.OPTION, options=("规上工业", "非规上")),
    Field("成立日期", FieldType.DATE),
    is_subject=True,
)
RECOGNITION = _kind(
    "认定",
    _ID,
    Field("统一社会信用代码", FieldType.CREDIT_CODE, aliases=("信用代码",)),
    _NAME,
    Field("称号", FieldType.TITLE, is_required=True, aliases=("荣誉名称",)),
    Field("级别", FieldType.LEVEL),
    Field("等级", FieldType.GRADE),
    Field("轮次", FieldType.ROUND),
    Field("对象", FieldType.TEXT),
    Field("日期", FieldType.DATE, aliases=("获评日期",)),
    Field("文号", FieldType.TEXT),
)
PROJECT = _kind(
    "投资项目",
    _ID,
    _CODE,
    _NAME,
    Field("项目名称", FieldType.TEXT),
    Field("类别", FieldType.OPTIONS, options=("智改数转网联", "基本建设", "技改升级")),
    Field("年度", FieldType.YEAR),
    Field("有效投入额", FieldType.MONEY, aliases=("设备投入",)),
    Field("竣工日期", FieldType.DATE),
    Field("存量企业", FieldType.FLAG),
    Field("设备台数", FieldType.COUNT),
)
PAYMENT = _kind(
    "已兑付",
    _ID,
    _CODE,
    Field("事实编号", FieldType.IDENTIFIER),
    Field("金额", FieldType.MONEY, is_required=True),
    Field("日期", FieldType.DATE),
)

TITLES = (
    Title(
        "智能工厂",
        levels=("省级", "国家级"),
        grades=(("基础级",), ("先进级",), ("卓越级",)),
        aliases=(TitleAlias("先进级智能工厂", "省级", "先进级"),),
    ),
    Title("专精特新小巨人", levels=("国家级",), aliases=(TitleAlias("国家级专精特新“小巨人”", "国家级"),)),
    Title("企业技术中心", levels=("市级", "省级", "国家级")),
    Title("CMMI", grades=(("3级",), ("4级",)), aliases=(TitleAlias("CMMI3", grade="3级"),)),
)

VOCABULARY = Vocabulary(
    kinds={kind.name: kind for kind in (ENTERPRISE, RECOGNITION, PROJECT, PAYMENT)},
    titles={title.name: title for title in TITLES},
    levels=("市级", "省级", "国家级"),
    level_aliases={"国家": "国家级", "省": "省级"},
    grade_aliases={"三级": "3级"},
    round_aliases={"入选": Round.AWARDED, "复核": Round.RENEWED},
)
REGION = Region(
    {
        area.name: area
        for area in (
            Area("320700", "连云港市", AreaKind.CITY),
            Area("320701", "市辖区", AreaKind.PLACEHOLDER, parent="连云港市"),
            Area("320706", "海州区", AreaKind.DISTRICT, ("海州", "新浦区"), "连云港市"),
            Area("320707", "赣榆区", AreaKind.DISTRICT, ("赣榆县",), "连云港市"),
            Area("320771", "经济技术开发区", AreaKind.ZONE, ("市开发区", "开发区"), "连云港市"),
            Area("", "高新区", AreaKind.ZONE, ("开发区",), "连云港市"),
        )
    },
    {},
)
CITY = City("连云港市", VOCABULARY, REGION, (), {})
