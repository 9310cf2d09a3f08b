import { isIP } from 'node:net'

/** Decides which `Host` and `Origin` headers belong to this server. */
export interface HostGuard {
  /**
   * @param host The `Host` header.
   * @returns Whether it names this server.
   */
  isOwnHost(host: string | undefined): boolean
  /**
   * @param origin The `Origin` header.
   * @returns Whether it is a page of this server.
   */
  isOwnOrigin(origin: string): boolean
}

/** What a server is called beside its own names. */
export interface AllowedNames {
  /** As in the `Host` header, with the port unless it is 80. */
  readonly hosts: readonly string[]
  /** Pages that may send requests and read the answers. */
  readonly origins: readonly string[]
}

const NO_OTHERS: AllowedNames = { hosts: [], origins: [] }

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]']
const WILDCARDS = new Set(['0.0.0.0', '::', '[::]'])

/**
 * The guard against DNS rebinding: a web page can make a browser resolve its own name to 127.0.0.1, but it cannot make the
 * browser send another `Host`. So only names this server is known by are answered.
 *
 * @param host The address the server was told to listen on.
 * @param port The port it listens on.
 * @param allowed Further authorities and origins, for whoever reaches the server through another.
 * @returns The guard.
 */
export function createHostGuard(host: string, port: number, allowed: AllowedNames = NO_OTHERS): HostGuard {
  const names = new Set([...LOOPBACK_NAMES, bracketed(host.toLowerCase())])
  const hosts = new Set(allowed.hosts.map((authority) => authority.toLowerCase()))
  const isOwnHost = (header: string | undefined): boolean => {
    if (header !== undefined && hosts.has(header.trim().toLowerCase())) return true
    const parsed = header === undefined ? undefined : parseAuthority(header)
    if (parsed === undefined || parsed.port !== port) return false
    // Whoever listens everywhere is called by addresses that are not known here; an address cannot be rebound.
    return names.has(parsed.name) || (WILDCARDS.has(host) && isIP(parsed.name.replace(/^\[|\]$/g, '')) !== 0)
  }
  return {
    isOwnHost,
    isOwnOrigin: (origin) =>
      allowed.origins.includes(origin) || (origin.startsWith('http://') && isOwnHost(origin.slice('http://'.length))),
  }
}

function parseAuthority(authority: string): { readonly name: string; readonly port: number } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(authority.trim())
  const name = match?.[1]
  return name === undefined ? undefined : { name: name.toLowerCase(), port: Number(match?.[2] ?? 80) }
}

/** A host as it stands in a URL: an IPv6 address in brackets. */
function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host
}

/**
 * The host by which a program on this machine reaches a server.
 *
 * @param host The address the server was told to listen on.
 * @returns The same, in brackets if need be; loopback for the addresses that mean "everywhere" and cannot be called everywhere.
 */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' || host === '[::]' ? '[::1]' : bracketed(host)
}
