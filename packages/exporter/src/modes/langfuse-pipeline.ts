import { langfuseTarget } from '../delivery/otlp-target.js'
import type { Credentials } from '../options/credentials.js'
import type { ResolvedExporterOptions } from '../options/exporter-options.js'
import type { AccountedProcessor } from '../pipeline/accounted-processor.js'
import { createExportingProcessor } from '../pipeline/create-exporting-processor.js'
import type { Reporter } from '../report.js'
import { claimProject } from '../select/project-claims.js'
import { createProtection } from './create-protection.js'
import { createLangfuseRoute } from './langfuse-route.js'
import { reportEnvironment } from './report-environment.js'
import { spoolOpener } from './spool-opener.js'

/**
 * Builds the pipeline to Langfuse.
 *
 * @param credentials - Whom to send as, and where to.
 * @param options - The resolved options.
 * @param reporter - Told about what goes wrong.
 */
export function createLangfusePipeline(
  credentials: Credentials,
  options: ResolvedExporterOptions,
  reporter: Reporter,
): AccountedProcessor {
  reportEnvironment(options.environment, reporter)
  const claim = claimProject(credentials, reporter)
  const target = langfuseTarget(credentials, options)
  const { protect, maskFile } = createProtection(options, reporter)
  const mediaTarget = { baseUrl: credentials.baseUrl, headers: target.headers }
  return createExportingProcessor({
    route: createLangfuseRoute(options, claim, reporter),
    target,
    destination: {
      name: 'Langfuse',
      origin: new URL(credentials.baseUrl).origin,
      addressSetting: 'LANGFUSE_BASE_URL',
      credentialsSetting: 'LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY',
      timeoutMillis: options.timeoutMillis,
    },
    bounds: options,
    protect,
    media: options.mediaUpload ? { target: mediaTarget, maskFile } : undefined,
    tailRule: options.alwaysKeep,
    openSpool: spoolOpener(options.spool, `${credentials.publicKey}@${credentials.baseUrl}`, reporter),
    reporter,
    componentType: 'axion_langfuse_span_processor',
    exitHooks: options.exitHooks,
    onStopped: claim.release,
  })
}
