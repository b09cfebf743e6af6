"""Whether a certificate can be trusted at a moment: chains, revocation, time stamps.

`Trust` judges; it needs a `TrustStore` of roots and a `Policy`.
"""

from ulak.seal.trust.cache import Cache, FolderCache, MemoryCache
from ulak.seal.trust.fetching import Ask, Fetcher, HttpFetcher, Offline
from ulak.seal.trust.judge import Trust
from ulak.seal.trust.policy import Policy, Purpose, Revocation
from ulak.seal.trust.problems import FetchFailure, TrustFailure
from ulak.seal.trust.store import TrustStore

__all__ = [
    "Ask",
    "Cache",
    "FetchFailure",
    "Fetcher",
    "FolderCache",
    "HttpFetcher",
    "MemoryCache",
    "Offline",
    "Policy",
    "Purpose",
    "Revocation",
    "Trust",
    "TrustFailure",
    "TrustStore",
]
