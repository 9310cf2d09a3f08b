import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * The aliases of a library's majors that are installed. Some majors want a later Node, and are left out by the package manager on an earlier one.
 *
 * @param aliases - All that the matrix knows.
 */
export function installedMajors(aliases: readonly string[]): string[] {
  return aliases.filter((alias) => {
    try {
      require.resolve(alias)
      return true
    } catch {
      return false
    }
  })
}
