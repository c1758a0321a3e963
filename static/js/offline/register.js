// The service worker: registered from patients' pages alone.

/** The registration, or null where the browser has none or refuses. */
export async function register(url) {
  try {
    return (await navigator.serviceWorker?.register(url, { updateViaCache: "none" })) ?? null;
  } catch {
    return null;
  }
}

/** Kept once what this page fetches goes through the worker. */
export function controlled() {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) return Promise.resolve();
  return new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
}
