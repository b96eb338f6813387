/**
 * Lets the workbench open without a network after its first load. Only what was built for it is kept, and only where the browser
 * trusts the place that it came from.
 */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !/^https?:$/.test(location.protocol) || !("serviceWorker" in navigator)) return;
  const register = () => {
    // Without it everything works as before, but for the lack of a network.
    navigator.serviceWorker.register(new URL("sw.js", document.baseURI)).catch(() => undefined);
  };
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
