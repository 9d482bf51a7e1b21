'use client'

import { Group, Kbd, Modal, Table } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { isDialogOpen, isWriting } from '../kit/is-writing.ts'
import { palette } from './palette.ts'

const KEYS: { keys: string[]; does: string }[] = [
  { keys: ['Ctrl', 'K'], does: 'Find a page, a project or a sample (⌘ K on a Mac)' },
  { keys: ['/'], does: 'Go to the search of the page' },
  { keys: ['j'], does: 'Next sample in the list' },
  { keys: ['k'], does: 'Previous sample in the list' },
  { keys: ['Enter'], does: 'Open the sample' },
  { keys: ['x'], does: 'Pick the sample' },
  { keys: ['?'], does: 'Show these keys' },
]

/** `?` lists the keys of the console, and `/` goes to the search of the page, or to the palette where there is none. */
export function KeysDialog() {
  const [opened, dialog] = useDisclosure()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isWriting(event.target) || isDialogOpen()) return
      if (event.key !== '?' && event.key !== '/') return
      event.preventDefault()
      if (event.key === '?') return dialog.open()
      const search = document.querySelector<HTMLInputElement>('main input[type=search]')
      if (search) search.focus()
      else palette.open()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [dialog])
  return (
    <Modal opened={opened} onClose={dialog.close} title="Keys" centered>
      <Table>
        <Table.Tbody>
          {KEYS.map(({ keys, does }) => (
            <Table.Tr key={does}>
              <Table.Th scope="row">
                <Group gap={4} wrap="nowrap">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </Group>
              </Table.Th>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
