import type { LambdaEnvironment } from '../lifecycle/implied-export-mode.js'
import type { MaskRule } from '../mask/mask-rule.js'
import type { OnReport, ReportThreshold } from '../report.js'
import type { ShouldExport } from '../select/should-export.js'
import type { ExitHookSettings, ResolvedExitHookSettings } from './exit-hook-settings.js'
import type { HeadersOption } from './http-headers.js'
import type { ResolvedSpoolSettings, SpoolSettings } from './spool-settings.js'
import type { ResolvedTailSettings, TailSettings } from './tail-settings.js'
import type { TracingMode } from './tracing-mode.js'

/** How spans leave: in batches, or each as soon as it ends (short-lived functions that are frozen between requests). */
export type ExportMode = 'batched' | 'immediate'

/** Whether request bodies are compressed. */
export type Compression = 'gzip' | 'none'

/** What `configureTracing` takes. Every option falls back to its environment variable, then to its default. */
export interface ExporterOptions {
  /** Where spans go. @default detected: see `configureTracing`. Environment: `TRACING_MODE`. */
  readonly mode?: TracingMode | undefined
  /** Langfuse's public key. Environment: `LANGFUSE_PUBLIC_KEY`. */
  readonly publicKey?: string | undefined
  /** Langfuse's secret key. Environment: `LANGFUSE_SECRET_KEY`. */
  readonly secretKey?: string | undefined
  /** Where Langfuse answers. @default 'https://cloud.langfuse.com'. Environment: `LANGFUSE_BASE_URL`, else `LANGFUSE_HOST`, else `LANGFUSE_BASEURL`. */
  readonly baseUrl?: string | undefined
  /**
   * The environment of spans that do not carry one. Langfuse lower-cases it and reads an invalid one as `default`.
   * Environment: `LANGFUSE_TRACING_ENVIRONMENT`, else `LANGFUSE_ENVIRONMENT`.
   */
  readonly environment?: string | undefined
  /** The release of spans that do not carry one. Environment: `LANGFUSE_RELEASE`. */
  readonly release?: string | undefined
  /** Tags that every span gets beside its own. Environment: `LANGFUSE_TAGS`, separated by commas. */
  readonly tags?: readonly string[] | undefined
  /**
   * The share of traces that is kept, 0 to 1, decided by trace id, so that services agree.
   * @default what `OTEL_TRACES_SAMPLER` says, else all. Environment: `LANGFUSE_SAMPLE_RATE`.
   */
  readonly sampleRate?: number | undefined
  /** Which traces are kept although `sampleRate` leaves them out. @default none */
  readonly alwaysKeep?: TailSettings | undefined
  /**
   * Whether inputs and outputs may reach spans, for the whole process. As long as one tracing or processor says false, none do.
   * @default what `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` says, else true.
   */
  readonly captureContent?: boolean | undefined
  /**
   * Rules for every string that leaves, in order: regular expressions (what they match becomes `<masked>`), names of built-in rules, functions.
   * A field in which a rule fails or takes too long is masked as a whole.
   * @default none
   */
  readonly mask?: readonly MaskRule[] | undefined
  /** Has the last word on which spans are sent; sees what would be decided without it. */
  readonly shouldExport?: ShouldExport | undefined
  /** @default 'batched'; 'immediate' on AWS Lambda, which freezes the process as soon as the handler has answered (see `flushAfter`). */
  readonly exportMode?: ExportMode | undefined
  /**
   * The time one request may take, in milliseconds, and how long a flush waits for a server that does not answer. What was not taken is kept
   * and sent again.
   * @default 5000. Environment: `LANGFUSE_TIMEOUT`, in seconds.
   */
  readonly timeoutMillis?: number | undefined
  /** The longest a span waits for its batch to fill, in milliseconds. @default 5000. Environment: `LANGFUSE_FLUSH_INTERVAL`, in seconds. */
  readonly flushIntervalMillis?: number | undefined
  /** The most spans in one request. @default 512. Environment: `LANGFUSE_FLUSH_AT`. */
  readonly maxBatchSpans?: number | undefined
  /**
   * The largest request, in bytes of its encoded body before compression. A batch that is larger goes in several requests; of a single
   * span that is larger, the largest values are cut, with a mark. What the server refuses as too large is halved or cut again.
   * @default 4 MiB
   */
  readonly maxBatchBytes?: number | undefined
  /**
   * The most encoded bytes of spans that wait in memory or are on their way. What ends beyond goes to the spool, if there is one, and else
   * is dropped and counted.
   * @default 128 MiB
   */
  readonly maxQueueBytes?: number | undefined
  /** The most spans that wait in memory or are on their way. @default 1,000,000 */
  readonly maxQueueSpans?: number | undefined
  /** The most requests at a time. @default 8 */
  readonly concurrency?: number | undefined
  /** @default 'gzip' */
  readonly compression?: Compression | undefined
  /** Headers for every request, beside the ones Langfuse needs and those that describe a body (`content-type` and its like). */
  readonly headers?: HeadersOption | undefined
  /**
   * Keeps on disk what cannot be sent now: the server is away, the queue is full, the process ends. It is sent when the server returns, or by
   * the next process.
   * @default none. Environment: `AXION_SPOOL_DIR` names a folder.
   */
  readonly spool?: SpoolSettings | false | undefined
  /** What happens to spans that are held when the process ends. `false` leaves it to calls of `shutdown()`. */
  readonly exitHooks?: ExitHookSettings | false | undefined
  /**
   * Whether base64 data URIs in inputs, outputs and metadata are uploaded as Langfuse media. Spans do not wait for them; what
   * exceeds 64 MiB at a time is left out, with a mark. `mask` sees the URIs before, and files that are text; binary files are not masked.
   * @default false. Environment: `LANGFUSE_MEDIA_UPLOAD_ENABLED`.
   */
  readonly mediaUpload?: boolean | undefined
  /** Whether the provider stays out of OpenTelemetry's globals; tracers then take `tracing.provider`. @default false */
  readonly isolated?: boolean | undefined
  /**
   * Receives what the person who runs the program should know.
   * @default one line each on standard error, down to the level `AXION_LOG_LEVEL` (none, error, warn, info; `warn` when unset).
   */
  readonly onReport?: OnReport | undefined
}

