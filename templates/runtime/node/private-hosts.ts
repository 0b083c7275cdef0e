import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

const privateNetworks: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  // This host, loopback and link-local.
  ["0.0.0.0", 8, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["::", 127, "ipv6"],
  ["fe80::", 10, "ipv6"],
  // Private, and shared by the customers of a provider.
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["fc00::", 7, "ipv6"],
];

const blockList = new BlockList();
for (const [network, prefix, family] of privateNetworks) {
  blockList.addSubnet(network, prefix, family);
  if (family === "ipv6") continue;
  // IPv6 addresses that contain an IPv4 address, which a gateway (NAT64) or an old stack connects to.
  for (const outer of ["::", "64:ff9b::"]) blockList.addSubnet(outer + network, 96 + prefix, "ipv6");
}

/**
 * Returns whether a redirect leads from a public host into a private network or to this computer, where it could reach what is
 * not meant for the server that redirects. A host that cannot be resolved counts as public.
 */
export async function leadsInside(from: URL, to: URL): Promise<boolean> {
  if (!(await areAddressesPrivate(to)).includes(true)) return false;
  const origin = await areAddressesPrivate(from);
  return origin.length === 0 || origin.includes(false);
}

/** For each address of a host, whether it is private. */
async function areAddressesPrivate({ hostname }: URL): Promise<boolean[]> {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (/(?:^|\.)localhost\.?$/i.test(host)) return [true];
  const addresses = isIP(host)
    ? [host]
    : (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address);
  return addresses.map((address) =>
    blockList.check(address.replace(/%.*/, ""), isIP(address) === 6 ? "ipv6" : "ipv4"),
  );
}
