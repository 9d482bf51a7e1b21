import { Code, Stack, Text } from '@mantine/core'
import { EmptyState } from '../kit/api-result.tsx'

/** Nothing is waiting, or nothing was found. */
export function NoFastqs({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState icon="fastqs" title={filtered ? 'No files fit this' : 'No files are waiting'}>
      {filtered ? (
        'A search that begins with gncv:// looks for the beginning of a destination; any other looks anywhere in it.'
      ) : (
        <Stack gap="xs" align="center">
          <Text inherit>
            Presign the files in your cloud, write a map with the columns{' '}
            <Code>client_id,r_notation,path</Code>, and import it here or by program:
          </Text>
          <Code block>npx arraydrop upload urls.fastq-map.csv</Code>
        </Stack>
      )}
    </EmptyState>
  )
}
