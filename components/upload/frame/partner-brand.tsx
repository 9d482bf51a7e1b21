import styles from '../upload-view.module.css'
import type { ViewProps } from '../view-props.ts'

/** The partner's logo, where there is one; the words beside it name the partner anyway. */
export function PartnerMark({ model }: Pick<ViewProps, 'model'>) {
  const partner = model.session?.partner
  if (!partner?.brand?.logo) return null
  return (
    <p className={styles.mark}>
      {/* biome-ignore lint/performance/noImgElement: a small data: URL, which nobody could make smaller */}
      <img className={styles.logo} src={partner.brand.logo} alt={partner.name} />
    </p>
  )
}
