import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verdict } from './verdict.js'

// What `npm install @axion/cli` puts on a disk: the package, and all it depends on, once each, as they lie in this workspace. Optional
// dependencies count when they are here, which is when they are for this platform.

const MAX_BYTES = 60_000_000

interface Manifest {
  readonly name: string
  readonly files?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const sizes = new Map<string, number>()
addPackage(fileURLToPath(new URL('../../packages/cli', import.meta.url)))
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
console.log(
  `\nwhat @axion/cli installs  (must be: ≤ 60 MB: ${verdict(total, MAX_BYTES)}): ${(total / 1e6).toFixed(1)} MB in ${sizes.size} packages`,
)
for (const [folder, bytes] of [...sizes].sort(([, a], [, b]) => b - a).slice(0, 5)) {
  console.log(`  ${readManifest(folder).name.padEnd(44)} ${(bytes / 1e6).toFixed(1).padStart(9)} MB`)
}

function addPackage(path: string): void {
  const folder = realpathSync(path)
  if (sizes.has(folder)) return
  const manifest = readManifest(folder)
  // Of ours only what is published: the rest of the folder is the workshop.
  const parts = folder.includes('node_modules') ? ['.'] : ['package.json', ...(manifest.files ?? [])]
  sizes.set(
    folder,
    parts.reduce((sum, part) => sum + bytesOf(join(folder, part)), 0),
  )
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const found = findPackage(name, folder)
    if (found !== undefined) addPackage(found)
    else if (manifest.optionalDependencies?.[name] === undefined) throw new Error(`${manifest.name} lacks ${name}`)
  }
}

function readManifest(folder: string): Manifest {
  // What npm has installed is a manifest.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** Where Node would look, without asking the package, which may not export its manifest. */
function findPackage(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  return places
    .map((place) => join(place, name))
    .find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined)
}

function bytesOf(path: string): number {
  const stat = lstatSync(path)
  if (!stat.isDirectory()) return stat.size
  // Beside a package lie links to what it depends on, which are counted themselves.
  const names = readdirSync(path).filter((name) => name !== 'node_modules')
  return names.reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}
