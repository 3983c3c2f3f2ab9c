"""What the demo city makes (虚构城市的行业): trades with their words, products and statistical classes, all invented.

Classes are those of GB/T 4754—2017; ``directions`` are the 1+3+4 of 连政办发〔2023〕36号. Weights are shares of the city in
per mille, chosen to look like a port with chemicals, silicon and machines, not taken from statistics.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sector:
    """A trade of the demo city (行业): ``words`` end a name, ``products`` are what facts are about.

    ``investments`` are the project categories (投资项目.类别) that B四（三） lists; ``deliveries`` what B四（四） lists.
    """

    words: tuple[str, ...]
    code: str
    weight: int
    products: tuple[str, ...]
    directions: tuple[str, ...] = ()
    investments: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    is_manufacturing: bool = True

    @property
    def is_equipment(self) -> bool:
        """Whether the trade belongs to the equipment industry (装备制造业)."""
        return bool(self.directions)


SCENE, ELECTRIC_SHIP = "智能网联汽车典型应用场景", "电动船舶"

# fmt: off
OFFSHORE = Sector(
    ("海工装备", "海洋装备", "流体装卸设备", "海洋工程设备"), "3737", 22,
    ("智能船用装卸臂", "水下巡检装置", "岸电接驳装备", "海上起重机", "低温装卸接头"),
    ("海洋装备",), (), ("智能船用装卸臂", "LNG储运装备", "深海油气开发装备", "深海油气开发核心工艺装置"),
)
SHIPYARD = Sector(
    ("船舶制造", "船舶重工", "船业"), "3731", 14,
    ("电动内河货船", "电动港作拖轮", "多功能锚艇", "养殖工船"),
    ("海洋装备", "船舶修造"), ("电动船舶制造", "其他电动船舶配套"), (ELECTRIC_SHIP, "LNG运输船舶"),
)
DESALINATION = Sector(
    ("海水淡化设备", "水处理装备", "膜科技"), "3463", 10,
    ("反渗透膜组件", "能量回收装置", "高压泵组", "海水淡化成套装置"),
    ("海洋装备",), ("海水淡化设施设备",), ("其他海工装备",),
)
WIND = Sector(
    ("风电设备", "新能源装备", "电力装备"), "3415", 30,
    ("风电叶片模具", "塔筒法兰", "变桨轴承", "风电主控系统"),
    ("能源装备",),
)
MOTORS = Sector(
    ("电机", "驱动技术", "电气"), "3812", 20,
    ("永磁同步电机", "高效变频电机", "伺服驱动器"),
    ("智能制造装备",), ("高效节能电机",),
)
BATTERIES = Sector(
    ("电池科技", "储能科技", "锂能"), "3841", 18,
    ("储能电池簇", "动力电池模组", "电池管理系统", "氢燃料电池堆"),
    ("能源装备", "汽车零部件"), ("动力电池", "储能电池", "氢燃料电池", "3C电池", "电池管理系统", "其他电池"),
)
CAR_PARTS = Sector(
    ("汽车部件", "车辆科技", "汽车电子"), "3670", 45,
    ("制动卡钳", "轮速传感器", "车载域控制器", "轻量化摆臂"),
    ("汽车零部件",), (SCENE,),
)
ROBOTS = Sector(
    ("智能装备", "自动化科技", "机器人"), "3491", 30,
    ("码垛机器人", "焊接工作站", "巡检无人艇", "视觉检测装备"),
    ("智能制造装备",), (SCENE,),
)
MINING = Sector(
    ("重型机械", "矿山机械", "工程机械"), "3511", 30,
    ("圆锥破碎机", "带式输送机", "振动筛", "煤矿钻机"),
    ("工程装备",),
)
TEXTILE_MACHINES = Sector(
    ("纺织机械", "纺机", "非织造装备"), "3551", 20,
    ("起毛机", "非织造生产线", "碳纤维专用织机"),
    ("纺织机械",),
)
REFINING = Sector(
    ("石化装备", "压力容器", "阀门"), "3521", 28,
    ("加氢反应器", "换热器", "低温球阀", "油气回收装置"),
    ("炼化及油气装备",), (), ("深海油气开发核心工艺装置", "LNG储运装备"),
)
CHEMICALS = Sector(
    ("化工", "新材料", "精细化学"), "2651", 95,
    ("聚碳酸酯", "环氧树脂", "碳纤维原丝", "光伏级胶膜料"),
)
SILICON = Sector(
    ("石英制品", "硅材料", "晶体科技"), "3099", 75,
    ("石英坩埚", "球形硅微粉", "石英光纤套管"),
)
MEDICINE = Sector(
    ("制药", "医疗器械", "生物科技"), "2720", 55,
    ("中药颗粒", "一次性输注器", "缓释片", "检测试剂盒"),
)
BUILDING = Sector(
    ("建材", "节能门窗", "装配式建筑科技", "防水材料"), "3021", 70,
    ("加气混凝土板", "断桥铝合金窗", "再生骨料", "防水卷材"),
)
METALS = Sector(
    ("特钢", "金属制品", "精密铸造"), "3130", 55,
    ("合金棒材", "镍铁", "耐热铸件"),
)
ELECTRONICS = Sector(
    ("电子科技", "光电", "半导体材料"), "3985", 45,
    ("环氧塑封料", "陶瓷基板", "光模块"),
)
FOOD = Sector(
    ("食品", "水产", "农业科技"), "1361", 95,
    ("紫菜制品", "冻干果蔬", "鱼糜制品"),
)
TEXTILES = Sector(
    ("纺织", "服饰", "家纺"), "1711", 70,
    ("功能面料", "无缝内衣", "色纺纱"),
)
SOFTWARE = Sector(
    ("软件", "信息技术", "数据科技", "智能科技"), "6513", 75,
    ("生产执行系统", "设备健康管理平台", "港航调度系统", "工业质检大模型", "能碳管理系统", "供应链协同平台"),
    is_manufacturing=False,
)
SERVICES = Sector(
    ("科技服务", "创业服务", "检测认证"), "7531", 58,
    ("中小企业服务云", "检测公共平台", "创业孵化基地"),
    is_manufacturing=False,
)
PUBLIC = Sector((), "9224", 0, ("园区能源中心", "公共服务大厅"), is_manufacturing=False)
# fmt: on

SECTORS = (
    OFFSHORE, SHIPYARD, DESALINATION, WIND, MOTORS, BATTERIES, CAR_PARTS, ROBOTS, MINING, TEXTILE_MACHINES, REFINING,
    CHEMICALS, SILICON, MEDICINE, BUILDING, METALS, ELECTRONICS, FOOD, TEXTILES, SOFTWARE, SERVICES,
)  # fmt: skip
"""The trades of enterprises; :data:`PUBLIC` is for bodies that make nothing."""
