"""Looks into the database that the device keeps in the browser."""

from typing import Any

from playwright.sync_api import Page

# Runs its work on what the device keeps, in one transaction; "none" where there is no database: it is not made here.
OPENED = """([stores, given]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("stenosis-pt");
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => (opening.error.name === "AbortError" ? resolve("none") : reject(opening.error));
  opening.onsuccess = () => {
    const database = opening.result;
    const names = stores ?? [...database.objectStoreNames];
    const transaction = database.transaction(names, "readwrite");
    const work = WORK;
    const answer = work((name) => transaction.objectStore(name), names, given);
    transaction.oncomplete = () => { database.close(); resolve(answer?.result ?? null); };
    transaction.onabort = () => reject(transaction.error);
  };
})"""
READ = "(store, [name]) => store(name).getAll()"
CLEAR = "(store, names) => { for (const name of names) store(name).clear(); }"
CHANGE = """(store, [name], change) => {
  const reading = store(name).getAll();
  reading.onsuccess = () => { for (const each of reading.result) store(name).put({ ...each, ...change }); };
}"""


def rows(page: Page, store: str) -> list[dict[str, Any]]:
    """What the device keeps in a store: sessions, events, locks or documents."""
    found = _do(page, READ, [store])
    return [] if found == "none" else list(found)


def change(page: Page, store: str, values: dict[str, Any]) -> None:
    """Give every row of a store these values."""
    _do(page, CHANGE, [store], values)


def clear(page: Page) -> None:
    """The device loses all that it keeps."""
    _do(page, CLEAR)


def _do(page: Page, work: str, stores: list[str] | None = None, given: dict[str, Any] | None = None) -> Any:
    return page.evaluate(OPENED.replace("WORK", work), [stores, given])
