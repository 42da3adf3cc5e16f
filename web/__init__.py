"""The web side: pages for people and a JSON API, over an index opened for reading."""

from flask import Flask
from jinja2 import StrictUndefined

from search.index import Index
from web import api, citing, current, failures, headers, pages


def create_app(index: Index) -> Flask:
    """Return the application that serves `index`."""
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    current.serve(app, index)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(citing.blueprint)
    app.register_blueprint(api.blueprint)
    failures.register(app)
    app.after_request(headers.secured)
    return app
