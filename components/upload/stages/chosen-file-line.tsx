import { Icon } from '#components/ui/icon.tsx'
import type { ChosenFile } from '../visit/visit-model.ts'
import type { Amounts } from '../words/amounts.ts'
import { FileName } from './file-name.tsx'
import styles from './stages.module.css'

/** Name and size of the chosen file. */
export function ChosenFileLine({
  file,
  label,
  amounts,
}: {
  file: ChosenFile
  label: string
  amounts: Amounts
}) {
  return (
    <p className={styles.file}>
      <Icon name="file" />
      <span className={styles.hidden}>{label}: </span>
      <span className={styles.fileText}>
        <FileName name={file.name} />
        <span className={styles.hidden}>, </span>
        <bdi className={styles.fileSize}>{amounts.size(file.size)}</bdi>
      </span>
    </p>
  )
}
