import { readdir, readFile } from 'node:fs/promises'
import type { Handler } from 'hono'
import type { HttpEnv } from '../routes/http-env.js'
import { messagePage } from './message-page.js'

/** Where the build puts the front end; the same seen from `src/viewer` and from `dist/viewer`. */
const APP = new URL('../../dist/viewer/app/', import.meta.url)

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/**
 * The one document of the front end, which then shows the page of its address.
 *
 * @returns The handler.
 */
export function viewerDocument(): Handler<HttpEnv> {
  let document: Promise<string> | undefined
  return async (c) => {
    document ??= readFile(new URL('index.html', APP), 'utf8')
    try {
      return c.html(await document)
    } catch {
      document = undefined
      return c.html(messagePage('The viewer is not built', 'Run the build of this package, then reload the page.'), 503)
    }
  }
}

/**
 * The scripts and styles of the front end. Their names have a hash of their content, so browsers may keep them.
 *
 * @returns The handler, which answers 404 for everything that the build did not make.
 */
export function viewerAsset(): Handler<HttpEnv, '/viewer/assets/:file'> {
  let files: Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> | undefined
  return async (c) => {
    files ??= readAssets()
    const name = c.req.param('file')
    const content = (await files).get(name)
    if (content === undefined) return c.notFound()
    return c.body(content, 200, {
      'content-type': CONTENT_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  }
}

/** All of them, once: names from requests never become paths. */
async function readAssets(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const folder = new URL('assets/', APP)
  const names = await readdir(folder).catch(() => [])
  const entries = names.map(async (name) => [name, new Uint8Array(await readFile(new URL(name, folder)))] as const)
  return new Map(await Promise.all(entries))
}
