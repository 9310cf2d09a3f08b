import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url))

/** One import or re-export of a source file. */
export interface Import {
  readonly specifier: string
  /** What stands between `import` and `from`. */
  readonly names: string
  /** Erased by the compiler. */
  readonly isTypeOnly: boolean
}

/** One source file of a package. */
export interface SourceFile {
  /** Relative to the package's `src`, with `/`. */
  readonly path: string
  readonly text: string
  /** `text` without comments and strings' contents: where code is searched. */
  readonly code: string
  readonly lines: number
  readonly isTest: boolean
  readonly imports: readonly Import[]
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Folder name: `core`. */
  readonly folder: string
  readonly manifest: Manifest
  readonly files: readonly SourceFile[]
}

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly type?: string
  readonly engines?: { readonly node?: string }
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Reads every package below `packages/`. */
export function readPackages(): WorkspacePackage[] {
  return readdirSync(join(ROOT, 'packages')).map((folder) => {
    const root = join(ROOT, 'packages', folder)
    const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const files = filesBelow(join(root, 'src')).map((path) => readSource(join(root, 'src'), path))
    return { folder, manifest, files }
  })
}

/** The file that a relative import names, as a `path` of the same package. */
export function resolveRelative(from: SourceFile, specifier: string): string {
  return normalize(join(dirname(from.path), specifier))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts')
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function readSource(src: string, file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  const path = relative(src, file).split(sep).join('/')
  return {
    path,
    text,
    code: withoutCommentsAndStrings(text),
    lines: text.split('\n').length - 1,
    isTest: /\.(test|fixture)\.tsx?$/.test(path),
    imports: importsOf(text),
  }
}

// Comments, strings and regular-expression-free templates; enough for Biome-formatted TypeScript.
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g

function withoutCommentsAndStrings(text: string): string {
  return text.replace(COMMENT_OR_STRING, (match) => (match.startsWith('/') ? '' : "''"))
}

function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  const statements = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:([^'"]*?)\sfrom\s+)?'([^']+)'/gm)
  const named = [...statements].map(([, type, names = '', specifier = '']) => ({
    specifier,
    names,
    isTypeOnly: type !== undefined || (/^\{/.test(names) && namesOf(names).every((name) => name.startsWith('type '))),
  }))
  const dynamic = [...code.matchAll(/\bimport\('([^']+)'\)/g)].map(([, specifier = '']) => ({
    specifier,
    names: '*',
    isTypeOnly: false,
  }))
  return [...named, ...dynamic]
}

function namesOf(braces: string): string[] {
  return braces
    .replace(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
