/** What the host knows of the network around it. */
export type Network = {
  /** PEM certificates to trust: the bundled public ones and the system's own. */
  certificates(): readonly string[];
  /** The proxy for a URL as an http(s) URL, or undefined for a direct connection. */
  proxyFor(url: URL): Promise<string | undefined>;
};
