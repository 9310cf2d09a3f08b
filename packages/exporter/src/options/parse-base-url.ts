import { showText } from './show-text.js'

/**
 * Reads the address of a Langfuse server.
 *
 * @param text - What was given, such as `https://cloud.langfuse.com/`.
 * @returns The address without slashes at its end, or undefined when it is not an http or https URL.
 */
export function parseBaseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  // A query or fragment would end up in the middle of the endpoint's address; credentials in a URL end up in logs.
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return undefined
  return url.href.replace(/\/+$/, '')
}

/** What `parseBaseUrl` accepts, for messages. */
export const BASE_URL_EXPECTATION =
  'an http or https URL without user, query or fragment, such as https://cloud.langfuse.com'

/**
 * Shows a refused address in a message.
 *
 * @param text - What was given.
 * @returns The quoted address without what may be a password in it; of what is no address, what may be shown of any text.
 */
export function showBaseUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) return showText(text)
  const { protocol, username, password, host, pathname, search, hash } = new URL(text)
  const user = username === '' && password === '' ? '' : '…@'
  const bare = `${protocol}//${user}${host}${pathname}${search === '' && hash === '' ? '' : '…'}`
  return JSON.stringify(bare.length > 80 ? `${bare.slice(0, 80)}…` : bare)
}
