import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { processSlot } from './process-slot.js'
import { CORE_SCOPE_VERSION } from './scope.js'

const SRC = fileURLToPath(new URL('.', import.meta.url))
const MANIFEST = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file),
)

/** What a file imports, statically or not. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*'([^']+)'/g)].map(
    ([, specifier]) => specifier ?? '',
  )
}

describe('@axion/core', () => {
  it('package.json has one runtime dependency: the API of OpenTelemetry', () => {
    expect(Object.keys(MANIFEST.dependencies)).toEqual(['@opentelemetry/api'])
    expect(MANIFEST).not.toHaveProperty('peerDependencies')
    expect(MANIFEST).not.toHaveProperty('optionalDependencies')
  })

  it('sources import the API, each other, and nothing of Node', () => {
    const imported = new Set(sources.flatMap(importsOf))
    expect([...imported].filter((specifier) => !specifier.startsWith('.'))).toEqual(['@opentelemetry/api'])
    expect([...imported].filter((specifier) => builtinModules.includes(specifier) || /^node:/.test(specifier))).toEqual(
      [],
    )
    expect([...imported].filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.js'))).toEqual([])
    // A look that finds nothing would pass as well.
    expect(sources.length).toBeGreaterThan(30)
    expect(imported.size).toBeGreaterThan(30)
  })

  it('sources read process.env behind one door, and print nothing', () => {
    const reading = sources.filter((file) => /\benv\b\??\./.test(readFileSync(join(SRC, file), 'utf8')))
    expect(reading).toEqual([join('options', 'content-capture-from-environment.ts')])
    expect(sources.filter((file) => /\bconsole\.|\bprocess\.exit/.test(readFileSync(join(SRC, file), 'utf8')))).toEqual(
      [],
    )
  })

  it('Node gets node.ts, which exports what all others get and adds what needs Node', async () => {
    expect(MANIFEST.exports['.']).toEqual({
      types: './dist/index.d.ts',
      node: './dist/node.js',
      default: './dist/index.js',
    })
    expect(MANIFEST.sideEffects).toEqual(['./dist/node.js'])
    const everywhere = await import('./index.js')
    expect(processSlot().node).toBeUndefined()
    expect({ ...(await import('./node.js')) }).toEqual({ ...everywhere })
    expect(processSlot().node).toBeDefined()
  })

  it('CORE_SCOPE_VERSION is the version of package.json', () => {
    expect(CORE_SCOPE_VERSION).toBe(MANIFEST.version)
  })
})
