/** What one user asked in one session. */
export interface Conversation {
  readonly sessionId: string
  readonly userId: string
  readonly questions: readonly string[]
}

/** A dozen questions over three sessions. The documents say nothing of coffee: that one fails. */
export const CONVERSATIONS: readonly Conversation[] = [
  {
    sessionId: 'newcomer',
    userId: 'ada',
    questions: [
      'What does the core package depend on?',
      'Which package sends spans to Langfuse?',
      'Where does the dev-server store its data?',
      'Which package turns traces into a dataset?',
    ],
  },
  {
    sessionId: 'operations',
    userId: 'grace',
    questions: [
      'What happens when the credentials are missing?',
      'How do I descale the office coffee machine?',
      'What does flush return?',
      'What happens to user ids of more than 200 characters?',
    ],
  },
  {
    sessionId: 'evaluation',
    userId: 'edsger',
    questions: [
      'How does the loader find traces by tags and name?',
      'What fields does a dataset item have?',
      'Is an empty answer of the loader an error?',
      'How is JSONL written to a file?',
    ],
  },
]

/** Which questions the documents cannot answer. */
export const UNANSWERABLE: ReadonlySet<string> = new Set(['How do I descale the office coffee machine?'])
