import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { postSpans, type TestSpan } from './post-spans.fixture.js'

/** A dev-server with data, and a folder for what commands write. */
export interface FilledServer {
  readonly server: DevServer
  /** Removed on closing. */
  readonly folder: string
  close(): Promise<void>
}

/** Starts a dev-server on a free port and stores spans in it. */
export async function startFilledServer(spans: readonly TestSpan[]): Promise<FilledServer> {
  const folder = temporaryFolder()
  const server = await startDevServer({ dataDir: join(folder, 'data') })
  if (spans.length > 0) await postSpans(server, spans)
  return {
    server,
    folder,
    close: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes a folder of its own for a test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'axion-cli-'))
}
