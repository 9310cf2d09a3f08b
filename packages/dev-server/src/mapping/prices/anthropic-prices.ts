/**
 * Anthropic's models, on their own API, Bedrock and Vertex AI: ids, name patterns and prices, in the format that `parsePrices` reads.
 *
 * Facts from Langfuse's default prices (`worker/src/constants/default-model-prices.json`, as of 2026-08-22), without models
 * that were retired before 2024 and those billed by audio.
 */
export const ANTHROPIC_PRICES: string = String.raw`
cltgy0iuw000008le3vod1hhy ^(anthropic/)?(claude-3-opus-20240229|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-opus-20240229-v1:0|claude-3-opus@20240229)$
  - | Standard | | input 15, output 75
cltgy0pp6000108le56se7bl3 ^(anthropic/)?(claude-3-sonnet-20240229|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-sonnet-20240229-v1:0|claude-3-sonnet@20240229)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cltr0w45b000008k1407o9qv1 ^(anthropic/)?(claude-3-haiku-20240307|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-haiku-20240307-v1:0|claude-3-haiku@20240307)$
  - | Standard | | input 0.25, output 1.25
clxt0n0m60000pumz1j5b7zsf ^(anthropic/)?(claude-3-5-sonnet-20240620|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-5-sonnet-20240620-v1:0|claude-3-5-sonnet@20240620)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cm2krz1uf000208jjg5653iud ^(anthropic/)?(claude-3-5-sonnet-20241022|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-5-sonnet-20241022-v2:0|claude-3-5-sonnet-V2@20241022)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cm2ks2vzn000308jjh4ze1w7q ^(anthropic/)?(claude-3-5-sonnet-latest)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cm34aq60d000207ml0j1h31ar ^(anthropic/)?(claude-3-5-haiku-20241022|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3-5-haiku-20241022-v1:0|claude-3-5-haiku-V1@20241022)$
  - | Standard | | input(anthropic) 0.8, output(anthropic) 4, write-5m 1, write-1h 1.6, cached 0.08
cm34aqb9h000307ml6nypd618 ^(anthropic/)?(claude-3-5-haiku-latest)$
  - | Standard | | input(anthropic) 0.8, output(anthropic) 4, write-5m 1, write-1h 1.6, cached 0.08
cm7ka7561000108js3t9tb3at ^(anthropic/)?(claude-3.7-sonnet-20250219|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-3.7-sonnet-20250219-v1:0|claude-3-7-sonnet-V1@20250219)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cm7ka7zob000208jsfs9h5ajj ^(anthropic/)?(claude-3-7-sonnet-latest)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
c5qmrqolku82tra3vgdixmys ^(anthropic/)?(claude-sonnet-4-5(-20250929)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-sonnet-4-5(-20250929)?-v1(:0)?|claude-sonnet-4-5-V1(@20250929)?|claude-sonnet-4-5(@20250929)?)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cmazmkzlm00000djp1e1qe4k4 ^(anthropic/)?(claude-sonnet-4(-20250514)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-sonnet-4(-20250514)?-v1(:0)?|claude-sonnet-4-V1(@20250514)?|claude-sonnet-4(@20250514)?)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cmazmlbnv00010djpazed91va ^(anthropic/)?(claude-sonnet-4-latest)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
cmazmlm2p00020djpa9s64jw5 ^(anthropic/)?(claude-opus-4(-20250514)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4(-20250514)?-v1(:0)?|claude-opus-4(@20250514)?)$
  - | Standard | | input(anthropic) 15, output(anthropic) 75, write-5m 18.75, write-1h 30, cached 1.5
cmdysde5w0000rkmzbc1g5au3 ^(anthropic/)?(claude-opus-4-1(-20250805)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4-1(-20250805)?-v1(:0)?|claude-opus-4-1(@20250805)?)$
  - | Standard | | input(anthropic) 15, output(anthropic) 75, write-5m 18.75, write-1h 30, cached 1.5
cmgt5gnkv000104jx171tbq4e ^(anthropic/)?(claude-haiku-4-5(-20251001)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-haiku-4-5-20251001-v1:0|claude-4-5-haiku@20251001)$
  - | Standard | | input(anthropic) 1, output(anthropic) 5, write-5m 1.25, write-1h 2, cached 0.1
cmieupdva000004l541kwae70 ^(anthropic/)?(claude-opus-4-5(-20251101)?|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4-5(-20251101)?-v1(:0)?|claude-opus-4-5(@20251101)?)$
  - | Standard | | input(anthropic) 5, output(anthropic) 25, write-5m 6.25, write-1h 10, cached 0.5
90ec5ec3-1a48-4ff0-919c-70cdb8f632ed ^(anthropic\/)?(claude-sonnet-4-6|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-sonnet-4-6(-v1(:0)?)?|claude-sonnet-4-6)$
  - | Standard | | input(anthropic) 3, output(anthropic) 15, write-5m 3.75, write-1h 6, cached 0.3
13458bc0-1c20-44c2-8753-172f54b67647 ^(anthropic/)?(claude-opus-4-6|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4-6-v1(:0)?|claude-opus-4-6)$
  - | Standard | | input(anthropic) 5, output(anthropic) 25, write-5m 6.25, write-1h 10, cached 0.5
d506b291-cc9c-4833-9014-0f387a8e1cc8 ^(anthropic/)?(claude-opus-4-7|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4-7-v1(:0)?|claude-opus-4-7)$
  - | Standard | | input(anthropic) 5, output(anthropic) 25, write-5m 6.25, write-1h 10, cached 0.5
80753fd5-342b-4ed3-bbb1-57d3d57b7e03 ^((anthropic/)?claude-opus-4-8|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-4-8(-v1(:0)?)?)$
  - | Standard | | input(anthropic) 5, output(anthropic) 25, write-5m 6.25, write-1h 10, cached 0.5
  d157528f-9083-43be-ba65-2d281a8891db | Fast mode | speed=fast | input(anthropic) 10, output(anthropic) 50, write-5m 12.5, write-1h 20, cached 1
0b9a828d-9fdc-46d4-b5ec-f6574c42ad65 ^((anthropic/)?claude-fable-5|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-fable-5(-v1(:0)?)?)$
  - | Standard | | input(anthropic) 10, output(anthropic) 50, write-5m 12.5, write-1h 20, cached 1
7c2e1f89-3a54-4b67-9d21-58e634b79a0c ^((anthropic\/)?claude-sonnet-5|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-sonnet-5(-v1(:0)?)?)$
  - | Standard | | input(anthropic) 2, output(anthropic) 10, write-5m 2.5, write-1h 4, cached 0.2
a5b2c3d4-e5f6-4789-8abc-def012345678 ^((anthropic\/)?claude-opus-5|(eu\.|us\.|apac\.|au\.|jp\.|global\.)?anthropic\.claude-opus-5(-v1(:0)?)?)$
  - | Standard | | input(anthropic) 5, output(anthropic) 25, write-5m 6.25, write-1h 10, cached 0.5
  c4a83d8c-31d6-41c8-a836-3837999083d2 | Fast mode | speed=fast | input(anthropic) 10, output(anthropic) 50, write-5m 12.5, write-1h 20, cached 1
`
