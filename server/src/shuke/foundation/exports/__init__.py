"""Lists as files: asked for, made in the background, watermarked, fetched, forgotten."""

__all__: list[str] = []
