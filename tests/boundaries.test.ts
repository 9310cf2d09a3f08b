import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCycle } from './find-cycle.js'
import {
  type Import,
  packageName,
  ROOT,
  readPackages,
  resolveRelative,
  type SourceFile,
  type WorkspacePackage,
} from './read-sources.js'

/** What each package may import of ours: the table of ARCHITECTURE.md. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  exporter: ['@axion/core', '@axion/core/baggage'],
  loader: [],
  'dev-server': [],
  register: ['@axion/core', '@axion/exporter'],
  cli: ['@axion/loader', '@axion/dev-server', '@axion/register/doctor'],
}

/**
 * The only file of a package that may open connections or sockets; beside the exporter's stands the source of the thread that sends when the
 * process ends, `lifecycle/last-send-worker.ts`, which is text.
 */
const NETWORK_DOOR: Readonly<Record<string, string>> = {
  exporter: 'delivery/http-client.ts',
  loader: 'rest/request.ts',
  'dev-server': 'serve.ts',
  cli: 'send/langfuse-client.ts',
}
const NETWORK_MODULES = [
  'undici',
  'node:http',
  'node:https',
  'node:http2',
  'node:net',
  '@hono/node-server',
  '@opentelemetry/exporter-trace-otlp-http',
]

const packages = readPackages()
const sources = packages.flatMap((of) => of.files.map((file) => ({ of, file, name: `${of.folder}/${file.path}` })))
const shipped = sources.filter(({ file }) => !file.isTest)

/** Names of the files for which a check fails: the list that should be empty. */
function offenders(check: (file: SourceFile, of: WorkspacePackage) => boolean, among = shipped): string[] {
  return among.filter(({ file, of }) => check(file, of)).map(({ name }) => name)
}

function bare(file: SourceFile): string[] {
  return file.imports.map(({ specifier }) => specifier).filter((specifier) => !specifier.startsWith('.'))
}

describe('boundaries between packages', () => {
  it('readPackages() finds the packages of the table, and sources in each', () => {
    expect(packages.map(({ folder }) => folder).sort()).toEqual(Object.keys(MAY_IMPORT).sort())
    for (const { files } of packages) expect(files.length).toBeGreaterThan(1)
  })

  it('a package imports of ours only what the table allows', () => {
    const isForeign = (specifier: string, of: WorkspacePackage): boolean =>
      specifier.startsWith('@axion/') && !MAY_IMPORT[of.folder]?.includes(specifier)
    expect(offenders((file, of) => bare(file).some((specifier) => isForeign(specifier, of)), sources)).toEqual([])
  })

  it('a package imports only what its manifest declares', () => {
    const undeclared = sources.flatMap(({ file, of, name }) => {
      const declared = { ...of.manifest.dependencies, ...(file.isTest ? of.manifest.devDependencies : {}) }
      const allowed = (specifier: string): boolean =>
        specifier.startsWith('node:') ||
        Object.hasOwn(declared, packageName(specifier)) ||
        (file.isTest && specifier === 'vitest')
      return bare(file)
        .filter((specifier) => !allowed(specifier))
        .map((specifier) => `${name}: ${specifier}`)
    })
    expect(undeclared).toEqual([])
  })

  it('a package declares only runtime dependencies that it imports, or that one of them wants beside itself', () => {
    const unused = packages.flatMap(({ folder, manifest, files }) => {
      const used = new Set(files.filter(({ isTest }) => !isTest).flatMap((file) => bare(file).map(packageName)))
      return Object.keys(manifest.dependencies ?? {})
        .filter((name) => !used.has(name) && !isPeerOfAnother(name, folder, manifest.dependencies ?? {}))
        .map((name) => `${folder}: ${name}`)
    })
    expect(unused).toEqual([])
  })

  it('@axion/core depends on the OpenTelemetry API alone, and on nothing of Node', () => {
    const core = packages.find(({ folder }) => folder === 'core')
    expect(Object.keys(core?.manifest.dependencies ?? {})).toEqual(['@opentelemetry/api'])
    const isOfNode = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier)
    expect(offenders((file, of) => of.folder === 'core' && bare(file).some(isOfNode))).toEqual([])
  })
})

describe('boundaries inside a package', () => {
  it.each(packages.map((of) => [of.folder, of] as const))('%s has no import cycles', (_, { files }) => {
    const runtime = files.filter(({ isTest }) => !isTest)
    expect(findCycle(new Map(runtime.map((file) => [file.path, relativeImports(file)])))).toBeUndefined()
  })

  it.each(packages.map((of) => [of.folder, of] as const))('%s has no cycles between its folders', (_, { files }) => {
    const folders = new Map<string, Set<string>>()
    for (const file of files.filter(({ isTest }) => !isTest)) {
      const from = folderOf(file.path)
      if (from === undefined) continue
      const targets = relativeImports(file)
        .map(folderOf)
        .filter((to) => to !== undefined && to !== from)
      folders.set(from, new Set([...(folders.get(from) ?? []), ...targets.filter((to) => to !== undefined)]))
    }
    expect(findCycle(folders)).toBeUndefined()
  })

  it('an index.ts stands only at the root, and only names exports', () => {
    expect(offenders(({ path }) => path.endsWith('/index.ts'))).toEqual([])
    const isLogic = ({ code }: SourceFile): boolean =>
      code
        .split(/\n(?=export|import)/)
        .map((statement) => statement.trim())
        .some((statement) => statement !== '' && !/^export (type )?\{[^}]*\} from ''$/.test(statement))
    expect(offenders((file) => file.path === 'index.ts' && isLogic(file))).toEqual([])
  })
})

