/** What the calling service says of the trace: with all that headers make hard. */
export const FIELDS = {
  userId: 'Ada Lovelace; größe=1, 😀',
  sessionId: 's-1',
  tags: ['beta', 'très bien'],
  metadata: { tier: 'gold', note: 'a=b; c, d %20' },
  version: '1.2.3',
}
