// What this phone keeps, in IndexedDB. A change of the schema adds; nothing here deletes a store that may hold events.
const NAME = "simpul-telepon";
const VERSION = 1;

// meta: device, key, vault (AES), head {seq, hash}, clock, saved, tags · events: what no receipt has come for
// lines: what was recorded, with its state · photos: waiting pictures · parts: the snapshot
const UPGRADES = [
  (db) => {
    db.createObjectStore("meta");
    db.createObjectStore("events", { keyPath: "seq" });
    const lines = db.createObjectStore("lines", { keyPath: "seq" });
    lines.createIndex("day", ["day", "shown", "settled"]); // counted without reading
    lines.createIndex("open", "open");                     // only where a person is awaited
    db.createObjectStore("photos", { keyPath: ["event", "sha256"] });
    db.createObjectStore("parts", { keyPath: "name" });
  },
];

let opening = null;

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = (event) => {
      for (const upgrade of UPGRADES.slice(event.oldVersion)) upgrade(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const closed = () => { opening = null; };
      db.onclose = closed; // the browser took the storage away
      db.onversionchange = () => { closed(); db.close(); };
      resolve(db);
    };
  });
}

function database() {
  opening ??= open().catch((fault) => { opening = null; throw fault; });
  return opening;
}

export const ask = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// The latest rows first, at most `most` of those that `fits` says.
export const latest = (store, most, fits) => new Promise((resolve, reject) => {
  const found = [];
  const request = store.openCursor(null, "prev");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor || found.length >= most) { resolve(found); return; }
    if (fits(cursor.value)) found.push(cursor.value);
    cursor.continue();
  };
});

async function begin(names, mode) {
  for (let attempt = 0; ; attempt++) {
    const db = await database();
    try {
      return db.transaction(names, mode, { durability: mode === "readwrite" ? "strict" : "relaxed" });
    } catch (fault) {
      opening = null;
      if (attempt || fault.name !== "InvalidStateError") throw fault;
    }
  }
}

// One transaction: `work(store)` may wait for requests of this transaction only. All of it happens or nothing.
async function run(names, mode, work) {
  const transaction = await begin(names, mode);
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  done.catch(() => {});
  try {
    const value = await work((name) => transaction.objectStore(name));
    await done;
    return value;
  } catch (fault) {
    try { transaction.abort(); } catch { /* it is over already */ }
    throw transaction.error ?? fault;
  }
}

export const read = (names, work) => run(names, "readonly", work);
export const write = (names, work) => run(names, "readwrite", work);

export const meta = (key) => read(["meta"], (store) => ask(store("meta").get(key)));
export const setMeta = (key, value) => write(["meta"], (store) => ask(store("meta").put(value, key)));
export const all = (name) => read([name], (store) => ask(store(name).getAll()));
export const count = (name) => read([name], (store) => ask(store(name).count()));

// Forgets everything: keys, snapshot, records.
export async function forgetAll() {
  await write(["meta", "events", "lines", "photos", "parts"], (store) => {
    for (const name of ["meta", "events", "lines", "photos", "parts"]) store(name).clear();
  });
}

export const forgetSnapshot = () => write(["parts", "meta"], (store) => {
  store("parts").clear();
  store("meta").delete("tags");
});
