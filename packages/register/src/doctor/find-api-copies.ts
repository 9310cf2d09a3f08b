import { readdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ApiCopy } from './doctor-event.js'
import { manifestVersion } from './manifest-version.js'

/**
 * Finds every copy of OpenTelemetry's API that is installed for an application, also those inside of other packages.
 *
 * @param from - The application's folder; its `node_modules` are searched and those of the folders around it.
 */
export function findApiCopies(from: string): ApiCopy[] {
  const folders = new Set<string>()
  // Packages of one workspace link to each other in circles.
  const seen = new Set<string>()
  for (let at = from; ; at = dirname(at)) {
    search(join(at, 'node_modules'), folders, seen)
    if (at === dirname(at)) break
  }
  return [...folders].map((folder) => ({ folder, version: manifestVersion(folder) }))
}

function search(modules: string, found: Set<string>, seen: Set<string>): void {
  const real = realPathOf(modules)
  if (real === undefined || seen.has(real)) return
  seen.add(real)
  for (const name of namesIn(modules)) {
    const path = join(modules, name)
    // pnpm keeps every package once, under its name and version.
    if (name === '.pnpm') {
      for (const kept of namesIn(path).filter((each) => each.startsWith('@opentelemetry+api@'))) {
        add(join(path, kept, 'node_modules/@opentelemetry/api'), found)
      }
    } else if (name.startsWith('@')) {
      for (const scoped of namesIn(path)) {
        if (name === '@opentelemetry' && scoped === 'api') add(join(path, scoped), found)
        else search(join(path, scoped, 'node_modules'), found, seen)
      }
    } else if (!name.startsWith('.')) {
      search(join(path, 'node_modules'), found, seen)
    }
  }
}

function add(folder: string, found: Set<string>): void {
  const real = realPathOf(folder)
  if (real !== undefined) found.add(real)
}

// Nothing is there, or a link leads nowhere.
function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
