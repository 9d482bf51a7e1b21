import { Paper, Stack, Text, Title } from '@mantine/core'
import { Columns } from '../kit/columns.tsx'
import type { ImputationNumbers } from './read-imputation-numbers.ts'
import { ShareChart } from './share-chart.tsx'

/** How well a sample was imputed: figures, accuracy by frequency, and sureness by chromosome. */
export function SampleImputation({
  numbers: { facts, hidden, hiddenOf, sure },
}: {
  numbers: ImputationNumbers
}) {
  const { regions, markers } = hiddenOf
  return (
    <Stack gap="lg">
      <Paper withBorder p="md">
        <Title order={2} size="h4">
          Imputation
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          Imputed calls are estimates, not measurements, and not for medical decisions. Rare variants are the
          least reliable.
        </Text>
        <Columns cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
          {facts.map(({ label, value }) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
                {value}
              </Text>
            </div>
          ))}
        </Columns>
      </Paper>
      <Columns cols={{ base: 1, md: 2 }}>
        {hidden.length > 0 && (
          <ShareChart
            title="Hidden markers by frequency"
            explained={`${markers.toLocaleString('en')} markers of chromosomes ${regions.join(' and ')} were hidden from the engine. The share that came back as it was, by the frequency of the rarer allele.`}
            bars={hidden}
            zoomedTo={() => true}
            place="at "
          />
        )}
        <ShareChart
          title="Sure calls by chromosome"
          explained="The share of imputed calls that the engine is at least 90 % sure of."
          bars={sure}
          zoomedTo={() => true}
        />
      </Columns>
    </Stack>
  )
}
