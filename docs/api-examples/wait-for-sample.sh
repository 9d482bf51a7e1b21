while true; do
  sample=$(curl --fail-with-body -sS "$ARRAYDROP_HOST/api/v2/samples/$SAMPLE_ID" \
    -H "Authorization: Api-Key $ARRAYDROP_API_KEY") || exit 1
  case $sample in
    *'"status":"consumer awaiting data"'* | *'"status":"scheduled"'* | *'"status":"running"'*) sleep 5 ;;
    *) break ;;
  esac
done
echo "$sample"
