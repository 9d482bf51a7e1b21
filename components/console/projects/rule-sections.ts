import type { SettingName } from './setting-values.ts'

/** The kind of input. Shares between 0 and 1 are shown in per cent; empty means no limit. */
type Kind =
  | 'share'
  | 'count'
  | 'days'
  | 'hours'
  | 'flag'
  | 'origins'
  | 'address'
  | 'policy'
  | 'failure_redirect'
  | 'link_form'

export interface RuleField {
  name: SettingName
  kind: Kind
  label: string
  words: string
}

export interface RuleSection {
  title: string
  words: string
  fields: readonly RuleField[]
}

/** Every setting of a project except its brand, in words for the people who decide on it. */
export const RULE_SECTIONS: readonly RuleSection[] = [
  {
    title: 'Redirects and embedding',
    words: 'What a partner’s site can do with an upload link.',
    fields: [
      {
        name: 'redirect_origins',
        kind: 'origins',
        label: 'Allowed redirect origins',
        words:
          'Where people can be sent afterwards, such as https://clinic.example. Leave empty for any https site.',
      },
      {
        name: 'frame_origins',
        kind: 'origins',
        label: 'Allowed frame origins',
        words:
          'Sites and apps that can embed the upload page, such as https://clinic.example or capacitor://localhost. Leave empty for any https site.',
      },
      {
        name: 'failure_redirect',
        kind: 'failure_redirect',
        label: 'After a refused file',
        words: '',
      },
      {
        name: 'link_form',
        kind: 'link_form',
        label: 'Where a link carries its token',
        words: '',
      },
      {
        name: 'support_url',
        kind: 'address',
        label: 'Help page',
        words: 'Where people can get help. Linked whenever a file is refused.',
      },
      {
        name: 'privacy_url',
        kind: 'address',
        label: 'Privacy page',
        words: 'How you use people’s data. Linked below the upload.',
      },
    ],
  },
  {
    title: 'Accepted files',
    words: 'Checked while the person is on the page, so that they can correct a wrong file.',
    fields: [
      {
        name: 'policy',
        kind: 'policy',
        label: 'Repacked archives and plain text',
        words: '',
      },
      {
        name: 'rows_min',
        kind: 'count',
        label: 'Fewest rows',
        words: 'A file with fewer rows is treated as incomplete. Complete exports have 600,000 or more.',
      },
    ],
  },
  {
    title: 'Quality control',
    words:
      'Limits that a sample must meet; otherwise it ends as “failed qc”. Leave a limit empty to skip the check.',
    fields: [
      {
        name: 'call_rate_min',
        kind: 'share',
        label: 'Call rate, at least',
        words: 'Over the rows on chromosomes 1–22. Good exports reach 97 % or more.',
      },
      {
        name: 'chromosome_call_rate_min',
        kind: 'share',
        label: 'Call rate of each chromosome, at least',
        words: 'For the chromosome with the fewest calls. Detects files with gaps.',
      },
      {
        name: 'overall_call_rate_min',
        kind: 'share',
        label: 'Call rate over all rows, at least',
        words: 'Depends on sex: a woman’s Y rows count as not called.',
      },
      {
        name: 'heterozygosity_min',
        kind: 'share',
        label: 'Heterozygosity, at least',
        words:
          'The share of rows with two different alleles. Common chips show about 29 %; far less does not come from one person.',
      },
      {
        name: 'heterozygosity_max',
        kind: 'share',
        label: 'Heterozygosity, at most',
        words: 'Far more suggests a mixture of two people’s samples.',
      },
      {
        name: 'heterozygous_haploid_max',
        kind: 'share',
        label: 'Two alleles where one is expected, at most',
        words: 'On a man’s X and Y, and on MT.',
      },
      {
        name: 'duplicates_max',
        kind: 'share',
        label: 'Repeated ids, at most',
        words: 'Rows whose id appeared earlier in the file.',
      },
      {
        name: 'drift_max',
        kind: 'share',
        label: 'Unknown ids or alleles, at most',
        words: 'Rows that differ from the vendor’s known format. More than 0.1 % is always refused.',
      },
      {
        name: 'demand_sex',
        kind: 'flag',
        label: 'Sex must be determined',
        words: 'Fails samples in which neither X nor Y is conclusive.',
      },
      {
        name: 'demand_sex_agreement',
        kind: 'flag',
        label: 'X and Y must agree',
        words: 'Also fails people with X0 or XXY: they are not mistakes.',
      },
      {
        name: 'demand_build_agreement',
        kind: 'flag',
        label: 'Header and positions must agree on the build',
        words: 'Otherwise the positions decide, and the sample carries a note.',
      },
      {
        name: 'find_same_person',
        kind: 'flag',
        label: 'Find the same person twice',
        words:
          'Keeps a keyed sketch of each new sample’s genotypes, for this alone. It is erased with the sample, and when you turn this off. Needs the consent of the people concerned.',
      },
    ],
  },
  {
    title: 'Imputation',
    words:
      'For projects that impute. Shares are of the rows or markers that the panel has; empty asks for nothing.',
    fields: [
      {
        name: 'imputation_required',
        kind: 'flag',
        label: 'Imputation is required',
        words: 'Fails samples that cannot be imputed. Otherwise they are delivered without it.',
      },
      {
        name: 'impute_overlap_min',
        kind: 'share',
        label: 'Rows in the panel, at least',
        words: 'Called rows whose position the panel has.',
      },
      {
        name: 'impute_strand_max',
        kind: 'share',
        label: 'Rows on the other strand, at most',
        words: 'Letters that fit the panel only as those of the other strand.',
      },
      {
        name: 'impute_mismatch_max',
        kind: 'share',
        label: 'Rows with other letters, at most',
        words: 'Letters that do not fit the panel on either strand.',
      },
      {
        name: 'impute_gaps_max',
        kind: 'share',
        label: 'Stretches with too few markers, at most',
        words: 'Stretches of 20 million bases with fewer than three markers.',
      },
      {
        name: 'impute_concordance_min',
        kind: 'share',
        label: 'Hidden markers that come back, at least',
        words: 'About 98 % where the panel fits the person, about 75 % where it does not.',
      },
      {
        name: 'impute_x_mixed_max',
        kind: 'share',
        label: 'Two letters on a man’s X, at most',
        words: 'Among his markers outside the ends that X shares with Y.',
      },
    ],
  },
  {
    title: 'Retention',
    words: 'Shown to the person on the upload page. Erased files cannot be restored.',
    fields: [
      {
        name: 'raw_file_days',
        kind: 'days',
        label: 'Original file',
        words: 'Counted from the day it was received. Leave empty to keep it until you delete the sample.',
      },
      {
        name: 'deliverable_days',
        kind: 'days',
        label: 'Deliverables',
        words: 'Reports and converted files. Leave empty to keep them until you delete the sample.',
      },
    ],
  },
  {
    title: 'FASTQ files by URL',
    words: '',
    fields: [
      {
        name: 'expected_wait_hours',
        kind: 'hours',
        label: 'Expected wait',
        words:
          'How long a file can wait for its analysis. At import, you are warned of a URL that expires sooner.',
      },
    ],
  },
]

export const RULE_FIELDS = RULE_SECTIONS.flatMap(({ fields }) => fields)
