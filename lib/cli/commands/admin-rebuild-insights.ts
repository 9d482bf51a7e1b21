import { Command, Option } from 'commander'
import { rebuildInsights } from '#lib/insights/count-insights.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

/** `arraydrop admin rebuild-insights`. */
export function rebuildInsightsCommand(): Command {
  return new Command('rebuild-insights')
    .description(
      'Count every sample again for the insights, about ten minutes per million samples. The service can keep running; ' +
        'what insights show is a little old meanwhile.',
    )
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (options: { json?: boolean }) => {
      print({ samples: await withSystem(rebuildInsights) }, options)
    })
}
