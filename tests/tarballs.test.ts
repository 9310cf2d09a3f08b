import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ROOT, readPackages } from './read-sources.js'

const run = promisify(execFile)

/** What `npm pack --json` says of a tarball. */
interface Tarball {
  readonly files: readonly { readonly path: string }[]
}

describe('the tarballs', () => {
  it.each(readPackages().map(({ folder }) => folder))(
    '%s ships its build, its README and the licence, and nothing else',
    async (folder) => {
      const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: join(ROOT, 'packages', folder),
        shell: process.platform === 'win32',
      })
      // A list in npm up to 11, a record by name after it.
      const [tarball] = Object.values(JSON.parse(stdout) as Tarball[] | Record<string, Tarball>)
      const paths = (tarball?.files ?? []).map(({ path }) => path)
      expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']))
      expect(paths.filter((path) => path.startsWith('dist/')).length).toBeGreaterThan(1)
      const strays = paths.filter(
        (path) =>
          !/^(LICENSE|README\.md|package\.json|bin\/axion\.js|dist\/[a-z0-9-/]+(\.d\.ts|\.js)|dist\/viewer\/app\/(index\.html|assets\/[\w-]+\.(js|css)))$/.test(
            path,
          ) || /\.(test|fixture)\./.test(path),
      )
      expect(strays).toEqual([])
    },
  )
})
