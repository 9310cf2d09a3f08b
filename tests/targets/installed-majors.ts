import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { programNode } from '../run-node.js'

const nodeMajor = majorOf(execFileSync(programNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }))

/**
 * The aliases of a library's majors that programs can be run with. Some want a later Node, for which the package manager leaves them out.
 *
 * @param aliases - All that the matrix knows.
 */
export function installedMajors(aliases: readonly string[]): string[] {
  return aliases.filter((alias) => {
    try {
      const manifest = readFileSync(new URL(`node_modules/${alias}/package.json`, import.meta.url), 'utf8')
      // Our own dependencies: their manifests are what npm makes of them.
      const { engines } = JSON.parse(manifest) as { engines?: { node?: string } }
      return majorOf(engines?.node ?? '0') <= nodeMajor
    } catch {
      return false
    }
  })
}

/** The first number in a version, or in a range such as `>=22`. */
function majorOf(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? 0)
}
