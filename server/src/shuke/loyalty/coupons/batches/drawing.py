"""Codes as pictures: QR for cameras, Code 128 for the scanners of tills. SVG of lines and nothing else."""

import segno
from barcode.codex import Code128

_BAR, _HEIGHT, _QUIET, _TEXT = 2, 80, 10, 20


def qr_svg(code: str) -> str:
    """A QR code of a coupon's code."""
    return segno.make(code, error="m").svg_inline(scale=6, border=4, omitsize=True)


def bar_svg(code: str) -> str:
    """A bar code of a coupon's code with the code in clear below it. For codes of letters, digits, dots and dashes."""
    modules: str = Code128(code).build()[0]
    width = (len(modules) + 2 * _QUIET) * _BAR
    bars = "".join(
        f"M{(start + _QUIET) * _BAR} 8h{length * _BAR}v{_HEIGHT}h-{length * _BAR}z" for start, length in _runs(modules)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + 16 + _TEXT}">'
        f'<path fill="#fff" d="M0 0h{width}v{_HEIGHT + 16 + _TEXT}h-{width}z"/><path d="{bars}"/>'
        f'<text x="{width // 2}" y="{_HEIGHT + 10 + _TEXT}" font-family="monospace" font-size="18" '
        f'text-anchor="middle">{code}</text></svg>'
    )


def _runs(modules: str) -> list[tuple[int, int]]:
    """Where black bars begin, and how wide they are."""
    found, start = [], None
    for place, module in enumerate(f"{modules}0"):
        if module == "1" and start is None:
            start = place
        elif module == "0" and start is not None:
            found.append((start, place - start))
            start = None
    return found
