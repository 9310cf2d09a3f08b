import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verdict } from './verdict.js'

const MAX_BYTES = 12_000_000

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}

// What an installation of the package alone brings: its files and those of all it depends on, each package once.
const sizes = new Map<string, number>()
collect('@axion/register', fileURLToPath(new URL('..', import.meta.url)))
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)

console.log(`\ninstalled by @axion/register alone  (must be ≤ ${format(MAX_BYTES)}: ${verdict(total, MAX_BYTES)})`)
console.log(`  ${`${sizes.size} packages`.padEnd(44)} ${format(total).padStart(9)}`)
for (const [name, bytes] of [...sizes].sort(([, a], [, b]) => b - a).slice(0, 4)) {
  console.log(`  ${name.padEnd(44)} ${format(bytes).padStart(9)}`)
}
// A size is the same on every machine, and so may fail; a time may not.
if (total > MAX_BYTES) process.exitCode = 1

function collect(name: string, from: string): void {
  const folder = find(name, from)
  // package.json as npm has it.
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const key = `${manifest.name} ${manifest.version}`
  if (sizes.has(key)) return
  // Of ours, what their tarballs have; the others lie there as they were installed.
  const isOurs = name.startsWith('@axion/')
  sizes.set(key, isOurs ? bytesOf(join(folder, 'dist')) + bytesOf(join(folder, 'LICENSE')) : bytesOf(folder))
  for (const dependency of Object.keys(manifest.dependencies ?? {})) collect(dependency, folder)
}

// As Node finds packages; what they export may hide their package.json.
function find(name: string, from: string): string {
  for (let at = from; ; at = dirname(at)) {
    try {
      return realpathSync(join(at, 'node_modules', name))
    } catch {
      if (at === dirname(at)) throw new Error(`${name} is not installed for ${from}`)
    }
  }
}

function bytesOf(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

function format(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
