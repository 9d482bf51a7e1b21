# WEBHOOK_ID, WEBHOOK_TIMESTAMP and SIGNATURE are the headers webhook-id, webhook-timestamp and webhook-signature.
: "${SECRET:?is missing}"
# The shell would evaluate anything else as arithmetic.
case $WEBHOOK_TIMESTAMP in '' | *[!0-9]*) echo 'not genuine' && exit 1 ;; esac
age=$(($(date +%s) - WEBHOOK_TIMESTAMP))
[ "${age#-}" -le 300 ] || { echo 'too old' && exit 1; }
key=$(printf %s "$SECRET" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')
expected=$({ printf '%s.%s.' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP"; cat "$BODY_FILE"; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)
case " $SIGNATURE " in
  *" v1,${expected:?openssl failed} "*) echo genuine ;;
  *) echo 'not genuine' && exit 1 ;;
esac