/** What `createLangfuseSpanProcessor` takes: the provider it is put into decides mode, globals and sampler. */
export type LangfuseSpanProcessorOptions = Omit<ExporterOptions, 'mode' | 'isolated'>

/** Options after argument, environment and default were consulted, in this order. */
export interface ResolvedExporterOptions {
  readonly mode: TracingMode | undefined
  readonly publicKey: string | undefined
  readonly secretKey: string | undefined
  /** Without a slash at the end; undefined when the environment's cannot be used: sending elsewhere would be worse than not sending. */
  readonly baseUrl: string | undefined
  /** What is wrong with the environment's, when it would be needed. */
  readonly baseUrlProblem: string | undefined
  readonly environment: string | undefined
  readonly release: string | undefined
  readonly tags: readonly string[]
  readonly sampleRate: number | undefined
  readonly captureContent: boolean | undefined
  readonly mask: readonly MaskRule[]
  readonly shouldExport: ShouldExport | undefined
  readonly exportMode: ExportMode
  readonly timeoutMillis: number
  readonly flushIntervalMillis: number
  readonly maxBatchSpans: number
  readonly maxBatchBytes: number
  readonly maxQueueBytes: number
  readonly maxQueueSpans: number
  readonly concurrency: number
  readonly compression: Compression
  readonly headers: Readonly<Record<string, string>>
  readonly spool: ResolvedSpoolSettings | undefined
  readonly exitHooks: ResolvedExitHookSettings | undefined
  readonly alwaysKeep: ResolvedTailSettings | undefined
  readonly mediaUpload: boolean
  readonly isolated: boolean
  readonly onReport: OnReport
  /** `NODE_TLS_REJECT_UNAUTHORIZED=0`: certificates are not checked, as everywhere in the process. */
  readonly insecureTls: boolean
  /** What of `OTEL_TRACES_SAMPLER` leaves every trace out, if it does. */
  readonly samplerKeepsNone: string | undefined
  /** `OTEL_SDK_DISABLED`. */
  readonly sdkDisabled: boolean
  readonly otlp: OtlpEnvironment
}

/** What OpenTelemetry's own variables say about OTLP; those for traces win over the general ones. */
export interface OtlpEnvironment {
  /** The URL of the traces endpoint. */
  readonly endpoint: string | undefined
  readonly protocol: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly compression: Compression
  /** The time one request may take, in milliseconds. */
  readonly timeoutMillis: number
  /** What `OTEL_BSP_*` say. */
  readonly batches: OtlpBatches
  readonly tls: TlsFiles
}

/** How spans are batched, as far as OpenTelemetry's own variables say it. */
export type OtlpBatches = Partial<
  Pick<ResolvedExporterOptions, 'flushIntervalMillis' | 'maxBatchSpans' | 'maxQueueSpans'>
>

/** Contents of certificate files, as Node's TLS takes them. */
export interface TlsFiles {
  /** Whom to trust, instead of Node's own list. */
  readonly ca?: Buffer
  /** Who we are. */
  readonly cert?: Buffer
  readonly key?: Buffer
  /** False where certificates are not to be checked. */
  readonly rejectUnauthorized?: boolean
}

/** What the environment says, parsed. A value that makes no sense is left out and described in `problems`. */
export interface EnvironmentOptions
  extends Pick<
    ExporterOptions,
    | 'mode'
    | 'publicKey'
    | 'secretKey'
    | 'baseUrl'
    | 'environment'
    | 'release'
    | 'tags'
    | 'sampleRate'
    | 'timeoutMillis'
    | 'flushIntervalMillis'
    | 'maxBatchSpans'
  > {
  readonly mediaUpload: boolean | undefined
  readonly lambda: LambdaEnvironment
  readonly insecureTls: boolean
  /** `AXION_SPOOL_DIR`. */
  readonly spoolDir: string | undefined
  readonly logLevel: ReportThreshold | undefined
  readonly samplerKeepsNone: string | undefined
  readonly sdkDisabled: boolean
  readonly otlp: OtlpEnvironment
  /** What is wrong with a base URL that is set and is not one: there is no safe fallback for where prompts are sent. */
  readonly baseUrlProblem: string | undefined
  /** One line each. */
  readonly problems: readonly string[]
}
