"""What the program measures about itself, in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.pool import QueuePool

from shuke.platform.db import Database

REGISTRY = CollectorRegistry()
REQUESTS = Histogram(
    "shuke_request_seconds",
    "Time to answer a request, by route template.",
    ("method", "route", "status"),
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
POOL_IN_USE = Gauge("shuke_database_connections_in_use", "Connections taken from the pool.", registry=REGISTRY)
POOL_SIZE = Gauge("shuke_database_connections_max", "Connections that the pool may open.", registry=REGISTRY)
EVENT_LAG = Gauge(
    "shuke_event_lag_events", "Events that a consumer has not read yet.", ("consumer",), registry=REGISTRY
)
EVENTS_READ = Counter("shuke_events_read", "Events that a consumer has taken in.", ("consumer",), registry=REGISTRY)
CONSUMER_FAILURES = Counter(
    "shuke_consumer_failures", "Batches that a consumer failed on.", ("consumer",), registry=REGISTRY
)
JOBS = Histogram("shuke_job_seconds", "Time of background jobs and schedules.", ("job", "outcome"), registry=REGISTRY)


def exposition(database: Database) -> bytes:
    """Everything measured so far, as text."""
    pool = database.engine.pool
    if isinstance(pool, QueuePool):
        POOL_IN_USE.set(pool.checkedout())
        POOL_SIZE.set(pool.size())
    return generate_latest(REGISTRY)
