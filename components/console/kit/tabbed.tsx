import { Box, Tabs } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface Tab {
  key: string
  label: string
}

interface Props {
  tabs: readonly Tab[]
  chosen: Tab
  choose: (key: string | null) => void
  /** What the chosen one shows. */
  children: ReactNode
}

/** Tabs above the panel of the chosen one. The library's own panels would render all tabs again once mounted. */
export function Tabbed({ tabs, chosen, choose, children }: Props) {
  const id = useId()
  const panel = `${id}-panel`
  return (
    <Tabs id={id} value={chosen.key} onChange={choose}>
      <Tabs.List>
        {tabs.map(({ key, label }) => (
          <Tabs.Tab key={key} value={key} aria-controls={key === chosen.key ? panel : undefined}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Box key={chosen.key} role="tabpanel" id={panel} aria-labelledby={`${id}-tab-${chosen.key}`} pt="lg">
        {children}
      </Box>
    </Tabs>
  )
}
