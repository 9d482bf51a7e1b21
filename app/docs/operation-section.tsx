import { jsonSchema } from '#lib/openapi/json-schema.ts'
import { listFields } from '#lib/openapi/list-fields.ts'
import { type Operation, PATH_PARAMETERS, pathParameters } from '#lib/openapi/operation.ts'
import { refusalsOf } from '#lib/openapi/refusals.ts'
import { writeExample } from '#lib/openapi/write-example.ts'
import styles from './docs.module.css'
import { FieldTable } from './field-table.tsx'
import { InWords } from './in-words.tsx'
import { Programs } from './programs.tsx'

const RIGHTS: Record<string, string> = {
  sample_read: 'viewer, analyst, manager or owner',
  upload_create: 'uploader, analyst, manager or owner',
  run_analysis: 'analyst, manager or owner',
  project_write: 'manager or owner',
  user_manage: 'owner',
}

/** One operation: required role, parameters, answer, refusals and examples. */
export function OperationSection({ operation }: { operation: Operation }) {
  const { id, method, path, summary, more, ours, right, query, body, answer } = operation
  const inPath = pathParameters(path).map((name) => ({
    name,
    type: 'UUID',
    required: true,
    words: PATH_PARAMETERS[name],
  }))
  const inQuery = query ? listFields({ ...jsonSchema(query, 'input'), required: [] }) : []
  const answered = answer.body ? listFields(jsonSchema(answer.body.schema, 'output')) : []
  return (
    <article id={id} className={styles.operation} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{summary}</h3>
      <p className={styles.request}>
        <code>
          <b>{method}</b> {path}
        </code>
      </p>
      {more && (
        <p>
          <InWords text={more} />
        </p>
      )}
      <p className={styles.quiet}>
        {right === 'public'
          ? 'Anyone.'
          : right === null
            ? 'Anyone with a key or a token.'
            : `Role: ${RIGHTS[right]}.`}
        {ours && ' An addition of ours: Gencove has no such path.'}
      </p>
      <FieldTable title="In the path" fields={inPath} />
      <FieldTable title="In the query" fields={inQuery} />
      <FieldTable title="In the body" fields={body ? listFields(jsonSchema(body.schema, 'input')) : []} />
      <p>
        <b>{answer.status}</b> {answer.words}
      </p>
      <FieldTable title="In the answer" fields={answered} folded />
      <details>
        <summary>Refusals of “{summary}”</summary>
        <dl className={styles.refusals}>
          {[...refusalsOf(operation)].map(([status, words]) => (
            <div key={status}>
              <dt>{status}</dt>
              <dd>
                <InWords text={words} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <Programs
        of={id}
        programs={{
          curl: writeExample(operation, 'curl'),
          python: writeExample(operation, 'python'),
          typescript: writeExample(operation, 'typescript'),
        }}
      />
    </article>
  )
}
