"""A statement as a page to be printed on A4. Plain HTML without scripts; whatever people wrote is escaped."""

from collections.abc import AsyncIterator, Iterable, Sequence
from html import escape

from shuke.platform.i18n import TAGS, Language, LocalName

from . import words
from .queries import Balances
from .views import Head, ToldLine

_STYLE = """
@page{size:A4;margin:15mm 12mm}
*{box-sizing:border-box}
body{font:10pt/1.45 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#000;
max-width:186mm;margin:8mm auto;padding:0 4mm;overflow-wrap:anywhere}
h1{font-size:16pt;margin:0 0 2mm}h2{font-size:11pt;margin:6mm 0 1mm}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}tr{break-inside:avoid}
th,td{border-bottom:.3pt solid #999;padding:1mm 1.5mm;text-align:left;vertical-align:top}
th{font-weight:600;white-space:nowrap}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.d{white-space:nowrap}footer{margin-top:6mm;color:#444}
@media print{body{margin:0;padding:0;max-width:none}}
"""
_PARTS = (words.TOTAL, words.AVAILABLE, words.PENDING, words.HELD, words.DEBT)


async def page(head: Head, lines: AsyncIterator[Sequence[ToldLine]], language: Language) -> AsyncIterator[bytes]:
    """The page piece by piece, so that thousands of entries need no memory."""
    yield _opening(head, language).encode()
    columns = (words.DAY, words.VERSION, words.WHY, words.ORDER, words.CHANGE, words.TOTAL)
    heading = _heading(columns, language, numbers={words.VERSION, words.CHANGE, words.TOTAL})
    yield f"<table><thead>{heading}</thead><tbody>".encode()
    is_empty = True
    async for some in lines:
        is_empty = False
        yield "".join(_line(told) for told in some).encode()
    if is_empty:
        yield f'<tr><td colspan="6">{words.NOTHING.pick(language)}</td></tr>'.encode()
    yield f"</tbody></table><footer>{words.NOTE.pick(language)}</footer></body></html>\n".encode()


def _opening(head: Head, language: Language) -> str:
    title = f"{words.STATEMENT.pick(language)} {head.number}"
    return (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(head.shop.pick(language))}</h1><p>{words.STATEMENT.pick(language)}</p>"
        f"{_about(head, language)}{_balances(head, language)}{_totals(head, language)}{_expiring(head, language)}"
        f"<h2>{words.ENTRIES.pick(language)}</h2>"
    )


def _about(head: Head, language: Language) -> str:
    generated = head.generated_at.astimezone(head.zone)
    rows = (
        (words.MEMBER, f"{head.number} {head.name or ''}".strip()),
        (words.ACCOUNT, head.currency.name.pick(language)),
        (words.PERIOD, f"{head.first} – {head.last}"),
        (words.GENERATED, f"{generated:%Y-%m-%d %H:%M} ({head.zone.key})"),
    )
    cells = (f"<tr><th>{name.pick(language)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{''.join(cells)}</table>"


def _balances(head: Head, language: Language) -> str:
    rows = "".join(
        f"<tr><th>{name.pick(language)}</th>{_numbers(_parts(balance))}</tr>"
        for name, balance in ((words.OPENING, head.opening), (words.CLOSING, head.closing))
    )
    columns = f"<tr><th></th>{''.join(_number_head(part, language) for part in _PARTS)}</tr>"
    return f"<h2>{words.SUMMARY.pick(language)}</h2><table>{columns}{rows}</table>"


def _totals(head: Head, language: Language) -> str:
    if not head.totals:
        return ""
    columns = (words.KIND, words.COUNT, words.ADDED, words.TAKEN)
    rows = "".join(
        f"<tr><td>{words.KINDS[one.kind].pick(language)}</td>{_numbers([one.entries, one.added, one.taken])}</tr>"
        for one in head.totals
    )
    heading = _heading(columns, language, numbers=set(columns[1:]))
    return f"<h2>{words.TOTALS.pick(language)}</h2><table>{heading}{rows}</table>"


def _expiring(head: Head, language: Language) -> str:
    if not head.expiring:
        return ""
    heading = _heading((words.LAST_DAY, words.AMOUNT), language, numbers={words.AMOUNT})
    rows = "".join(f'<tr><td class="d">{one.on}</td>{_numbers([one.amount])}</tr>' for one in head.expiring)
    return f"<h2>{words.EXPIRING.pick(language)}</h2><table>{heading}{rows}</table>"


def _line(told: ToldLine) -> str:
    entry = told.line.entry
    order = escape(told.order.number) if told.order else ""
    return (
        f'<tr><td class="d">{entry.business_day}</td><td class="n">{entry.version}</td><td>{escape(told.why)}</td>'
        f"<td>{order}</td>{_numbers([entry.amount, told.balance.total])}</tr>"
    )


def _heading(columns: Iterable[LocalName], language: Language, *, numbers: set[LocalName]) -> str:
    cells = (_number_head(name, language) if name in numbers else f"<th>{name.pick(language)}</th>" for name in columns)
    return f"<tr>{''.join(cells)}</tr>"


def _number_head(name: LocalName, language: Language) -> str:
    return f'<th class="n">{name.pick(language)}</th>'


def _numbers(values: Iterable[int]) -> str:
    return "".join(f'<td class="n">{value:,}</td>' for value in values)


def _parts(balance: Balances) -> list[int]:
    return [balance.total, balance.available, balance.pending, balance.held, balance.debt]
