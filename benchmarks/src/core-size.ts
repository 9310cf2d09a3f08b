import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// What a browser or an edge bundle gets from a package, OpenTelemetry's API left out.
for (const name of ['@axion/core', '@langfuse/tracing']) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}'`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['@opentelemetry/api'],
  })
  const bytes = gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).byteLength
  console.log(`  ${name.padEnd(44)} ${(bytes / 1000).toFixed(1).padStart(9)} kB minified and gzipped`)
}
