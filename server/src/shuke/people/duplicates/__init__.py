"""Members who are probably one person: found in the background, judged by people, merged."""

__all__: list[str] = []
