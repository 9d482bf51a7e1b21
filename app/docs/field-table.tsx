import type { Field } from '#lib/openapi/list-fields.ts'
import styles from './docs.module.css'
import { InWords } from './in-words.tsx'

/** The fields of one part of a request or an answer; nothing when there are none. */
export function FieldTable({ title, fields, folded }: { title: string; fields: Field[]; folded?: boolean }) {
  if (fields.length === 0) return null
  const table = (
    <table className={styles.fields}>
      {!folded && <caption>{title}</caption>}
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Description</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, required, words }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{type}</td>
            <td>
              {required && !folded && <b>Required. </b>}
              <InWords text={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (!folded) return table
  return (
    <details>
      <summary>{title}</summary>
      {table}
    </details>
  )
}
