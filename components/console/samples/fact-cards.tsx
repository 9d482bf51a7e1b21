import { Paper, Text } from '@mantine/core'
import { Columns } from '../kit/columns.tsx'
import styles from './fact-cards.module.css'

export interface FactCard {
  label: string
  value: string
  /** What the value rests on, or what is usual; empty where nothing is to be said. */
  more: string
}

/** Figures side by side, two abreast on a phone. */
export function FactCards({ facts }: { facts: readonly FactCard[] }) {
  return (
    <Columns className={styles.cards!} cols={{ base: 2, sm: 3, lg: 4 }}>
      {facts.map(({ label, value, more }) => (
        <Paper key={label} withBorder p="sm">
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
          {more && (
            <Text size="xs" c="dimmed">
              {more}
            </Text>
          )}
        </Paper>
      ))}
    </Columns>
  )
}
