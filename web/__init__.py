"""The web side: pages for people and a JSON API, over an index opened for reading."""

from flask import Flask
from jinja2 import StrictUndefined

from search.index import Index
from web import (
    access,
    addresses,
    amounts,
    api,
    caching,
    checks,
    citing,
    compare,
    compression,
    coverage,
    current,
    discovery,
    documentation,
    endpoints,
    exporting,
    failures,
    headers,
    help,
    limits,
    organisations,
    pages,
    projects,
)


def create_app(
    index: Index, *, rate: str = "", proxies: int = 0, seconds: float | None = None
) -> Flask:
    """Return the application that serves `index`; see `limits.register`.

    A query that takes longer than `seconds` is answered with what was found by then.
    """
    app = Flask(__name__)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    current.serve(app, index, seconds)
    app.register_blueprint(addresses.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(amounts.blueprint)
    app.register_blueprint(amounts.api)
    app.register_blueprint(citing.blueprint)
    app.register_blueprint(compare.blueprint)
    app.register_blueprint(compare.api)
    app.register_blueprint(projects.blueprint)
    app.register_blueprint(projects.api)
    app.register_blueprint(exporting.blueprint)
    app.register_blueprint(coverage.blueprint)
    app.register_blueprint(coverage.api)
    app.register_blueprint(organisations.api)
    app.register_blueprint(help.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(checks.blueprint)
    app.register_blueprint(checks.api)
    app.register_blueprint(documentation.blueprint)
    app.register_blueprint(discovery.blueprint)
    access.register(app)
    endpoints.register(app)
    limits.register(app, rate, proxies)
    caching.register(app)
    failures.register(app)
    app.after_request(compression.compressed)
    app.after_request(headers.secured)
    return app
