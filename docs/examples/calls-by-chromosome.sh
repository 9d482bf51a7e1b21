#!/bin/sh
# An analysis command (docs/analysis-command.md): writes the calls per chromosome into a deliverable, and fails
# quality control if fewer than half of a chromosome's genotypes are called. Needs gzip, awk and sort.
set -eu

counts="$ARRAYDROP_OUTPUT_DIR/calls-by-chromosome.tsv"

# Columns: rsid, chromosome, position and two alleles, "-" for no call. The first line is a header.
{
  printf 'chromosome\trows\tcalls\n'
  gzip -dc "$ARRAYDROP_GENOTYPES_TSV" | awk -F '\t' '
    NR > 1 { rows[$2]++; if ($4 != "-") calls[$2]++ }
    END { for (chromosome in rows) print chromosome "\t" rows[chromosome] "\t" calls[chromosome] + 0 }
  ' | sort -n
} > "$counts"

# Output is kept for operators, with the run.
echo "counted a file of $ARRAYDROP_VENDOR, build $ARRAYDROP_BUILD"

poor=$(awk -F '\t' '$1 ~ /^[0-9]+$/ && $3 * 2 < $2 { printf "%s%s", comma, $1; comma = ", " }' "$counts")
if [ -n "$poor" ]; then
  echo "Fewer than half of the genotypes are called on: $poor." > "$ARRAYDROP_NOTES_FILE"
  exit 10
fi
