import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/**
 * What a bundle gets from a package when all of it is used: bundled, minified and gzipped, OpenTelemetry's API left out.
 *
 * @param name - A package that this one depends on, built.
 * @param conditions - What the bundle is for, as `exports` of a package.json have it. Default: nothing but the Web, for browsers and edge runtimes.
 * @returns Bytes.
 */
export async function bundledBytes(name: string, conditions: readonly string[] = []): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}'`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: [...conditions],
    external: ['@opentelemetry/api'],
  })
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).byteLength
}
