import { type FileHandle, open } from 'node:fs/promises'
import * as zlib from 'node:zlib'
import {
  type AsyncBuffer,
  type Compressors,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet'
import { LoaderError } from '../../loader-error.js'
import { plainValue } from '../plain-value.js'
import { readFailed } from './parse-json-row.js'
import type { SourceRow } from './source-row.js'

/**
 * Reads a Parquet file, one row group at a time, uncompressed or compressed with Snappy, gzip or Brotli (Zstandard from Node 22.15 on).
 *
 * @param path - The file.
 * @yields Its rows.
 * @throws {LoaderError} `read_failed`, or `invalid_dataset` if it is no Parquet file or a broken one.
 */
export async function* readParquetRows(path: string | URL): AsyncGenerator<SourceRow> {
  const handle = await open(path).catch((cause: unknown) => {
    throw readFailed(path, cause)
  })
  try {
    const file = await bufferOf(handle)
    const metadata = await parquetMetadataAsync(file)
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      const range = { file, metadata, rowStart, rowEnd }
      const rows = await parquetReadObjects({ ...range, compressors: COMPRESSORS, parsers: PARSERS })
      for (const [index, row] of rows.entries()) {
        yield { value: plainValue(row), at: `${String(path)}, row ${rowStart + index + 1}` }
      }
      rowStart = rowEnd
    }
  } catch (cause) {
    if (cause instanceof LoaderError) throw cause
    if (cause instanceof Error && 'code' in cause) throw readFailed(path, cause)
    const reason = cause instanceof Error && /compression/i.test(cause.message) ? `: ${cause.message}` : ''
    const message = `Cannot read dataset: ${String(path)}: no Parquet file that can be read${reason}`
    throw new LoaderError('invalid_dataset', message, { path: String(path), cause })
  } finally {
    await handle.close()
  }
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat()
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
      await handle.read(bytes, 0, bytes.length, start)
      return bytes.buffer
    },
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

// The library's own would take a byte order mark off every text that begins with one.
const PARSERS: Pick<ParquetParsers, 'stringFromBytes'> = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
}

// Those besides Snappy, which the library knows itself. Writers of other languages use them.
const COMPRESSORS: Compressors = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
  ...('zstdDecompressSync' in zlib && typeof zlib.zstdDecompressSync === 'function'
    ? { ZSTD: zlib.zstdDecompressSync as (input: Uint8Array) => Uint8Array }
    : {}),
}
