import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { ApiCopy } from './doctor-event.js'
import { manifestVersion } from './manifest-version.js'

const require = createRequire(import.meta.url)

/**
 * Finds the copies of OpenTelemetry's API that this process has loaded: the package is CommonJS, so that all of them are in `require`'s cache.
 *
 * @returns Ours first.
 */
export function loadedApiCopies(): ApiCopy[] {
  const own = require.resolve('@opentelemetry/api')
  const loaded = Object.keys(require.cache).filter((file) => ENTRY.test(file) && file !== own)
  return [own, ...loaded].map((file) => {
    // <folder>/build/src/index.js
    const folder = dirname(dirname(dirname(file)))
    return { folder, version: manifestVersion(folder) }
  })
}

const ENTRY = /[\\/]@opentelemetry[\\/]api[\\/]build[\\/]src[\\/]index\.js$/
