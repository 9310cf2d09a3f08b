import { cp, readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './read-sources.js'

/**
 * Copies OpenTelemetry's API as it is, but for its version.
 *
 * @param to - The folder of the copy.
 * @param version - What it says it is.
 */
export async function copyApi(to: string, version: string): Promise<void> {
  await cp(await realpath(join(ROOT, 'tests/node_modules/@opentelemetry/api')), to, { recursive: true })
  for (const file of ['package.json', 'build/src/version.js']) {
    const text = await readFile(join(to, file), 'utf8')
    await writeFile(join(to, file), text.replace(/(version"?: |VERSION = )["']1\.\d+\.\d+["']/i, `$1"${version}"`))
  }
}
