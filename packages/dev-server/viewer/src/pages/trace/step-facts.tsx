import type { ComponentChildren, VNode } from 'preact'
import { cost, duration } from '../../format/numbers.js'
import { fullTime } from '../../format/times.js'
import { visibleText } from '../../format/visible-text.js'
import { PromptLink } from './prompt-link.js'
import type { StepDetail } from './trace-data.js'

/** When a step ran, with which model, for how much. */
export function StepFacts({ step }: { readonly step: StepDetail }): VNode {
  const { details } = step
  const { completionStartMillis: first, modelParameters } = details
  const parameters = Object.entries(modelParameters).filter(([, value]) => value !== null && value !== '')
  return (
    <>
      <dl class="facts">
        <Fact label="Latency">{duration(step.endTimeMillis - step.startTimeMillis)}</Fact>
        {first !== null && <Fact label="First token">{duration(first - step.startTimeMillis)}</Fact>}
        <Fact label="Started">{fullTime(step.startTimeMillis)}</Fact>
        {details.model !== '' && <Fact label="Model">{visibleText(details.model)}</Fact>}
        {details.promptName !== '' && (
          <Fact label="Prompt">
            <PromptLink name={details.promptName} version={details.promptVersion} />
          </Fact>
        )}
        {details.version !== '' && <Fact label="Version">{visibleText(details.version)}</Fact>}
        {details.release !== '' && <Fact label="Release">{visibleText(details.release)}</Fact>}
        {parameters.map(([name, value]) => (
          <Fact key={name} label={visibleText(name)}>
            {visibleText(String(value))}
          </Fact>
        ))}
      </dl>
      <Usage usage={details.usageDetails} costs={details.costDetails} />
    </>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="number">{children}</dd>
    </div>
  )
}

interface UsageProps {
  readonly usage: Readonly<Record<string, number>>
  readonly costs: Readonly<Record<string, number>>
}

function Usage({ usage, costs }: UsageProps): VNode | null {
  const kinds = [...new Set([...Object.keys(usage), ...Object.keys(costs)])]
  if (kinds.length === 0) return null
  // The sum comes last, where sums stand.
  kinds.sort((a, b) => Number(a === 'total') - Number(b === 'total'))
  return (
    <table class="usage number">
      <thead>
        <tr>
          <th scope="col">Usage</th>
          <th scope="col">Tokens</th>
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind} data-total={kind === 'total'}>
            <th scope="row">{visibleText(kind)}</th>
            <td>{usage[kind]?.toLocaleString('en')}</td>
            <td>{cost(costs[kind] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
