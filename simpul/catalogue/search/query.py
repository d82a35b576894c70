from dataclasses import dataclass
@dataclass
class Query: pass
@dataclass
class Hits: pass
def search(query): ...
