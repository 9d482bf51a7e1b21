import { setTimeout as pause } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { isUnderWay } from '#lib/samples/sample.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { EXIT, Failure } from '../failure.ts'
import { type ApiOptions, partnerClient, segment, withApiOptions } from '../partner-client.ts'
import { print } from '../print.ts'
import { sayAtInterrupt } from '../say-at-interrupt.ts'

/** Polled often at first, rarely later: a person may take their 15 minutes. */
const PAUSE_MS = [250, 500, 1_000, 2_000, 5_000]

/** `arraydrop samples wait`: exit code 0 only for a sample that succeeded. */
export function waitCommand(): Command {
  return withApiOptions(new Command('wait'))
    .description('Wait until a sample has ended. The exit code is 0 only when it succeeded, else 4.')
    .argument('<sample-id>')
    .option('--timeout <seconds>', 'how long to wait at most', parseSeconds, 3_600)
    .addHelpText(
      'after',
      '\nExample:\n  arraydrop samples wait a63417a3-31d5-40d0-98a4-ac54e6ff1bdd && echo ready',
    )
    .action(async (sampleId: string, options: ApiOptions & { timeout: number }) => {
      const path = `/api/v2/samples/${segment(sampleId)}`
      const until = performance.now() + options.timeout * 1_000
      let said = ''
      sayAtInterrupt(() => 'Interrupted. The sample is not affected; the same command waits again.')
      for (let look = 0; ; look++) {
        // Once it has answered, a service that is away, such as for an upgrade, is waited for.
        const patience = look === 0 ? 0 : Math.max(1, until - performance.now())
        const { id, last_status } = await partnerClient(options, { patience }).get<SampleDetails>(path)
        const { status, note } = last_status
        if (!isUnderWay(status)) {
          print({ id, status, note }, options)
          if (status !== 'succeeded') process.exitCode = EXIT.notSucceeded
          return
        }
        if (status !== said && !options.json) process.stderr.write(`${status} …\n`)
        said = status
        const left = until - performance.now()
        if (left <= 0) throw new Failure(EXIT.notSucceeded, `The sample is still ${status}.`)
        const gap = PAUSE_MS[Math.min(look, PAUSE_MS.length - 1)]!
        await pause(Math.min(gap, left))
      }
    })
}

function parseSeconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Give whole seconds.')
  return Number(text)
}
