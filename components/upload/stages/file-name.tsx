import styles from './stages.module.css'

/** Letters at the end that stay visible: the last digits of a date, and the extension. */
const TAIL = 12

/** A file's name in one line. Where there is too little room, its middle is cut out, never its end. */
export function FileName({ name }: { name: string }) {
  const at = Math.max(0, name.length - TAIL)
  return (
    <bdi className={styles.fileName} title={name}>
      <span className={styles.fileHead}>{name.slice(0, at)}</span>
      <span className={styles.fileTail}>{name.slice(at)}</span>
    </bdi>
  )
}
