// Writes the packages' version, which Changesets keeps in package.json, into the constants that are shipped.
import { readFileSync, writeFileSync } from 'node:fs'

const CONSTANTS = [['packages/core', 'src/scope.ts', /(CORE_SCOPE_VERSION = ')[^']*(')/]]

for (const [folder, file, pattern] of CONSTANTS) {
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const source = readFileSync(`${folder}/${file}`, 'utf8')
  if (!pattern.test(source)) throw new Error(`Cannot write the version of ${folder}: ${file} has no ${pattern}`)
  writeFileSync(`${folder}/${file}`, source.replace(pattern, `$1${version}$2`))
}
