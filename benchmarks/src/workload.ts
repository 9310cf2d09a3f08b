/** What one span carries in every benchmark: an input and an output of a few hundred bytes, two attributes. */
export const INPUT = {
  question: 'How long does delivery take, and what does it cost?',
  context: ['Delivery takes two days. '.repeat(8), 'It is free above thirty euros. '.repeat(6)],
  limit: 5,
}
export const OUTPUT = {
  response: 'Two days, and it is free above thirty euros.',
  sources: ['delivery.md', 'prices.md'],
  confident: true,
}
