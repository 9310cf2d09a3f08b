/**
 * Google's Gemini models: ids, name patterns and prices, in the format that `parsePrices` reads.
 *
 * Facts from Langfuse's default prices (`worker/src/constants/default-model-prices.json`, as of 2026-08-22), without models
 * that were retired before 2024 and those billed by audio.
 */
export const GOOGLE_PRICES: string = `
cluv2t2x0000408ihfytl45l1 ^(google(ai)?/)?(gemini-1.5-pro-latest)(@[a-zA-Z0-9]+)?$
  - | Standard | | input 2.5, output 7.5
cm6l8jdef0000tymz52sh0ql0 ^(google(ai)?/)?(gemini-2.0-flash-001)(@[a-zA-Z0-9]+)?$
  - | Standard | | input 0.1, output 0.4
cm6l8jfgh0000tymz52sh0ql1 ^(google(ai)?/)?(gemini-2.0-flash-lite-preview-02-05)(@[a-zA-Z0-9]+)?$
  - | Standard | | input 0.075, output 0.3
cm7zsrs1327124dhjtb95w8f74 ^(google(ai)?/)?(gemini-2.0-flash)(@[a-zA-Z0-9]+)?$
  - | Standard | | input 0.1, output 0.4
cm7ztrs1327124dhjtb95w8f19 ^(google(ai)?/)?(gemini-2.0-flash-lite-preview)(@[a-zA-Z0-9]+)?$
  - | Standard | | input 0.075, output 0.3
cmcnjkfwn000107l43bf5e8ax ^(google(ai)?/)?(gemini-2.5-flash)$
  - | Standard | | input(google) 0.3, cached(google) 0.03, output(google) 2.5, input_audio_tokens 1
cmcnjkrfa000207l4fpnh5mnv ^(google(ai)?/)?(gemini-2.5-flash-lite)$
  - | Standard | | input(google) 0.1, cached(google) 0.01, output(google) 0.4, input_audio_tokens 0.3
cmig1hb7i000104l72qrzgc6h ^(google(ai)?/)?(gemini-2.5-pro)$
  - | Standard | | input(google) 1.25, cached(google) 0.125, output(google) 10
  bcf39e8f-9969-455f-be9a-541a00256092 | Large Context | (input|prompt|cached)>200000 | input(google) 2.5, cached(google) 0.25, output(google) 15
cmig1wmep000404l7fh6q5uog ^(google(ai)?/)?(gemini-3-pro-preview)$
  - | Standard | | input(google) 2, cached(google) 0.2, output(google) 12, searches 14000
  4da930c8-7146-4e27-b66c-b62f2c2ec357 | Large Context | (input|prompt|cached)>200000 | input(google) 4, cached(google) 0.4, output(google) 18, searches 14000
55106bba-a5dd-441b-bc0d-5652582b349d ^(google(ai)?/)?(gemini-3.1-pro-preview(-customtools)?)$
  - | Standard | | input(google) 2, cached(google) 0.2, output(google) 12, searches 14000
  ada11e9f-fe0d-465a-92af-ce334d0eedeb | Large Context | (input|prompt|cached)>200000 | input(google) 4, cached(google) 0.4, output(google) 18, searches 14000
6ed696e7-5f3a-4113-a233-019155fb3ff0 ^(google(ai)?/)?(gemini-3.5-flash)$
  - | Standard | | input(google) 1.5, cached(google) 0.15, output(google) 9, searches 14000
cmjfoeykl000004l8ffzra8c7 ^(google(ai)?/)?(gemini-3-flash-preview)$
  - | Standard | | input(google) 0.5, cached(google) 0.05, output(google) 3, searches 14000
79f4d62c-22fb-4ec3-82e1-6e56cdd5e23c ^(google(ai)?/)?(gemini-3.1-flash-lite)$
  - | Standard | | input(google) 0.25, cached(google) 0.025, output(google) 1.5, input_audio_tokens 0.5, searches 14000
0707bef8-10c8-46e2-a871-0436f05f0b92 ^(google(ai)?/)?(gemini-3.1-flash-lite-preview)$
  - | Standard | | input(google) 0.25, cached(google) 0.025, output(google) 1.5, input_audio_tokens 0.5, searches 14000
a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d ^(google(ai)?/)?(gemini-3.6-flash)$
  - | Standard | | input(google) 0.75, cached(google) 0.075, output(google) 3.75, searches 14000
b91d332c-a2fd-b85c-f6e6-971796f3f111 ^(google(ai)?/)?(gemini-3.7-flash)$
  - | Standard | | input(google) 0.75, cached(google) 0.075, output(google) 3.75, searches 14000
b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e ^(google(ai)?/)?(gemini-3.5-flash-lite)$
  - | Standard | | input(google) 0.3, cached(google) 0.03, output(google) 2.5, searches 14000
`
