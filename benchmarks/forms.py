"""绩效 forms: one for each project, goals in a budget, review in a final account."""

from collections.abc import Iterable, Iterator

from benchmarks.blocks import Table
from benchmarks.model import Facts, Project

_GOALS_HEADER = (
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "二级指标",
    "三级指标",
    "指标值",
)


def whole_yuan(amount: int) -> str:
    """Return an amount in 元 as the forms print it: 2,170,000."""
    return f"{amount * 100:,}"


def goal_forms(facts: Facts, projects: Iterable[Project]) -> Iterator[Table]:
    """Yield 项目支出绩效目标表 of the projects."""
    of = facts.organisation
    owner = of.parent or of.name
    title = f"{of.name[:3]}级预算部门（单位）项目支出绩效目标表"
    for project in projects:
        money = whole_yuan(project.amount)
        sources = (
            ("其中：中央财政资金", "0"),
            ("省级财政资金", "0"),
            ("市县（区）财政资金", "0" if project.source == "单位资金" else money),
            ("单位自筹", money if project.source == "单位资金" else "0"),
        )
        rows: list[tuple[str, ...]] = [
            ("项目名称", "", project.name, "", "", "", "", ""),
            ("主管部门及代码", "", f"{of.parent_code}-{owner}", "", "实施单位", "", of.name, ""),
            ("项目属性", "", "经常性项目（长期开展）", "", "项目期", "", "3年", ""),
            ("项目资金（元）", "实施期资金总额：", whole_yuan(project.amount * 3), "",
             "年度资金总额：", money, "", ""),
        ]  # fmt: skip
        for name, value in sources:
            period = "0" if value == "0" else whole_yuan(project.amount * 3)
            rows.append(("", name, period, "", name, value, "", ""))
        overview = _overview(project)
        texts = (
            ("项目概况", overview),
            ("立项依据", f"《{project.name}管理办法》及年度工作计划"),
            ("项目设立必要性", f"履行部门职能，{project.purpose}"),
            ("保证项目实施的制度、措施", "严格执行财务管理制度，专款专用"),
            ("项目实施计划", f"{facts.year}年1月至12月按进度实施"),
        )
        rows += [(name, text, "", "", "", "", "", "") for name, text in texts]
        rows.append(("实施期目标", "", "", "", "年度目标", "", "", ""))
        rows.append(("总体目标", project.purpose, "", "", "", project.purpose, "", ""))
        rows += _indicators(project)
        rows.append(
            (
                "负责人：",
                "",
                "经办人：",
                "",
                "联系电话：",
                "",
                "填报日期：",
                f"{facts.year - 1}1215",
            )
        )
        yield Table(title, (f"（{facts.year}年度）",), (), tuple(rows))


def _overview(project: Project) -> str:
    parts = "、".join(f"{name}{amount / 100:.2f}万元" for name, amount in project.parts)
    return f"{project.purpose}。其中：{parts}，共需资金{project.amount / 100:.2f}万元。"


def _indicators(project: Project) -> list[tuple[str, ...]]:
    entries = (
        ("产出指标", "数量指标", "服务对象人数", f"≥{project.people}人"),
        ("", "质量指标", "任务完成合格率", "≥95%"),
        ("", "时效指标", "资金支付及时率", "100%"),
        ("", "成本指标", "项目总成本", f"≤{project.amount / 100:.2f}万元"),
        ("效益指标", "社会效益指标", "公共服务水平", "提高"),
        ("满意度指标", "服务对象满意度", "群众满意度", "≥90%"),
    )
    rows: list[tuple[str, ...]] = [_GOALS_HEADER]
    for first, second, name, value in entries:
        rows.append(("", first, second, name, value, second, name, value))
    return rows


def review_forms(facts: Facts) -> Iterator[Table]:
    """Yield 项目支出绩效自评表 of the projects that were planned."""
    of = facts.organisation
    owner = of.parent or of.name
    plans = {project.name: project for project in facts.plan.projects}
    for project in facts.figures.projects:
        plan = plans[project.name]
        whole = plan.amount + plan.carried
        money = [f"{value / 100:.2f}" for value in (plan.amount, plan.amount, whole,
                 project.amount, whole - project.amount)]  # fmt: skip
        rate = f"{project.amount / whole * 100:.2f}"
        rows = (
            ("项目名称", "", project.name, "", "", "", "", "", "", ""),
            ("主管部门及代码", "", f"{of.parent_code}-{owner}", "", "", "预算单位", "",
             f"{of.code}-{of.name}", "", ""),
            ("项目资金预算安排及执行进度（万元）", "资金总额：", "年初预算数", "", "全年预算数",
             "全年执行数", "资金结（转）余", "执行率", "得分", "偏差原因分析及改进措施"),
            ("", "", "目标申报数", "预算编制数", "", "", "", "", "", ""),
            ("", "", *money, rate, f"{float(rate) / 10:.2f}", ""),
            ("项目年度绩效目标", "", "年度目标", "", "", "", "实际完成情况", "", "", ""),
            ("", "", project.purpose, "", "", "", "已完成年度目标", "", "", ""),
            ("绩效指标", "一级指标", "二级指标", "三级指标", "年初指标值", "调整后指标值",
             "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
            ("", "产出指标", "数量指标", "服务对象人数", f"≥{project.people}人",
             f"≥{project.people}人", f"{project.people}人", "20", "20", ""),
            ("", "", "质量指标", "任务完成合格率", "≥95%", "≥95%", "98%", "20", "20", ""),
            ("", "满意度指标", "服务对象满意度", "群众满意度", "≥90%", "≥90%", "95%", "10", "10"),
            ("总分", "", "", "", "", "", "", "", f"{80 + float(rate) / 10:.2f}", ""),
        )  # fmt: skip
        title = f"{project.name}项目支出绩效自评表"
        yield Table(title, (f"（{facts.year}年度）",), (), rows)
