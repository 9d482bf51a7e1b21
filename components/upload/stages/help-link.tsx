import type { ViewProps } from '../view-props.ts'
import { Phrase } from '../words/phrase.tsx'

/** To the partner's help, where it has any; in its own tab, so that a running upload is not lost. */
export function HelpLink({ model, words, values }: Pick<ViewProps, 'model' | 'words' | 'values'>) {
  const supportUrl = model.session?.partner.supportUrl
  return supportUrl ? (
    <p>
      <a href={supportUrl} target="_blank" rel="noreferrer">
        <Phrase text={words.trust.support} values={values} />
      </a>
    </p>
  ) : null
}
