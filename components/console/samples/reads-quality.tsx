import { Stack, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { ReadsFigures } from '#lib/fastq/report/reads-figures.ts'
import { describeReads, nameReads, renderReads } from '#lib/fastq/report/render-reads.ts'
import { Drawing } from './drawing.tsx'
import { FactCards } from './fact-cards.tsx'

/** The figures and drawings of the reads report, on the sample's page: those of each of its files. */
export function ReadsQuality({ files }: { files: readonly ReadsFigures[] }) {
  const isPaired = files.length > 1
  return files.map((file) => <FileQuality key={file.read} file={file} isPaired={isPaired} />)
}

function FileQuality({ file, isPaired }: { file: ReadsFigures; isPaired: boolean }) {
  const facts = useMemo(
    () => describeReads(file).map(([label, value, more]) => ({ label, value, more })),
    [file],
  )
  const drawn = useMemo(() => renderReads(file, isPaired), [file, isPaired])
  return (
    <Stack component="section" gap="sm" aria-label={nameReads(file, isPaired)}>
      <Title order={2} size="h4">
        {nameReads(file, isPaired)}
      </Title>
      <FactCards facts={facts} />
      <Drawing markup={drawn} />
    </Stack>
  )
}
