/**
 * OpenAI's models: ids, name patterns and prices, in the format that `parsePrices` reads.
 *
 * Facts from Langfuse's default prices (`worker/src/constants/default-model-prices.json`, as of 2026-08-22), without models
 * that were retired before 2024 and those billed by audio.
 */
export const OPENAI_PRICES: string = String.raw`
b9854a5c92dc496b997d99d20 ^(openai/)?(gpt-4o)$
  - | Standard | | input 2.5, cached 1.25, output 10
  ba3b2121-9c68-4333-af3b-26f98fbab7ee | Fast mode | service_tier=fast,priority | input 4.25, cached 2.125, output 17
b9854a5c92dc496b997d99d21 ^(openai/)?(gpt-4o-2024-05-13)$
  - | Standard | | input 5, output 15
  62d76894-9b2d-444a-985e-6802a1c730aa | Fast mode | service_tier=fast,priority | input 8.75, output 26.25
clrntjt89000908jwhvkz5crm ^(text-embedding-ada-002)$
  - | Standard | | total 0.1
clrntkjgy000f08jx79v9g1xj ^(openai/)?(gpt-4)$
  - | Standard | | input 30, output 60
clruwn3pc00010al7bl611c8o ^(text-embedding-3-small)$
  - | Standard | | total 0.02
clruwn76700020al7gp8e4g4l ^(text-embedding-3-large)$
  - | Standard | | total 0.13
clruwnahl00030al7ab9rark7 ^(openai/)?(gpt-)(35|3.5)(-turbo-0125)$
  - | Standard | | input 0.5, output 1.5
clruwnahl00040al78f1lb0at ^(openai/)?(gpt-)(35|3.5)(-turbo)$
  - | Standard | | input 0.5, output 1.5
cluv2t5k3000508ih5kve9zag ^(openai/)?(gpt-4-turbo-2024-04-09)$
  - | Standard | | input 10, output 30
cluvpl4ls000008l6h2gx3i07 ^(openai/)?(gpt-4-turbo)$
  - | Standard | | input 10, output 30
clyrjp56f0000t0mzapoocd7u ^(openai/)?(gpt-4o-mini)$
  - | Standard | | input 0.15, output 0.6, cached 0.075
  6a318ead-09a7-49cd-9cfd-e3c799b3716a | Fast mode | service_tier=fast,priority | input 0.25, output 1, cached 0.125
clyrjpbe20000t0mzcbwc42rg ^(openai/)?(gpt-4o-mini-2024-07-18)$
  - | Standard | | input 0.15, cached 0.075, output 0.6
  204f0b4b-5605-4f63-bec5-3d62c2b810b4 | Fast mode | service_tier=fast,priority | input 0.25, cached 0.125, output 1
clzjr85f70000ymmzg7hqffra ^(openai/)?(gpt-4o-2024-08-06)$
  - | Standard | | input 2.5, cached 1.25, output 10
  0e6f6dac-20cc-4ae2-bfab-90070ac2de4a | Fast mode | service_tier=fast,priority | input 4.25, cached 2.125, output 17
cm3x0p8ev000008kyd96800c8 ^(chatgpt-4o-latest)$
  - | Standard | | input 5, output 15
cm48akqgo000008ldbia24qg0 ^(openai/)?(gpt-4o-2024-11-20)$
  - | Standard | | input 2.5, cached 1.25, output 10
  eb22e14f-7474-422a-aac3-2d0f722ceba0 | Fast mode | service_tier=fast,priority | input 4.25, cached 2.125, output 17
cm48cjxtc000108jrcsso3avv ^(openai/)?(o1)$
  - | Standard | | input 15, cached/2 7.5, output+reasoning/3 60
cm48cjxtc000208jrcsso3avv ^(openai/)?(o1-2024-12-17)$
  - | Standard | | input 15, cached/2 7.5, output+reasoning/3 60
cm6l8j7vs0000tymz9vk7ew8t ^(openai/)?(o3-mini)$
  - | Standard | | input 1.1, cached/2 0.55, output+reasoning/3 4.4
cm6l8jan90000tymz52sh0ql8 ^(openai/)?(o3-mini-2025-01-31)$
  - | Standard | | input 1.1, cached/2 0.55, output+reasoning/3 4.4
cm7nusn643377tvmzh27m33kl ^(openai/)?(gpt-4.1)$
  - | Standard | | input 2, cached+text 0.5, output 8
  757639cc-73fa-49c5-adfd-686bbd0e9dbe | Fast mode | service_tier=fast,priority | input 3.5, cached+text 0.875, output 14
cm7qahw732891bpmzy45r3x70 ^(openai/)?(gpt-4.1-2025-04-14)$
  - | Standard | | input 2, cached+text 0.5, output 8
  ef4f4063-bd8f-441c-b2a2-6771f404212e | Fast mode | service_tier=fast,priority | input 3.5, cached+text 0.875, output 14
cm7sglt825463kxnza72p6v81 ^(openai/)?(gpt-4.1-mini-2025-04-14)$
  - | Standard | | input 0.4, cached+text 0.1, output 1.6
  94d78fcb-36e0-4dd7-b7ae-7d43e8dd278b | Fast mode | service_tier=fast,priority | input 0.7, cached+text 0.175, output 2.8
cm7vxpz967124dhjtb95w8f92 ^(openai/)?(gpt-4.1-nano-2025-04-14)$
  - | Standard | | input 0.1, cached+text 0.025, output 0.4
  38ecc517-b487-45d0-abea-7dbbf1a706a6 | Fast mode | service_tier=fast,priority | input 0.2, cached+text 0.05, output 0.8
cm7wmny967124dhjtb95w8f81 ^(openai/)?(o3)$
  - | Standard | | input 2, cached 0.5, output+reasoning 8
  ad862208-0cc4-4ad6-868d-363fbaace2b2 | Fast mode | service_tier=fast,priority | input 3.5, cached 0.875, output+reasoning 14
  0c5034e2-181e-4942-bd65-4a210bfd48dd | Flex | service_tier=flex | input 1, cached 0.25, output+reasoning 4
cm7wopq3327124dhjtb95w8f81 ^(openai/)?(o3-2025-04-16)$
  - | Standard | | input 2, cached 0.5, output+reasoning 8
  0aa1a211-4af7-43a8-86e2-d193beda27a1 | Fast mode | service_tier=fast,priority | input 3.5, cached 0.875, output+reasoning 14
  54114e6b-05a0-4e6c-92e6-b5683245c1dc | Flex | service_tier=flex | input 1, cached 0.25, output+reasoning 4
cm7wqrs1327124dhjtb95w8f81 ^(openai/)?(o4-mini)$
  - | Standard | | input 1.1, cached 0.275, output+reasoning 4.4
  1ddaa9b4-df3b-4ab2-9969-62b263974086 | Fast mode | service_tier=fast,priority | input 2, cached 0.5, output+reasoning 8
  02bf5921-4756-4997-9eee-232a7d6e0567 | Flex | service_tier=flex | input 0.55, cached 0.138, output+reasoning 2.2
cm7zqrs1327124dhjtb95w8f82 ^(openai/)?(o4-mini-2025-04-16)$
  - | Standard | | input 1.1, cached 0.275, output+reasoning 4.4
  ccb75c3f-8fd7-487c-a5f0-1fefae485dd3 | Fast mode | service_tier=fast,priority | input 2, cached 0.5, output+reasoning 8
  5be139db-2dfd-49d9-ae69-40a9a0018be1 | Flex | service_tier=flex | input 0.55, cached 0.138, output+reasoning 2.2
cm7zxrs1327124dhjtb95w8f45 ^(openai/)?(gpt-4.1-nano)$
  - | Standard | | input 0.1, cached+text 0.025, output 0.4
  27947175-4b36-475d-ac36-44f69fbf1eac | Fast mode | service_tier=fast,priority | input 0.2, cached+text 0.05, output 0.8
cm7zzrs1327124dhjtb95w8p96 ^(openai/)?(gpt-4.1-mini)$
  - | Standard | | input 0.4, cached+text 0.1, output 1.6
  e747c083-dae8-4085-a1e2-e46c16e39498 | Fast mode | service_tier=fast,priority | input 0.7, cached+text 0.175, output 2.8
cmz9x72kq55721pqrs83y4n2bx ^(openai/)?(o3-pro)$
  - | Standard | | input 20, output+reasoning/3 80
cmz9x72kq55721pqrs83y4n2by ^(openai/)?(o3-pro-2025-06-10)$
  - | Standard | | input 20, output+reasoning/3 80
cmbrold5b000107lbftb9fdoo ^(openai/)?(o1-pro)$
  - | Standard | | input 150, output+reasoning/3 600
cmbrolpax000207lb3xkedysz ^(openai/)?(o1-pro-2025-03-19)$
  - | Standard | | input 150, output+reasoning/3 600
38c3822a-09a3-457b-b200-2c6f17f7cf2f ^(openai/)?(gpt-5)$
  - | Standard | | input 1.25, cached 0.125, output+reasoning 10
  a67e2dee-d22c-4717-8f90-38a38b8a9e0c | Fast mode | service_tier=fast,priority | input 2.5, cached 0.25, output+reasoning 20
  be4042e8-253f-4f20-94a8-2508b0dff73b | Flex | service_tier=flex | input 0.625, cached 0.0625, output+reasoning 5
12543803-2d5f-4189-addc-821ad71c8b55 ^(openai/)?(gpt-5-2025-08-07)$
  - | Standard | | input 1.25, cached 0.125, output+reasoning 10
  76480c39-b037-42eb-b553-640c7df3a3f1 | Fast mode | service_tier=fast,priority | input 2.5, cached 0.25, output+reasoning 20
  5988c80e-a2c3-42b9-8167-ba6c903a4a2b | Flex | service_tier=flex | input 0.625, cached 0.0625, output+reasoning 5
3d6a975a-a42d-4ea2-a3ec-4ae567d5a364 ^(openai/)?(gpt-5-mini)$
  - | Standard | | input 0.25, cached 0.025, output+reasoning 2
  fa4c5173-323e-41e4-8066-071ac910aa80 | Fast mode | service_tier=fast,priority | input 0.45, cached 0.045, output+reasoning 3.6
  5fe8248d-f3f4-49fd-ad76-d3654eac8593 | Flex | service_tier=flex | input 0.125, cached 0.0125, output+reasoning 1
03b83894-7172-4e1e-8e8b-37d792484efd ^(openai/)?(gpt-5-mini-2025-08-07)$
  - | Standard | | input 0.25, cached 0.025, output+reasoning 2
  4c70b81b-e828-459f-80da-8218f7d816d8 | Fast mode | service_tier=fast,priority | input 0.45, cached 0.045, output+reasoning 3.6
  810a215a-d0ea-456d-bc19-64f2e28f2d2f | Flex | service_tier=flex | input 0.125, cached 0.0125, output+reasoning 1
f0b40234-b694-4c40-9494-7b0efd860fb9 ^(openai/)?(gpt-5-nano)$
  - | Standard | | input 0.05, cached 0.005, output+reasoning 0.4
  74d737d8-ac19-4992-896a-e389bf46842a | Flex | service_tier=flex | input 0.025, cached 0.0025, output+reasoning 0.2
4489fde4-a594-4011-948b-526989300cd3 ^(openai/)?(gpt-5-nano-2025-08-07)$
  - | Standard | | input 0.05, cached 0.005, output+reasoning 0.4
  736cfc37-cb89-4981-aa0e-ffc352330dc0 | Flex | service_tier=flex | input 0.025, cached 0.0025, output+reasoning 0.2
8ba72ee3-ebe8-4110-a614-bf81094447e5 ^(openai/)?(gpt-5-chat-latest)$
  - | Standard | | input 1.25, cached/2 0.125, output+reasoning/3 10
cmgg9zco3000004l258um9xk8 ^(openai/)?(gpt-5-pro)$
  - | Standard | | input 15, output+reasoning/3 120
cmgga0vh9000104l22qe4fes4 ^(openai/)?(gpt-5-pro-2025-10-06)$
  - | Standard | | input 15, output+reasoning/3 120
cmhymgpym000d04ih34rndvhr ^(openai/)?(gpt-5.1)$
  - | Standard | | input 1.25, cached 0.125, output+reasoning 10
  78484894-8814-4eff-b250-06368c7c1fbb | Fast mode | service_tier=fast,priority | input 2.5, cached 0.25, output+reasoning 20
  34bf46b6-995a-4e2e-a839-430c1da110e8 | Flex | service_tier=flex | input 0.625, cached 0.0625, output+reasoning 5
cmhymgxiw000e04ihh9pw12ef ^(openai/)?(gpt-5.1-2025-11-13)$
  - | Standard | | input 1.25, cached 0.125, output+reasoning 10
  aa398ff9-69fa-4f7a-b18a-6085e82ee20b | Fast mode | service_tier=fast,priority | input 2.5, cached 0.25, output+reasoning 20
  b92ba7b5-513c-4f78-8e2b-f98adceee0fd | Flex | service_tier=flex | input 0.625, cached 0.0625, output+reasoning 5
cmj2n4f2a000304kz49g4c43u ^(openai/)?(gpt-5.2)$
  - | Standard | | input 1.75, cached 0.175, output+reasoning 14
  b9f9277b-3d3e-4c75-9559-3ae60a8e221a | Fast mode | service_tier=fast,priority | input 3.5, cached 0.35, output+reasoning 28
  74ae8425-2dbb-4879-a0da-c76a3a722c14 | Flex | service_tier=flex | input 0.875, cached 0.0875, output+reasoning 7
cmj2muxg6000104kzd2tc8953 ^(openai/)?(gpt-5.2-2025-12-11)$
  - | Standard | | input 1.75, cached 0.175, output+reasoning 14
  7616bc9c-1606-4318-a79b-b0a9e4746477 | Fast mode | service_tier=fast,priority | input 3.5, cached 0.35, output+reasoning 28
  c6660696-8b14-4a83-8eb5-f1c68840a832 | Flex | service_tier=flex | input 0.875, cached 0.0875, output+reasoning 7
cmj2n6pkq000404kz2s0b6if7 ^(openai/)?(gpt-5.2-pro)$
  - | Standard | | input 21, output+reasoning/3 168
cmj2n70oe000504kz21b76mes ^(openai/)?(gpt-5.2-pro-2025-12-11)$
  - | Standard | | input 21, output+reasoning/3 168
f1e2d3c4-b5a6-4789-8abc-0d1e2f3a4b5c ^(openai/)?(gpt-5.3-codex)$
  - | Standard | | input 1.75, cached/2 0.175, output+reasoning/3 14
bee3c111-fe6f-4641-8775-73ea33b29fca ^(openai/)?(gpt-5.4)$
  - | Standard | | input 2.5, cached 0.25, output+reasoning 15
  1a2e3fd0-8bbd-4b8b-95d3-1d9750c45548 | Flex · Large context (>272K) | service_tier=flex & (input)>272000 | input 2.5, cached 0.25, output+reasoning 11.25
  e99b8dc7-8bb2-4373-9b03-8473958c9574 | Fast mode | service_tier=fast,priority | input 5, cached 0.5, output+reasoning 30
  4d8bb956-4374-430c-bfb5-66237dcbc636 | Flex | service_tier=flex | input 1.25, cached 0.13, output+reasoning 7.5
  8f7d2163-197d-4bb2-a403-957c1f9f7244 | Large Context (>272K) | (input)>272000 | input 5, cached 0.5, output+reasoning 22.5
68d32054-8748-4d25-9f64-d78d483601bd ^(openai/)?(gpt-5.4-pro)$
  - | Standard | | input 30, output+reasoning 180
  303abe77-afd3-42d7-b4a9-fc259b2c20c0 | Flex · Large context (>272K) | service_tier=flex & (input)>272000 | input 30, output+reasoning 135
  84c1acad-a05b-499d-97c9-8998b4ff0c5b | Flex | service_tier=flex | input 15, output+reasoning 90
  3c335f8e-6594-4b8b-abde-f3be0bcf0349 | Large Context (>272K) | (input)>272000 | input 60, output+reasoning 270
22dfc7e1-1fe1-4286-b1af-928635e7ecb9 ^(openai/)?(gpt-5.4-2026-03-05)$
  - | Standard | | input 2.5, cached 0.25, output+reasoning 15
  e670a6f6-c046-445e-a6f3-d1c71d934051 | Flex · Large context (>272K) | service_tier=flex & (input)>272000 | input 2.5, cached 0.25, output+reasoning 11.25
  fb92ade7-c15c-4b2a-a5aa-b5f5eb6f8c34 | Fast mode | service_tier=fast,priority | input 5, cached 0.5, output+reasoning 30
  efb0cdd3-3a13-49dc-9b4e-29fbc9fecdcf | Flex | service_tier=flex | input 1.25, cached 0.13, output+reasoning 7.5
  596cb5e9-ba20-4fcf-aa07-fa8c557b643c | Large Context (>272K) | (input)>272000 | input 5, cached 0.5, output+reasoning 22.5
d8873413-05ab-4374-8223-e8c9005c4a0e ^(openai/)?(gpt-5.4-pro-2026-03-05)$
  - | Standard | | input 30, output+reasoning 180
  af0f392c-1286-4cac-a7be-6b85d9c5449e | Flex · Large context (>272K) | service_tier=flex & (input)>272000 | input 30, output+reasoning 135
  e603b77a-ce1f-4306-b345-322c9b37cc44 | Flex | service_tier=flex | input 15, output+reasoning 90
  a5aec834-b2a6-4d42-addc-c9c424034cb4 | Large Context (>272K) | (input)>272000 | input 60, output+reasoning 270
4bf01a9f-663f-4302-a05c-b2b42c5348e3 ^(openai\/)?(gpt-5.4-mini)$
  - | Standard | | input 0.75, cached 0.075, output 4.5
  33d3b03a-fa64-46ce-b077-fd245bc7997d | Fast mode | service_tier=fast,priority | input 1.5, cached 0.15, output 9
  386cf9dc-77cb-4d09-9cb1-e5eae3e69abd | Flex | service_tier=flex | input 0.375, cached 0.0375, output 2.25
3d8027df-7491-442e-9770-1363ab2452fc ^(openai\/)?(gpt-5.4-mini-2026-03-17)$
  - | Standard | | input 0.75, cached 0.075, output 4.5
  a4470b39-40df-45a2-a77b-b1e5e4cea7e0 | Fast mode | service_tier=fast,priority | input 1.5, cached 0.15, output 9
  8c294d78-ef7d-469c-9669-e2a515ca028e | Flex | service_tier=flex | input 0.375, cached 0.0375, output 2.25
2d83d130-d0f1-4b5d-be1c-7caf70b8e444 ^(openai\/)?(gpt-5.4-nano)$
  - | Standard | | input 0.2, cached 0.02, output 1.25
  12454d21-744a-4c31-b0a3-54d1725015da | Flex | service_tier=flex | input 0.1, cached 0.01, output 0.625
33c7321b-c56e-45e9-9640-33ba3f5cb4fa ^(openai\/)?(gpt-5.4-nano-2026-03-17)$
  - | Standard | | input 0.2, cached 0.02, output 1.25
  e5e91108-dbc1-44a7-930b-feb35141ed70 | Flex | service_tier=flex | input 0.1, cached 0.01, output 0.625
0a8ec527-44e0-4ee3-8005-a1865d712ec6 ^(openai/)?(gpt-5.5(-2026-04-23)?)$
  - | Standard | | input 5, cached 0.5, output+reasoning 30
  67ba2a0f-c796-4d93-bbb6-cf0338718150 | Flex · Large context (>272K) | service_tier=flex & (input)>272000 | input 5, cached 0.5, output+reasoning 22.5
  af5ffdbd-411b-4215-ae86-bfc0d9c9817e | Fast mode | service_tier=fast,priority | input 12.5, cached 1.25, output+reasoning 75
  93bdcf85-5a30-4cfa-8144-25d4f7af82ec | Flex | service_tier=flex | input 2.5, cached 0.25, output+reasoning 15
  a3ad657c-fff1-44dd-a51b-20d9845a112a | Large Context (>272K) | (input)>272000 | input 10, cached 1, output+reasoning 45
913d4e67-7472-49d1-97de-0a707ca3e31e ^(openai/)?(gpt-5.5-pro(-2026-04-23)?)$
  - | Standard | | input 30, output+reasoning 180
  921195dc-7b97-44c7-a12e-0dd4acafe335 | Flex | service_tier=flex | input 15, output+reasoning 90
  56beb248-e8af-4d42-a861-1f921e81cfb2 | Large Context (>272K) | (input)>272000 | input 60, output+reasoning 270
7f3d2e1a-4b5c-4d6e-8f9a-0b1c2d3e4f5a ^(openai/)?(gpt-5.6-sol)$
  - | Standard | | input 5, cached 0.5, write 6.25, output+reasoning 30
  54bb424a-ac97-4316-93b2-1b3a46a79f71 | Fast mode · Large context (>272K) | service_tier=fast,priority & (input|cache_write)>272000 | input 20, cached 2, write 25, output+reasoning 90
  53c9716e-6693-4ad4-af66-a00091b91d80 | Flex · Large context (>272K) | service_tier=flex & (input|cache_write)>272000 | input 5, cached 0.5, write 6.25, output+reasoning 22.5
  26ef382b-df27-4a55-ad8c-dedea29d76ee | Fast mode | service_tier=fast,priority | input 10, cached 1, write 12.5, output+reasoning 60
  4735e32d-5ff7-4fc9-ad62-8c9579dc5f2a | Flex | service_tier=flex | input 2.5, cached 0.25, write 3.125, output+reasoning 15
  1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d | Large Context (>272K) | (input|cache_write)>272000 | input 10, cached 1, write 12.5, output+reasoning 45
8a4e3f2b-5c6d-4e7f-9a0b-1c2d3e4f5a6b ^(openai/)?(gpt-5.6-terra)$
  - | Standard | | input 2, cached 0.2, write 2.5, output+reasoning 12
  9ca35f10-4a56-4cb0-9ca6-0ae9c57deeee | Fast mode · Large context (>272K) | service_tier=fast,priority & (input|cache_write)>272000 | input 8, cached 0.8, write 10, output+reasoning 36
  8a5adb80-6e59-4a56-a69f-9eda3d8ebaae | Flex · Large context (>272K) | service_tier=flex & (input|cache_write)>272000 | input 2, cached 0.2, write 2.5, output+reasoning 9
  9ff3bb71-f328-4cee-81b8-6b767871d820 | Fast mode | service_tier=fast,priority | input 4, cached 0.4, write 5, output+reasoning 24
  489d530a-bcfd-4667-a4a3-508ff3555cf7 | Flex | service_tier=flex | input 1, cached 0.1, write 1.25, output+reasoning 6
  2b3c4d5e-6f7a-8b9c-0d1e-2f3a4b5c6d7e | Large Context (>272K) | (input|cache_write)>272000 | input 4, cached 0.4, write 5, output+reasoning 18
9b5f4a3c-6d7e-4f8a-ab1c-2d3e4f5a6b7c ^(openai/)?(gpt-5.6-luna)$
  - | Standard | | input 0.2, cached 0.02, write 0.25, output+reasoning 1.2
  5ab18b8b-86aa-4077-9f3c-a4ea6f8a37c8 | Fast mode · Large context (>272K) | service_tier=fast,priority & (input|cache_write)>272000 | input 0.8, cached 0.08, write 1, output+reasoning 3.6
  dde1aa4b-c9ba-46ad-803a-561411629f77 | Flex · Large context (>272K) | service_tier=flex & (input|cache_write)>272000 | input 0.2, cached 0.02, write 0.25, output+reasoning 0.9
  079cdd36-4c31-4df3-9e4b-38074becb0b4 | Fast mode | service_tier=fast,priority | input 0.4, cached 0.04, write 0.5, output+reasoning 2.4
  2a50074e-4a63-4a3f-b161-fd8811b3f655 | Flex | service_tier=flex | input 0.1, cached 0.01, write 0.125, output+reasoning 0.6
  3c4d5e6f-7a8b-9c0d-1e2f-3a4b5c6d7e8f | Large Context (>272K) | (input|cache_write)>272000 | input 0.4, cached 0.04, write 0.5, output+reasoning 1.8
`