describe('doors', () => {
  it('process.env is read only in options/*-from-environment.ts and the CLI', () => {
    const reads = (file: SourceFile): boolean => /\bprocess\??\.env\b/.test(file.code)
    const isDoor = (path: string): boolean => /(^|\/)options\/[a-z-]+-from-environment\.ts$/.test(path)
    expect(offenders((file, of) => of.folder !== 'cli' && reads(file) && !isDoor(file.path))).toEqual([])
  })

  it('console and process.exit stand only in the CLI, standard error also where the exporter reports and prints spans', () => {
    expect(offenders(({ code }, of) => of.folder !== 'cli' && /\bconsole\.|\bprocess\.exit\b/.test(code))).toEqual([])
    const writes = ({ code }: SourceFile): boolean => /\bprocess\.(stdout|stderr)\b/.test(code)
    expect(offenders((file, of) => of.folder !== 'cli' && writes(file)).sort()).toEqual([
      'exporter/modes/console-pipeline.ts',
      'exporter/report.ts',
    ])
  })

  it('one file of each package talks to the network', () => {
    const opens = ({ specifier, names, isTypeOnly }: Import): boolean =>
      // `isIP` and its like only read text.
      !isTypeOnly && NETWORK_MODULES.includes(packageName(specifier)) && !/^\{ (isIP(v[46])?(, )?)+ \}$/.test(names)
    // A function of its own may be named `fetch`.
    const fetches = ({ code }: SourceFile): boolean =>
      /(?<![.\w])fetch\(/.test(code) && !/\b(const|let|function) fetch\b|\bfetch\??: /.test(code)
    const talks = (file: SourceFile): boolean => file.imports.some(opens) || fetches(file)
    expect(offenders((file, of) => talks(file) && file.path !== NETWORK_DOOR[of.folder])).toEqual([])
  })
})

describe('the house', () => {
  it('file names say what is inside, in kebab-case', () => {
    expect(
      offenders(({ path }) => /(^|\/)(utils?|helpers?|types|common|misc|managers?)(\.|\/)/.test(path), sources),
    ).toEqual([])
    expect(
      offenders(({ path }) => !/^([a-z0-9-]+\/)*[a-z0-9-]+((\.property)?\.test|\.fixture)?\.tsx?$/.test(path), sources),
    ).toEqual([])
  })

  it('files stay short: 250 lines, tests 400', () => {
    expect(offenders(({ lines, isTest }) => lines > (isTest ? 400 : 250), sources)).toEqual([])
  })

  it('no `any`, and no test switched off', () => {
    expect(offenders(({ code }) => /(:|\bas|<)\s*any\b/.test(code))).toEqual([])
    expect(offenders(({ code }) => /\b(it|test|describe)\.(skip|only|todo)\(/.test(code), sources)).toEqual([])
  })

  it('a double cast has its reason in a comment on it or close above', () => {
    const isUnexplained = ({ text }: SourceFile): boolean => {
      const lines = text.split('\n')
      return lines.some((line, at) => {
        const near = lines.slice(Math.max(0, at - 12), at + 1)
        return line.includes('as unknown as') && !near.some((above) => /^\s*(\/\/|\/?\*)/.test(above))
      })
    }
    expect(offenders(isUnexplained)).toEqual([])
  })

  it('the packages are released together', () => {
    const { fixed }: { fixed: string[][] } = JSON.parse(readFileSync(join(ROOT, '.changeset/config.json'), 'utf8'))
    expect(fixed.map((group) => group.toSorted())).toEqual([packages.map(({ manifest }) => manifest.name).toSorted()])
    expect(new Set(packages.map(({ manifest }) => manifest.version)).size).toBe(1)
  })

  it('every package says licence, module type and the Node versions it runs on', () => {
    for (const { manifest } of packages) {
      expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', engines: { node: '>=20.19' } })
    }
  })
})

/** A dependency may ask for another at the application's side; then the package that brings the one brings the other. */
function isPeerOfAnother(name: string, folder: string, dependencies: Readonly<Record<string, string>>): boolean {
  return Object.keys(dependencies).some((other) => {
    if (other.startsWith('@axion/')) return false
    const manifest = readFileSync(join(ROOT, 'packages', folder, 'node_modules', other, 'package.json'), 'utf8')
    const { peerDependencies = {} }: { peerDependencies?: Record<string, string> } = JSON.parse(manifest)
    return Object.hasOwn(peerDependencies, name)
  })
}

function relativeImports(file: SourceFile): string[] {
  return file.imports
    .filter(({ specifier, isTypeOnly }) => specifier.startsWith('.') && !isTypeOnly)
    .map(({ specifier }) => resolveRelative(file, specifier))
}

function folderOf(path: string): string | undefined {
  return path.includes('/') ? path.split('/')[0] : undefined
}
