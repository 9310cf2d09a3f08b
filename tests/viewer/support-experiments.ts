import type { DevServer } from '@axion/dev-server'
import { Dataset, evaluate } from '@axion/loader'

/** A question, what should be answered, and what two versions of a prompt make of it. */
const CASES = [
  ['Where is my order 48213?', 'It arrives on Thursday.', 'It arrives on Thursday.', 'It arrives on Thursday.'],
  ['Can I return worn shoes?', 'Yes, within 30 days.', 'No, worn shoes stay yours.', 'Yes, within 30 days.'],
  [
    'Do you ship to Iceland?',
    'Yes, in five to eight days.',
    'Yes, in five to eight days.',
    'We ship to many countries!',
  ],
  [
    'My voucher does not work.',
    'It expired; here are seven days.',
    'Vouchers expire.',
    'It expired; here are seven days.',
  ],
  ['Is the blue lamp available?', 'Yes, in two sizes.', 'Yes, in two sizes.', 'Yes, in two sizes.'],
  ['How do I change my address?', 'In “Account”, then “Addresses”.', 'Write to us.', 'In “Account”, then “Addresses”.'],
] as const

/** The names of the experiments, in the order in which they run. */
export const RUNS = ['prompt v6', 'prompt v7'] as const

/** The name of the dataset. */
export const DATASET = 'support/golden'

/**
 * Makes a dataset, runs two versions over it and publishes both, with the loader, as published.
 *
 * @param server Where they go.
 * @param sources Traces that the items come from.
 * @returns The ids of the experiments, in the order of {@link RUNS}.
 */
export async function sendExperiments(server: DevServer, sources: readonly string[]): Promise<string[]> {
  const keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
  const dataset = Dataset.fromRecords(
    CASES.map(([query, expectedOutput], index) => ({
      id: `case-${index + 1}`,
      query,
      expectedOutput,
      // The last one was written by hand.
      ...(index < CASES.length - 1 && sources[index] !== undefined && { traceId: sources[index] }),
    })),
  )
  await dataset.pushToLangfuse({ ...keys, name: DATASET, description: 'Answers the support team has agreed on' })
  const ids: string[] = []
  for (const [version, runName] of RUNS.entries()) {
    const result = await evaluate(dataset, {
      task: ({ query }) => CASES.find(([question]) => question === query)?.[version === 0 ? 2 : 3] ?? '',
      evaluators: {
        right: ({ output, expected }) => output === expected,
        brief: ({ output }) => Math.min(1, 20 / output.length),
      },
    })
    const run = await result.publishAsExperiment({ ...keys, datasetName: DATASET, runName })
    ids.push(run.experimentId ?? '')
  }
  return ids
}
