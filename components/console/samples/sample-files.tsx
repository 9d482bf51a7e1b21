'use client'

import { Anchor, Group, Paper, Table, Text } from '@mantine/core'
import type { z } from 'zod'
import { isReport } from '#lib/samples/report-file.ts'
import type { FileTypeItem, SampleDetails } from '#lib/samples/wire.ts'
import { useList } from '../api/use-api.tsx'
import { EmptyState } from '../kit/api-result.tsx'
import { CardTable } from '../kit/card-table.tsx'
import { ConsoleIcon } from '../kit/console-icon.tsx'
import { CopyButton } from '../kit/copy-button.tsx'
import { sayBytes } from '../kit/say-units.ts'
import { asPage } from './report-address.ts'

const TYPES_MAX = 200

/** A sample's files to download. Their URLs work for an hour and are replaced whenever the sample is refreshed. */
export function SampleFiles({ sample }: { sample: SampleDetails }) {
  const types = useList<z.infer<typeof FileTypeItem>>('file-types/', { limit: TYPES_MAX })
  if (sample.files.length === 0) {
    return (
      <EmptyState icon="download" title="No files yet">
        When the analysis has succeeded, its files can be downloaded here: the original, the genotypes in
        several formats, and the quality report.
      </EmptyState>
    )
  }
  const wordsOf = (key: string) => types.data?.results.find((type) => type.key === key)?.description
  return (
    <Paper withBorder p="md">
      <CardTable label="Files" head={['File', 'Size', 'SHA-256']} inBox>
        {sample.files.map((file) => (
          <Table.Tr key={file.id}>
            <Table.Td>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <ConsoleIcon name="download" size={16} />
                <div>
                  <Anchor href={file.download_url} size="sm">
                    {file.file_type}
                  </Anchor>
                  {isReport(file.file_type) && (
                    <Anchor
                      href={asPage(file.download_url)}
                      target="_blank"
                      rel="noreferrer"
                      size="sm"
                      ml="sm"
                    >
                      Open {file.file_type}
                    </Anchor>
                  )}
                  <Text size="xs" c="dimmed">
                    {wordsOf(file.file_type) ?? ''}
                  </Text>
                </div>
              </Group>
            </Table.Td>
            <Table.Td>{sayBytes(file.size)}</Table.Td>
            <Table.Td>
              <Group gap={4} wrap="nowrap">
                <Text size="xs" ff="monospace">
                  {file.checksum_sha256.slice(0, 12)}…
                </Text>
                <CopyButton value={file.checksum_sha256} label={`Copy the SHA-256 of ${file.file_type}`} />
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </CardTable>
    </Paper>
  )
}
