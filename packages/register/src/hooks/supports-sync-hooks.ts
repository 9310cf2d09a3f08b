/**
 * Whether `module.registerHooks` can be relied on. It exists since Node 22.15, but up to the versions below it refuses the missing source of
 * CommonJS modules that an ES module graph requires (https://github.com/nodejs/node/pull/59929).
 *
 * @param version - `process.versions.node`.
 */
export function supportsSyncHooks(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 3)
  if (major === 24) return minor > 11 || (minor === 11 && patch >= 1)
  if (major === 25) return minor >= 1
  return major >= 26
}
