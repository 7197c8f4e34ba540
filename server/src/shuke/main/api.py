"""The web app: every module's routes, and the console before them."""

from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from shuke.main.console import Console
from shuke.main.modules import MODULES
from shuke.platform.compose import compose
from shuke.platform.db import Database


def create_app(database: Database) -> FastAPI:
    """The whole web app on a database."""
    app = compose(MODULES, database, version=version("shuke"))
    # Appended, so that it stands inside the edge, which measures and dresses the console's answers too.
    app.user_middleware.append(Middleware(Console))
    return app
