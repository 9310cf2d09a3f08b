/** Something that the documentation of a shop answers. */
export interface Fact {
  readonly question: string
  readonly answer: string
  /** What a model says that does not keep to the documents. */
  readonly invention: string
  readonly documents: readonly { readonly source: string; readonly text: string }[]
}

/** What the shop's customers ask. */
export const FACTS: readonly [Fact, ...Fact[]] = [
  {
    question: 'How long is the warranty on headphones?',
    answer: 'Two years from the day of purchase. Batteries are covered for one year.',
    invention: 'All our products have a lifetime warranty.',
    documents: [
      { source: 'warranty.md', text: 'Headphones: two years from the day of purchase.' },
      { source: 'warranty.md#batteries', text: 'Batteries of all products are covered for one year.' },
      { source: 'returns.md', text: 'Within 30 days an unused product may be returned for any reason.' },
    ],
  },
  {
    question: 'Can I return an opened laptop?',
    answer: 'Yes, within 14 days. A fee of 10 % applies if the seal of the software is broken.',
    invention: 'No, opened laptops are never taken back.',
    documents: [
      { source: 'returns.md#computers', text: 'Opened computers: within 14 days, 10 % fee if software was activated.' },
      { source: 'returns.md', text: 'Within 30 days an unused product may be returned for any reason.' },
    ],
  },
  {
    question: 'Do you ship to Norway, and what does it cost?',
    answer: 'Yes. Shipping to Norway costs €14.90 and takes five to seven working days; customs come on top.',
    invention: 'Shipping is free in all of Europe.',
    documents: [
      { source: 'shipping.md#norway', text: 'Norway: €14.90, 5-7 working days, customs are paid by the customer.' },
      { source: 'shipping.md#eu', text: 'EU: €6.90, free above €80.' },
    ],
  },
  {
    question: 'My speaker does not pair with my phone. What can I do?',
    answer: 'Hold the Bluetooth button for ten seconds until the light blinks blue, then pair it again.',
    invention: 'Please buy a newer phone.',
    documents: [
      { source: 'speaker-manual.md#reset', text: 'Reset: hold the Bluetooth button for 10 s until it blinks blue.' },
      { source: 'speaker-manual.md#pairing', text: 'Pairing: choose "AX Speaker" in the settings of the phone.' },
    ],
  },
  {
    question: 'Where do I find the serial number of my camera?',
    answer: 'On the bottom plate next to the tripod mount, and in the menu under Setup > About.',
    invention: 'Cameras have no serial number.',
    documents: [{ source: 'camera-manual.md#serial', text: 'Serial number: bottom plate, and menu Setup > About.' }],
  },
]
