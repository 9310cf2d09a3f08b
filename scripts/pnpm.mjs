// Runs the pnpm that `packageManager` in package.json pins, on a machine that has only npm.
// `npm exec` keeps the download in npm's cache and puts pnpm on PATH, where Turborepo looks for it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
const [command, ...prefix] = npm
const { status, error } = spawnSync(
  command,
  [...prefix, 'exec', '--yes', `--package=${packageManager}`, '--', 'pnpm', ...process.argv.slice(2)],
  {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
    env: {
      ...process.env,
      // No download beyond npm, no phoning home, no prompts.
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      npm_config_update_notifier: 'false',
    },
  },
)
if (error) console.error(`Cannot run ${packageManager}: ${error.message}`)
process.exit(status ?? 1)
