import assert from 'node:assert/strict'
import { LangfuseTraceLoader } from '@axion/loader'
import { answerQuestions, QUESTIONS } from './answer-questions.js'
import { judgeAnswers } from './judge-answers.js'
import { withLangfuse } from './with-langfuse.js'

// Answers are traced, judged, and their scores read back with the traces: the one that was made up stands out.
const TAG = 'shop'

await withLangfuse(async ({ connection, flush }) => {
  await answerQuestions(TAG)
  await flush()

  const { result, uploaded } = await judgeAnswers(connection, TAG)
  assert.equal(uploaded, QUESTIONS.length * 2)
  const { grounded } = result.summary()
  assert.equal(grounded?.scored, QUESTIONS.length)
  // Judged again, as every night: the scores are replaced and not doubled.
  await judgeAnswers(connection, TAG)

  const loader = new LangfuseTraceLoader(connection)
  const traces = await loader.fetchTraces({ tags: [TAG], fetchScores: true })
  assert.deepEqual(
    traces.map(({ scores }) => scores.map(({ name }) => name).toSorted()),
    QUESTIONS.map(() => ['grounded', 'words']),
  )
  const madeUp = traces.filter(({ scores }) => scores.some(({ name, value }) => name === 'grounded' && value === false))
  assert.deepEqual(
    madeUp.map(({ input }) => input),
    [{ question: QUESTIONS.at(-1) }],
  )
  const reason = madeUp.at(0)?.scores.find(({ name }) => name === 'grounded')?.comment
  assert.equal(reason, 'nothing was found to answer from')
  await loader.close()
  console.log(`${uploaded} scores of ${QUESTIONS.length} answers; made up: ${QUESTIONS.at(-1)} (${reason})`)
})
