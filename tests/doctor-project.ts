import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ROOT } from './read-sources.js'
import { type Run, runNode } from './run-node.js'
import { temporaryFolder } from './temporary-folder.js'

/** The `axion` command. */
export const AXION: string = join(ROOT, 'packages/cli/bin/axion.js')

/** A call of OpenAI's client, once it is there as `OpenAI`. */
const CALL = `
  const client = new OpenAI({ apiKey: 'none', baseURL: process.env.API_URL, maxRetries: 0 })
  client.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }] })
    .then((answer) => console.log(answer.choices[0].message.content))
`

/** Programs that ask once and print the answer. */
export const PROGRAMS = {
  'app.mjs': `import OpenAI from 'openai'\n${CALL}`,
  'app.cjs': `const { OpenAI } = require('openai')\n${CALL}`,
} as const

/**
 * Makes the folder of an application that has `@axion/register`, OpenTelemetry's API and OpenAI's client.
 *
 * @param files - Programs in it, by name.
 * @param withRegister - Whether it has `@axion/register`.
 */
export async function doctorProject(files: Readonly<Record<string, string>>, withRegister = true): Promise<string> {
  // As `process.cwd()` says it where the temporary folder is a link.
  const folder = await realpath(await temporaryFolder())
  const link = async (name: string, to: string): Promise<void> => {
    const path = join(folder, 'node_modules', name)
    await mkdir(dirname(path), { recursive: true })
    await symlink(await realpath(join(ROOT, to)), path)
  }
  await link('openai', 'tests/targets/node_modules/openai-6')
  await link('@opentelemetry/api', 'tests/node_modules/@opentelemetry/api')
  await link('@opentelemetry/sdk-trace-base', 'tests/node_modules/@opentelemetry/sdk-trace-base')
  await link('@axion/exporter', 'packages/exporter')
  if (withRegister) await link('@axion/register', 'packages/register')
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  return folder
}

/** Runs `axion doctor`. @param args - what stands after it */
export function runDoctor(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  return runNode([AXION, 'doctor', ...args], { cwd, env })
}

/** A finding, as `--json` prints it. */
export interface PrintedFinding {
  readonly check: string
  readonly status: string
  readonly text: string
  readonly fix?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** The findings in what `--json` printed, by what was checked. */
export function findingsIn(output: string): Map<string, PrintedFinding> {
  const line = output.split('\n').find((each) => each.startsWith('{"ok":'))
  if (line === undefined) throw new Error(`no report in ${JSON.stringify(output)}`)
  const { findings }: { findings: PrintedFinding[] } = JSON.parse(line)
  return new Map(findings.map((finding) => [finding.check, finding]))
}
