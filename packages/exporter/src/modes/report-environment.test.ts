import { expect, it } from 'vitest'
import { createReporter } from '../report.js'
import { reportEnvironment } from './report-environment.js'

it.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['production', undefined],
  ['Prod_EU-1', undefined],
  ['x'.repeat(40), undefined],
  ['x'.repeat(41), `a text of 41 characters as "${'x'.repeat(40)}"`],
  ['pre prod', '"pre prod" as "default"'],
  ['größe', '"größe" as "default"'],
  ['prod/eu', '"prod/eu" as "default"'],
  ['langfuse', '"langfuse" as "default"'],
  ['langfuse-judge', '"langfuse-judge" as "judge"'],
])('reportEnvironment() of %j says %j', (environment, expected) => {
  const said: string[] = []
  const reporter = createReporter(({ level, code, message }) => said.push(`${level} ${code} ${message}`))
  reportEnvironment(environment, reporter)
  reportEnvironment(environment, reporter)
  expect(said).toEqual(
    expected === undefined
      ? []
      : [
          `warn environment_changed Langfuse will show the environment ${expected}: expected at most 40 of a-z, 0-9, - and _, ` +
            'not beginning with langfuse. Change the environment option, or LANGFUSE_TRACING_ENVIRONMENT.',
        ],
  )
})
