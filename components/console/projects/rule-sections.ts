import type { SettingName } from './setting-values.ts'

/** How a setting is asked for. Shares between 0 and 1 are shown in per cent; empty means that nothing is asked. */
type Kind = 'share' | 'count' | 'days' | 'hours' | 'flag' | 'origins' | 'address' | 'policy'

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

/** Every setting of a project but its brand, in the words of whoever decides it. */
export const RULE_SECTIONS: readonly RuleSection[] = [
  {
    title: 'Where links lead and who shows the page',
    words: 'What a partner’s site may do with an upload link.',
    fields: [
      {
        name: 'redirect_origins',
        kind: 'origins',
        label: 'Allowed redirect origins',
        words: 'Where people may be sent afterwards, such as https://clinic.example. None: any https site.',
      },
      {
        name: 'frame_origins',
        kind: 'origins',
        label: 'Allowed frame origins',
        words:
          'Who may show the upload page in a frame or an app, such as https://clinic.example or capacitor://localhost. None: any https site.',
      },
      {
        name: 'support_url',
        kind: 'address',
        label: 'Help page',
        words: 'Where people who are stuck find you. It is offered beside every refusal.',
      },
      {
        name: 'privacy_url',
        kind: 'address',
        label: 'Privacy page',
        words: 'What you do with a person’s data; linked below the upload.',
      },
    ],
  },
  {
    title: 'Which files are taken',
    words: 'Decided while the person is there, so that they can mend it.',
    fields: [
      {
        name: 'policy',
        kind: 'policy',
        label: 'Packed again, or bare text',
        words: '',
      },
      {
        name: 'rows_min',
        kind: 'count',
        label: 'Fewest rows',
        words: 'A file with fewer counts as cut off. Whole exports have 600,000 and more.',
      },
    ],
  },
  {
    title: 'Quality control',
    words: 'What a sample must reach, or it ends in “failed qc”. Leave a limit empty to ask for nothing.',
    fields: [
      {
        name: 'call_rate_min',
        kind: 'share',
        label: 'Call rate, at least',
        words: 'Of the rows on chromosomes 1–22. Sound exports reach 97 % and more.',
      },
      {
        name: 'chromosome_call_rate_min',
        kind: 'share',
        label: 'Call rate of each chromosome, at least',
        words: 'Of the chromosome with the fewest calls: finds files with a hole.',
      },
      {
        name: 'overall_call_rate_min',
        kind: 'share',
        label: 'Call rate over all rows, at least',
        words: 'Chips differ by sex here: a woman’s Y rows count as not called.',
      },
      {
        name: 'heterozygosity_min',
        kind: 'share',
        label: 'Heterozygosity, at least',
        words:
          'Rows with two different alleles. Common chips show about 29 %; far less is no single person’s.',
      },
      {
        name: 'heterozygosity_max',
        kind: 'share',
        label: 'Heterozygosity, at most',
        words: 'Far more points to two people’s samples in one.',
      },
      {
        name: 'heterozygous_haploid_max',
        kind: 'share',
        label: 'Two alleles where there is one copy, at most',
        words: 'On a man’s X and Y, and on MT.',
      },
      {
        name: 'duplicates_max',
        kind: 'share',
        label: 'Repeated ids, at most',
        words: 'Rows whose id stood in the file before.',
      },
      {
        name: 'drift_max',
        kind: 'share',
        label: 'Unknown ids or alleles, at most',
        words: 'Rows as the vendor did not write them before. Over 0.1 % is refused anyway.',
      },
      {
        name: 'demand_sex',
        kind: 'flag',
        label: 'Sex must be tellable',
        words: 'Fails samples in which neither X nor Y says enough.',
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
        label: 'Header and positions must name one build',
        words: 'Otherwise the positions are believed, and the sample carries a note.',
      },
    ],
  },
  {
    title: 'How long it is kept',
    words: 'Told to the person on the upload page. What is erased does not come back.',
    fields: [
      {
        name: 'raw_file_days',
        kind: 'days',
        label: 'Original file',
        words: 'Counted from when it came. Empty: until you delete the sample.',
      },
      {
        name: 'deliverable_days',
        kind: 'days',
        label: 'What was made of it',
        words: 'Reports and converted files. Empty: until you delete the sample.',
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
        words: 'How long a file may wait for its analysis: a URL that ends sooner is warned of at import.',
      },
    ],
  },
]

export const RULE_NAMES = RULE_SECTIONS.flatMap(({ fields }) => fields.map(({ name }) => name))
