import { readFileSync } from 'node:fs'
import process from 'node:process'
import { run } from './run.js'
import { openTerminal } from './terminal.js'

// `exitCode` and not `exit()`: what is still on its way to a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), openTerminal(process), readVersion())

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isManifest ? String(manifest.version) : 'unknown'
}
